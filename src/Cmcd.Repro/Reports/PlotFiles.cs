using Cmcd.Repro.Reports.Plots;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Reports;

/// <summary>plots/&lt;name&gt;.svg and .csv of a tier, made from the facts alone: without data, libtorch or training.</summary>
internal static class PlotFiles
{
    /// <summary>Subfolder of a tier's results.</summary>
    public const string Folder = "plots";

    /// <summary>Where a plot's two files stand.</summary>
    public static string[] Of(string name, string tierFolder) => [Path.Combine(tierFolder, Folder, name + ".svg"), Path.Combine(tierFolder, Folder, name + ".csv")];

    /// <summary>Writes the files of these plots, each whole, and removes those of plots that the results do not feed any more. Other files stay.</summary>
    /// <param name="plots">The plots; may be empty.</param>
    /// <param name="known">Names of all plots that there can be.</param>
    /// <param name="tier">smoke, mini or paper.</param>
    /// <param name="tierFolder">The tier's results.</param>
    /// <exception cref="ReproException">A file cannot be written or removed.</exception>
    public static void Write(IReadOnlyList<PlotFacts> plots, IEnumerable<string> known, string tier, string tierFolder)
    {
        var folder = Path.Combine(tierFolder, Folder);
        foreach (var plot in plots)
        {
            var files = Of(plot.Name, tierFolder);
            ResultFile.Replace(files[0], PlotFile.Svg(plot, tier));
            ResultFile.Replace(files[1], PlotCsv.Of(plot));
        }

        if (!Directory.Exists(folder)) return;
        foreach (var file in known.Except(plots.Select(plot => plot.Name)).SelectMany(name => Of(name, tierFolder)))
            ResultFile.Guard(file, () => Removed(() => File.Delete(file)));
        if (!Directory.EnumerateFileSystemEntries(folder).Any()) ResultFile.Guard(folder, () => Removed(() => Directory.Delete(folder)));
    }

    private static bool Removed(Action remove)
    {
        remove();
        return true;
    }
}
