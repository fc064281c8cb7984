using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Results;

/// <summary>A role whose data were not on the machine that made the results.</summary>
/// <param name="Reason">Why no run could have it; null where only some networks' weights were missing.</param>
/// <param name="ByWidth">Of weights, by the teacher's width: why those were missing.</param>
public sealed record LackingRole(string? Reason, IReadOnlyDictionary<string, string> ByWidth)
{
    /// <summary>What a manifest says was lacking, by role.</summary>
    public static IReadOnlyDictionary<string, LackingRole> Of(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var lacking = new Dictionary<string, LackingRole>();
        foreach (var (name, role) in (Manifest.Json(manifest.Settings) as JObject)?["roles"] as JObject ?? [])
        {
            var (reason, widths) = ((string?)role!["reason"], role["missing"] as JObject ?? []);
            if (reason is not null || widths.Count > 0) lacking[name] = new(reason, widths.Properties().ToDictionary(width => width.Name, width => (string)width.Value!));
        }

        return lacking;
    }
}
