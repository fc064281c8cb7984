using System.Globalization;
using System.Reflection;

namespace Cmcd.Repro.Datasets;

/// <summary>A dataset's open choices, from the texts of a tier file to its record of options.</summary>
internal static class DatasetOptions
{
    /// <param name="dataset">Named in messages.</param>
    /// <param name="given">Values by name, as in "classes": "Thirteen"; an absent name leaves the default, and so does null.</param>
    /// <typeparam name="T">A record of texts, numbers and enums, each with its default. What its values may be is its own to judge.</typeparam>
    /// <exception cref="DatasetUnavailableException">A name is unknown or a value is not of its kind: all of them.</exception>
    public static T Bind<T>(string dataset, IReadOnlyDictionary<string, string>? given) where T : new()
    {
        var options = new T();
        var known = typeof(T).GetProperties().Where(property => property.CanWrite).ToDictionary(NameOf, StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var (name, text) in given ?? new Dictionary<string, string>())
        {
            if (!known.TryGetValue(name, out var property)) faults.Add($"{name} is no option of it");
            else if (Parsed(text, property.PropertyType) is { } value) property.SetValue(options, value);
            else faults.Add($"{name} is \"{text}\"");
        }

        return faults.Count == 0 ? options : throw new DatasetUnavailableException(
            $"Dataset {dataset}, options of its role in the tier file: {string.Join("; ", faults)}. Known: {string.Join(", ", known.Select(option => $"{option.Key} ({Allowed(option.Value.PropertyType)})"))}.");
    }

    private static object? Parsed(string text, Type type) =>
        type == typeof(string) ? text
        : type.IsEnum ? (Enum.GetNames(type).Contains(text) ? Enum.Parse(type, text) : null)
        : type == typeof(int) ? (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null)
        : type == typeof(long) ? (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var wide) ? wide : null)
        : type == typeof(double) ? (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null)
        : throw new InvalidOperationException($"Options hold texts, numbers and enums, not {type.Name}.");

    private static string NameOf(PropertyInfo property) => char.ToLowerInvariant(property.Name[0]) + property.Name[1..];

    private static string Allowed(Type type) =>
        type.IsEnum ? string.Join(" or ", Enum.GetNames(type)) : type == typeof(string) ? "a text" : type == typeof(double) ? "a number" : "a whole number";
}
