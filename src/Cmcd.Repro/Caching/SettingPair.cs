namespace Cmcd.Repro.Caching;

/// <summary>One leaf of a settings object.</summary>
/// <param name="Path">Dotted path, with [index] for lists and [key] for dictionaries.</param>
/// <param name="Kind">Kind tag, so that the text "1" and the number 1 differ.</param>
/// <param name="Value">Value in invariant culture.</param>
internal readonly record struct SettingPair(string Path, string Kind, string Value)
{
    /// <summary>The value as a message shows it: texts in quotes, lists and dictionaries by length.</summary>
    public string Display => Kind switch
    {
        "text" => $"\"{Value}\"",
        "list" => $"a list of {Value}",
        "map" => $"a dictionary of {Value}",
        "record" => Value.Length == 0 ? "settings" : Value,
        _ => Value,
    };
}
