using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Cmcd.Repro.Caching;

/// <summary>Settings object → sorted path-and-value pairs, by reflection.</summary>
/// <remarks>
/// What counts is the stored state: the backing fields of auto-properties. A computed property adds nothing, so adding one keeps old work;
/// a field that no property owns is refused, since a setting left out would let a foreign result through.
/// </remarks>
internal static class SettingsText
{
    private const int MaxDepth = 32;   // a deeper object is taken for a cycle

    /// <exception cref="ArgumentException">The root is not a record or anonymous object, or a type has no canonical text.</exception>
    public static IReadOnlyList<SettingPair> Flatten(object settings)
    {
        var type = settings.GetType();
        if (!IsRecord(type))
        {
            throw Unsupported("settings", type);
        }

        var pairs = new List<SettingPair>();
        AddRecord(pairs, "", settings, type, 0);
        pairs.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        for (var i = 1; i < pairs.Count; i++)
        {
            if (pairs[i].Path == pairs[i - 1].Path)
            {
                throw new ArgumentException($"Two settings of {type.Name} share the path {pairs[i].Path}; rename one.", nameof(settings));
            }
        }

        return pairs;
    }

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Add(List<SettingPair> pairs, string path, object? value, Type declared, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new ArgumentException($"Setting {path} is nested deeper than {MaxDepth} levels: a cycle?");
        }

        var pair = value switch
        {
            null => new SettingPair(path, "null", "null"),
            string text => new SettingPair(path, "text", text),
            bool flag => new SettingPair(path, "flag", flag ? "true" : "false"),
            Enum name => new SettingPair(path, "enum", name.ToString()),
            double number => new SettingPair(path, "number", Real(path, number)),
            float number => new SettingPair(path, "number", Real(path, number)),   // widened: 0.1f is not 0.1
            byte or sbyte or short or ushort or int or uint or long or ulong =>
                new SettingPair(path, "number", ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
            IDictionary map => new SettingPair(path, "map", Number(map.Count)),
            IList list => new SettingPair(path, "list", Number(list.Count)),
            _ => default,
        };
        if (pair == default)
        {
            AddRecord(pairs, path, value!, declared, depth);
            return;
        }

        pairs.Add(pair);
        if (value is IDictionary dictionary)
        {
            var valueType = ElementType(dictionary.GetType(), typeof(IDictionary<,>));
            foreach (DictionaryEntry entry in dictionary)
            {
                Add(pairs, $"{path}[{KeyText(path, entry.Key)}]", entry.Value, valueType, depth + 1);
            }
        }
        else if (value is IList items)
        {
            var itemType = ElementType(items.GetType(), typeof(IEnumerable<>));
            for (var i = 0; i < items.Count; i++)
            {
                Add(pairs, $"{path}[{Number(i)}]", items[i], itemType, depth + 1);
            }
        }
    }

    private static void AddRecord(List<SettingPair> pairs, string path, object value, Type declared, int depth)
    {
        var type = value.GetType();
        if (!IsRecord(type))
        {
            throw Unsupported(path, type);
        }

        var standsForAnother = type != (Nullable.GetUnderlyingType(declared) ?? declared) || !(type.BaseType == typeof(object) || type.IsValueType);
        pairs.Add(new SettingPair(path.Length == 0 ? "$type" : path, "record", standsForAnother ? type.Name : ""));
        for (var owner = type; owner is not null; owner = owner.BaseType)
        {
            const BindingFlags stored = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            foreach (var field in owner.GetFields(stored))
            {
                var end = field.Name.IndexOf('>', StringComparison.Ordinal);
                if (field.Name[0] != '<' || end < 2)
                {
                    throw new ArgumentException($"Settings {type.Name} hold the field {field.Name}, which no auto-property owns. Make it a property.");
                }

                var name = field.Name[1..end];
                Add(pairs, path.Length == 0 ? name : $"{path}.{name}", field.GetValue(value), field.FieldType, depth + 1);
            }
        }
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null)
        || (type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.Name.Contains("AnonymousType", StringComparison.Ordinal));

    private static string Real(string path, double number) => double.IsFinite(number)
        ? number.ToString("R", CultureInfo.InvariantCulture)
        : throw new ArgumentException($"Setting {path} is {number.ToString(CultureInfo.InvariantCulture)}; settings are finite.");

    private static string KeyText(string path, object key) => key switch
    {
        string text => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal),
        Enum or int or long => Convert.ToString(key, CultureInfo.InvariantCulture)!,
        _ => throw Unsupported($"{path} (its keys)", key.GetType()),
    };

    private static Type ElementType(Type collection, Type shape) => collection.GetInterfaces()
        .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == shape)
        .Select(face => face.GetGenericArguments()[^1])
        .FirstOrDefault(typeof(object));

    private static ArgumentException Unsupported(string path, Type type) => new(
        $"Setting {path} is a {type.FullName}, which has no canonical text. Allowed: numbers, texts, flags, enums, null, lists, dictionaries, records.");
}
