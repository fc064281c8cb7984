using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>Writes settings as JSON: for manifests, and for stage keys, which must hold every setting that can change a number.</summary>
public static class SettingsJson
{
    /// <summary>The settings as the experiment files would state them in full, with <c>kind</c> wherever there is a choice of record.</summary>
    /// <param name="settings">A settings record of this room.</param>
    /// <returns>Fields in the record's order; numbers round-trip; equal settings give equal text.</returns>
    public static JObject Write(object settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Write(settings, settings.GetType().BaseType!);
    }

    private static JObject Write(object settings, Type declared)
    {
        var json = new JObject();
        var type = settings.GetType();
        if (SettingsShape.Kinds(declared).Values.Contains(type)) json["kind"] = SettingsShape.KindOf(type);
        foreach (var parameter in SettingsShape.Parameters(type))
        {
            var value = type.GetProperty(parameter.Name!)!.GetValue(settings);
            if (SettingsShape.IsInline(parameter)) json.Merge(Write(value!, parameter.ParameterType));
            else if (value is not null) json[SettingsShape.NameOf(parameter)] = Token(value, parameter.ParameterType);
        }

        return json;
    }

    private static JToken Token(object value, Type declared) => value switch
    {
        string or bool or long or double => new JValue(value),
        int number => new JValue((long)number),  // as a parser gives it
        Enum name => name.ToString(),
        IReadOnlyDictionary<string, RoleSettings> roles => new JObject(roles.Select(role => new JProperty(role.Key, Write(role.Value)))),
        System.Collections.IEnumerable list => new JArray(list.Cast<object>().Select(item => Token(item, item.GetType()))),
        _ => Write(value, declared),
    };
}
