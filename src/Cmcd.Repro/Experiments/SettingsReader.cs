using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>Reads settings records from JSON, strictly: every field present, none unknown, each of its type and in its range.</summary>
/// <remarks>What it returns while faults were met has holes and must not be used; reading goes on only to find the other faults.</remarks>
internal sealed class SettingsReader(Faults faults)
{
    /// <summary>The record an object describes.</summary>
    public T? Read<T>(JObject source) where T : class => (T?)Record(source, typeof(T));

    private object? Record(JObject source, Type type)
    {
        if (source.Annotation<Unusable>() is not null)
        {
            faults.MeetAgain();
            return null;
        }

        var known = new List<string>();
        var kinds = SettingsShape.Kinds(type);
        if (kinds.Count > 0)
        {
            known.Add("kind");
            var expected = Known("kind", kinds.Keys);
            if (source["kind"] is not { } kind) return Failed($"{Origin.Of(source).Field("kind")} is missing. {expected}");
            if (kind.Type != JTokenType.String || !kinds.TryGetValue((string)kind!, out type!)) return Failed(kind, expected);
        }

        var before = faults.Met;
        var value = Construct(source, type, known);
        foreach (var property in source.Properties().Where(property => !known.Contains(property.Name)))
            faults.Add($"{Origin.Of(property.Value)} is not a field. {Known("field", known)}");

        if (faults.Met == before && value is ISelfChecked record)
            foreach (var (field, expected) in record.Faults()) faults.Add(source[field]!, $"Expected {expected}.");
        return value;
    }

    private object Construct(JObject source, Type type, List<string> known)
    {
        var arguments = SettingsShape.Parameters(type).Select(parameter =>
            SettingsShape.IsInline(parameter) ? Construct(source, parameter.ParameterType, known) : Field(source, parameter, known)).ToArray();
        return Activator.CreateInstance(type, arguments)!;
    }

    private object? Field(JObject source, ParameterInfo parameter, List<string> known)
    {
        var name = SettingsShape.NameOf(parameter);
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        known.Add(name);
        if (source[name] is { } token) return Value(token, type, parameter) ?? Hole(type);
        if (SettingsShape.IsOptional(parameter)) return null;

        if (source.Annotations<MissingField>().Any(told => told.Name == name)) faults.MeetAgain();
        else faults.Add($"{Origin.Of(source).Field(name)} is missing. {Expected(type, parameter)}");
        return Hole(type);
    }

    private object? Value(JToken token, Type type, ParameterInfo parameter)
    {
        if (type == typeof(JToken)) return token;
        if (type == typeof(JObject)) return token as JObject ?? Failed(token, "Expected an object.");
        if (Element(type) is { } element) return IsDictionary(type) ? Dictionary(token, element, parameter) : List(token, element, parameter);
        if (IsScalar(type)) return Scalar(token, type, parameter) ?? Failed(token, Expected(type, parameter));
        return token is JObject inner ? Record(inner, type) : Failed(token, "Expected an object.");
    }

    private static object? Scalar(JToken token, Type type, ParameterInfo parameter)
    {
        var value = (token as JValue)?.Value;
        if (type.IsEnum) return value is string name && Enum.GetNames(type).Contains(name) ? Enum.Parse(type, name) : null;
        if (type == typeof(bool)) return value as bool?;
        if (type == typeof(string)) return value is string { Length: > 0 } text && (Allowed(parameter)?.Contains(text) ?? true) ? text : null;

        var number = value is long or double ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : double.NaN;
        if (parameter.GetCustomAttribute<RangeAttribute>() is { } range && !Contains(range, number)) return null;
        if (type == typeof(double)) return double.IsFinite(number) ? number : null;
        if (value is not long whole) return null;
        return type == typeof(long) ? whole : whole is >= int.MinValue and <= int.MaxValue ? (int)whole : null;
    }

    private object? List(JToken token, Type element, ParameterInfo parameter)
    {
        var least = parameter.GetCustomAttribute<MinLengthAttribute>()?.Length ?? 0;
        if (token is not JArray items || items.Count < least) return Failed(token, least > 0 ? "Expected a list that is not empty." : "Expected a list.");

        var list = Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++) list.SetValue(Value(items[i], element, parameter) ?? Hole(element), i);
        return list;
    }

    private object? Dictionary(JToken token, Type element, ParameterInfo parameter)
    {
        if (token is not JObject fields) return Failed(token, "Expected an object.");

        var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element))!;
        foreach (var property in fields.Properties()) dictionary.Add(property.Name, Value(property.Value, element, parameter) ?? Hole(element));
        return dictionary;
    }

    /// <summary>What a field may hold, as a sentence.</summary>
    internal static string Expected(ParameterInfo parameter) => Expected(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType, parameter);

    private static string Expected(Type type, ParameterInfo parameter)
    {
        if (type.IsEnum) return Known(SettingsShape.NameOf(parameter), Enum.GetNames(type));
        if (Allowed(parameter) is { } allowed) return Known(SettingsShape.NameOf(parameter), allowed);
        if (type == typeof(bool)) return "Expected true or false.";
        if (type == typeof(string)) return "Expected text.";
        if (!IsScalar(type)) return Element(type) is not null && !IsDictionary(type) ? "Expected a list." : "Expected an object.";
        return $"Expected a {(type == typeof(double) ? "" : "whole ")}number{Interval(parameter.GetCustomAttribute<RangeAttribute>())}.";
    }

    private static string Interval(RangeAttribute? range)
    {
        if (range is null) return "";
        var (low, high) = (Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));
        return high is int.MaxValue or double.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $" {(range.MinimumIsExclusive ? ">" : ">=")} {low}")
            : string.Create(CultureInfo.InvariantCulture, $" in {(range.MinimumIsExclusive ? '(' : '[')}{low}, {high}{(range.MaximumIsExclusive ? ')' : ']')}");
    }

    // Written so that NaN is outside.
    private static bool Contains(RangeAttribute range, double number)
    {
        var (low, high) = (Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));
        return (range.MinimumIsExclusive ? number > low : number >= low) && (range.MaximumIsExclusive ? number < high : number <= high);
    }

    private object? Failed(string fault)
    {
        faults.Add(fault);
        return null;
    }

    private object? Failed(JToken token, string expected)
    {
        faults.Add(token, expected);
        return null;
    }

    internal static string Known(string name, IEnumerable<string> values) => $"Known {name}s: {string.Join(", ", values.DefaultIfEmpty("none"))}.";

    private static IEnumerable<string>? Allowed(ParameterInfo parameter) => parameter.GetCustomAttribute<AllowedValuesAttribute>()?.Values.Cast<string>();

    private static bool IsScalar(Type type) => type.IsEnum || type.IsPrimitive || type == typeof(string);

    private static bool IsDictionary(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);

    private static Type? Element(Type type) => type.IsGenericType ? type.GetGenericArguments()[^1] : null;

    private static object? Hole(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
