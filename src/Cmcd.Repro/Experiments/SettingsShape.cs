using System.Collections.Concurrent;
using System.Reflection;

namespace Cmcd.Repro.Experiments;

/// <summary>How a settings record looks in JSON: its constructor's parameters are its fields, and nothing else is.</summary>
internal static class SettingsShape
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, Type>> KnownKinds = new();

    /// <summary>The parameters of a record, in order.</summary>
    public static IReadOnlyList<ParameterInfo> Parameters(Type record) => record.GetConstructors().Single().GetParameters();

    /// <summary>The JSON names of a record's fields, inlined ones included, <c>kind</c> left out.</summary>
    public static IEnumerable<string> Names(Type record) =>
        Parameters(record).SelectMany(parameter => IsInline(parameter) ? Names(parameter.ParameterType) : [NameOf(parameter)]);

    /// <summary>The JSON name of a parameter: headInitStd for HeadInitStd.</summary>
    public static string NameOf(ParameterInfo parameter) => char.ToLowerInvariant(parameter.Name![0]) + parameter.Name[1..];

    /// <summary>The field may be left out.</summary>
    public static bool IsOptional(ParameterInfo parameter)
    {
        lock (Nullability) return Nullability.Create(parameter).WriteState == NullabilityState.Nullable;
    }

    /// <summary>The parameter's own fields stand in the object that holds it.</summary>
    public static bool IsInline(ParameterInfo parameter) => parameter.IsDefined(typeof(InlineAttribute));

    /// <summary>The records that <c>kind</c> chooses from, by its value; empty for a record that is not a union.</summary>
    public static IReadOnlyDictionary<string, Type> Kinds(Type record) => KnownKinds.GetOrAdd(record, union => union.Assembly.GetTypes()
        .Where(type => type.BaseType == union && type.IsDefined(typeof(KindAttribute)))
        .ToDictionary(KindOf)
        .OrderBy(kind => kind.Key, StringComparer.Ordinal)
        .ToDictionary(kind => kind.Key, kind => kind.Value));

    /// <summary>The value of <c>kind</c> that chooses this record.</summary>
    public static string KindOf(Type record) => record.GetCustomAttribute<KindAttribute>()!.Name;
}
