using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>
/// Lays a tier's sizes and lengths over a table. A tier never changes what is compared: no loss, temperature, rate, protocol or schedule.
/// </summary>
internal static class TierOverrides
{
    private static readonly Shape Encoder = Shape.Of(SettingsShape.Names(typeof(EncoderSettings)));

    // Size, and what SimCLR itself changes with the image size: blur and the strength of the colour operations.
    private static readonly Shape Views = Shape.Of(["size", "blurProbability", "brightness", "contrast", "saturation", "hue"]);
    private static readonly Shape Step = new() { ["epochs"] = null, ["batchSize"] = null, ["views"] = Views };

    private static readonly Shape Allowed = new()
    {
        ["teacher"] = Encoder,
        ["student"] = Encoder,
        ["step1"] = Step,
        ["step2"] = new() { ["simclr"] = Step, ["distill"] = Step },
        ["step3"] = new() { ["LE"] = Step, ["FT"] = Step },
    };

    /// <summary>Reports what a tier may not change, and takes it out of the tier.</summary>
    public static void Restrict(JObject tier, Faults faults)
    {
        foreach (var (name, shape) in Allowed)
            if (tier[name] is JObject section) Restrict(section, shape!, faults);
    }

    /// <summary>Merges a tier into a table whose recipes are expanded.</summary>
    public static void Apply(JObject tier, JObject table)
    {
        Over(table, "teacher", tier["teacher"]);
        Over(table, "student", tier["student"]);
        Over(table, "step1", tier["step1"]);
        foreach (var row in (table["rows"] as JArray ?? []).OfType<JObject>())
        {
            Over(row, "step2", Part(tier["step2"], (row["step2"] as JObject)?["kind"]));
            Over(row, "step3", Part(tier["step3"], (row["step3"] as JObject)?["protocol"]));
        }
    }

    private static void Restrict(JObject section, Shape shape, Faults faults)
    {
        foreach (var property in section.Properties().ToArray())
        {
            if (!shape.TryGetValue(property.Name, out var inner))
                faults.Add(property.Value, $"A tier does not change it; here it may set {string.Join(", ", shape.Keys)}.");
            else if (inner is not null && property.Value is not JObject)
                faults.Add(property.Value, "Expected an object.");
            else if (inner is not null)
                Restrict((JObject)property.Value, inner, faults);
            if (inner is null ? !shape.ContainsKey(property.Name) : property.Value is not JObject) property.Remove();
        }
    }

    private static JToken? Part(JToken? section, JToken? name) => name?.Type == JTokenType.String ? (section as JObject)?[(string)name!] : null;

    private static void Over(JObject owner, string name, JToken? over)
    {
        if (owner[name] is JObject under && under.Annotation<Unusable>() is null && over is JObject fields) owner[name] = SettingsFiles.Merge(under, fields);
    }

    /// <summary>Names that may be set: a value, or (not null) an object of such names.</summary>
    private sealed class Shape : Dictionary<string, Shape?>
    {
        public static Shape Of(IEnumerable<string> values)
        {
            var shape = new Shape();
            foreach (var value in values) shape.Add(value, null);
            return shape;
        }
    }
}
