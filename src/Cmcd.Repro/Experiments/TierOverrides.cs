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

    private static readonly Shape Sizes = new()
    {
        ["sourceSize"] = null,
        ["teacher"] = Encoder,
        ["student"] = Encoder,
        ["step1"] = Step,
        ["step2"] = new() { ["simclr"] = Step, ["distill"] = Step },
        ["step3"] = new() { ["LE"] = Step, ["FT"] = Step },
    };

    private static readonly Shape Allowed = new(Sizes)
    {
        ["modalities"] = Shape.OfAny(Sizes),
        ["tables"] = Shape.OfAny(new() { ["rows"] = Shape.OfAny(Sizes), ["columns"] = Shape.OfAny(Sizes) }),
    };

    /// <summary>Reports what a tier may not change, and takes it out of the tier.</summary>
    public static void Restrict(JObject tier, Faults faults)
    {
        foreach (var (name, shape) in Allowed)
            if (tier[name] is JObject section) Restrict(section, shape!, faults);
    }

    /// <summary>Merges a tier into a cell whose recipes are expanded: the tier's own sizes, those of the cell's modalities, of its row, of its column.</summary>
    public static void Apply(JObject tier, JObject cell, string? table, string? row, string? column)
    {
        Apply(tier, cell);
        Apply(Part(tier["modalities"], (string?)(cell["modalities"] as JValue)), cell);
        var own = Part(tier["tables"], table);
        Apply(Part(own?["rows"], row), cell);
        Apply(Part(own?["columns"], column), cell);
    }

    private static void Apply(JObject? sizes, JObject cell)
    {
        if (sizes is null) return;
        if (sizes["sourceSize"] is { } side) cell["sourceSize"] = side.DeepClone();
        foreach (var name in (string[])["teacher", "student", "step1"]) Over(cell, name, sizes[name] as JObject);
        Over(cell, "step2", Part(sizes["step2"], (string?)((cell["step2"] as JObject)?["kind"] as JValue)));
        Over(cell, "step3", Part(sizes["step3"], (string?)((cell["step3"] as JObject)?["protocol"] as JValue)));
    }

    private static void Restrict(JObject section, Shape shape, Faults faults)
    {
        foreach (var property in section.Properties().ToArray())
        {
            if (!shape.Has(property.Name, out var inner))
                faults.Add(property.Value, $"A tier does not change it; here it may set {string.Join(", ", shape.Keys)}.");
            else if (inner is not null && property.Value is not JObject)
                faults.Add(property.Value, "Expected an object.");
            else if (inner is not null)
                Restrict((JObject)property.Value, inner, faults);
            if (inner is null ? !shape.Has(property.Name, out _) : property.Value is not JObject) property.Remove();
        }
    }

    private static JObject? Part(JToken? section, string? name) => name is null ? null : (section as JObject)?[name] as JObject;

    private static void Over(JObject owner, string name, JObject? over)
    {
        if (owner[name] is JObject under && under.Annotation<Unusable>() is null && over is not null) owner[name] = SettingsFiles.Merge(under, over);
    }

    /// <summary>Names that may be set: a value, or (not null) an object of such names.</summary>
    private sealed class Shape : Dictionary<string, Shape?>
    {
        private Shape? _ofAny;

        public Shape() { }

        public Shape(Shape other) : base(other) { }

        public static Shape Of(IEnumerable<string> values)
        {
            var shape = new Shape();
            foreach (var value in values) shape.Add(value, null);
            return shape;
        }

        /// <summary>Objects under names that other files choose.</summary>
        public static Shape OfAny(Shape each) => new() { _ofAny = each };

        public bool Has(string name, out Shape? inner)
        {
            inner = _ofAny;
            return inner is not null || TryGetValue(name, out inner);
        }
    }
}
