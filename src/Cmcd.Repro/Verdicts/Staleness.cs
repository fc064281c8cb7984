using System.Globalization;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>Numbers that other versions of the stages made: they say nothing about this code until they are measured again.</summary>
public static class Staleness
{
    /// <summary>The results with STALE as the verdict of every measured cell that a stage of another version stands behind; the reason names both versions.</summary>
    /// <param name="results">The results.</param>
    /// <param name="current">Version by stage kind in the current code.</param>
    public static TableResults Mark(TableResults results, IReadOnlyDictionary<string, int> current)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(current);
        return results with { Cells = [.. results.Cells.Select(Marked)] };

        CellRow Marked(CellRow cell)
        {
            var moved = results.Manifest.VersionsBehind(results.RunsOf(cell.Cell).SelectMany(run => run.Stages)).Where(stage => Now(stage, current) != stage).ToArray();
            return moved.Length == 0 ? cell : cell with
            {
                Verdict = Verdict.STALE,
                Reason = $"measured by {string.Join(" ", moved)}; the code has {string.Join(" ", moved.Select(stage => Now(stage, current)).Distinct())}",
            };
        }
    }

    /// <summary>What the code has in place of "distill:1": itself, "distill:2" or "no distill".</summary>
    internal static string Now(string stage, IReadOnlyDictionary<string, int> current)
    {
        var kind = stage.Split(':')[0];
        return current.TryGetValue(kind, out var version) ? string.Create(CultureInfo.InvariantCulture, $"{kind}:{version}") : $"no {kind}";
    }
}
