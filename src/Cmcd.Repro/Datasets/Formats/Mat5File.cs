namespace Cmcd.Repro.Datasets.Formats;

/// <summary>The variables of a MAT v5 file, each asked for as what it has to be.</summary>
/// <param name="name">Named in messages.</param>
/// <param name="variables">By name.</param>
internal sealed class Mat5File(string name, IReadOnlyDictionary<string, MatValue> variables)
{
    /// <summary>Names of the variables.</summary>
    public IEnumerable<string> Variables => variables.Keys;

    /// <summary>A variable, or a field of a struct with one element.</summary>
    /// <param name="path">As in "trainNdxs" or "classMapping13.labels13".</param>
    /// <exception cref="DatasetUnavailableException">There is none of that name; the message lists those that exist.</exception>
    public MatValue this[string path]
    {
        get
        {
            var names = path.Split('.');
            var value = Pick(variables, names[0], name);
            foreach (var field in names[1..])
            {
                var fields = value is MatStruct { Fields: var all } && all.Values.All(values => values.Count == 1) ? all : throw Wrong(path, "a field of one struct", value);
                value = Pick(fields, field, $"{name}: {names[0]}")[0];
            }

            return value;
        }
    }

    /// <summary>An array of whole numbers, in MATLAB's order.</summary>
    /// <exception cref="DatasetUnavailableException">It is missing, no array of numbers, or one lies outside the range or is no whole number.</exception>
    public int[] Integers(string path, int least, int most)
    {
        var value = this[path];
        var numbers = value is MatNumbers { Values: var found } ? found : throw Wrong(path, "an array of numbers", value);
        var odd = Array.FindIndex(numbers, number => !(number >= least && number <= most && number == Math.Floor(number)));
        if (odd < 0) return Array.ConvertAll(numbers, number => (int)number);
        throw new DatasetUnavailableException($"{name}: entry {odd + 1} of {path} is {numbers[odd]}; allowed are the whole numbers {least} to {most}. {MatHeader.Remedy(name)}");
    }

    /// <summary>The texts of a cell array, each of one row or empty.</summary>
    /// <exception cref="DatasetUnavailableException">It is missing, or no cell array of texts.</exception>
    public string[] Texts(string path)
    {
        var value = this[path];
        var cells = value is MatCells { Values: var found } ? found : throw Wrong(path, "a cell array of texts", value);
        return [.. cells.Select((cell, at) => cell switch
        {
            MatText { Shape: [0 or 1, _], Text: var text } => text,
            MatText { Text: "" } or MatNumbers { Values: [] } => "",   // MATLAB keeps '' as either
            _ => throw Wrong($"{path}{{{at + 1}}}", "a text of one row", cell),
        })];
    }

    private static T Pick<T>(IReadOnlyDictionary<string, T> all, string wanted, string where) => all.TryGetValue(wanted, out var value) ? value
        : throw new DatasetUnavailableException($"{where} has no {wanted}. It has: {(all.Count == 0 ? "nothing" : string.Join(", ", all.Keys))}. Was another file renamed? {MatHeader.Remedy(where.Split(':')[0])}");

    private DatasetUnavailableException Wrong(string path, string due, MatValue found) =>
        new($"{name}: {path} is {Kind(found)} of [{string.Join(", ", found.Shape)}]; due is {due}. {MatHeader.Remedy(name)}");

    private static string Kind(MatValue value) => value switch
    {
        MatNumbers => "an array of numbers",
        MatText => "a text",
        MatCells => "a cell array",
        MatStruct => "a struct",
        MatOther { Kind: var kind } => $"an array that is not read ({kind})",
        _ => throw new InvalidOperationException($"MatValue has a kind without an arm here: {value.GetType().Name}."),
    };
}
