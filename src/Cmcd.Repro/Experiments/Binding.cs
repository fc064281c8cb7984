namespace Cmcd.Repro.Experiments;

/// <summary>Values of the variables that stand in braces in a claim's addresses: {c} is Sketchy.</summary>
internal sealed record Binding(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>No variable has a value.</summary>
    public static Binding Empty { get; } = new(new Dictionary<string, string>());

    /// <summary>The values, in the order in which they were given: "LE Sketchy".</summary>
    public string Label => string.Join(' ', Values.Values);

    /// <summary>This binding with every combination of the variables' values, the last variable running fastest.</summary>
    public IReadOnlyList<Binding> With(IReadOnlyDictionary<string, IReadOnlyList<string>>? variables)
    {
        IEnumerable<Binding> bindings = [this];
        foreach (var (name, values) in variables ?? new Dictionary<string, IReadOnlyList<string>>())
            bindings = bindings.SelectMany(binding => values.Select(value => binding.And(name, value)));
        return [.. bindings];
    }

    /// <summary>The text with every known variable replaced.</summary>
    public string Apply(string text) => Values.Aggregate(text, (bound, value) => bound.Replace($"{{{value.Key}}}", value.Value, StringComparison.Ordinal));

    private Binding And(string name, string value) => new(Values.Append(new(name, value)).ToDictionary(pair => pair.Key, pair => pair.Value));
}
