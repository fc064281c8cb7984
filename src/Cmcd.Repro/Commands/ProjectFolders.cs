using System.Globalization;
using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Commands;

/// <summary>Where the project's files lie.</summary>
/// <param name="Root">Folder of Cmcd.Repro.sln.</param>
/// <param name="Experiments">Tables, tiers, recipes.</param>
/// <param name="Data">Data sets.</param>
/// <param name="Cache">Finished stages.</param>
/// <param name="Results">CSV files.</param>
internal sealed record ProjectFolders(string Root, string Experiments, string Data, string Cache, string Results)
{
    /// <summary>ImageNet's validation set, a folder a class, on which imported weights are tried; null if the user has none.</summary>
    public string? ImageNet { get; init; }

    /// <summary>The catalogue of the paper's data: that of the data folder if it has one, else the project's own.</summary>
    public string Sources => Path.Combine(Data, SourceCatalogue.FileName) is var own && File.Exists(own) ? own : Path.Combine(Experiments, "data", SourceCatalogue.FileName);

    /// <summary>Opens data sets by name, each once.</summary>
    /// <param name="nominal">The paper's by their printed sizes alone, for a plan.</param>
    public DatasetCatalogue OpenData(bool nominal = false) => new(Data, Generated, OpenPaper(nominal));

    /// <summary>The paper's own data alone.</summary>
    /// <inheritdoc cref="OpenData"/>
    public PaperSets OpenPaper(bool nominal = false) => new(Cache, Sources, ImageNet, DecodingLine.Print, nominal);

    /// <summary>Data sets that are made here.</summary>
    public string Generated => Path.Combine(Cache, "datasets");

    /// <summary>This machine, as far as it decides how long a stage takes.</summary>
    public static IReadOnlyDictionary<string, string> Machine { get; } = new Dictionary<string, string>
    {
        ["cpu"] = RunEnvironment.Read(1, "cpu", new Dictionary<string, string>()).Cpu,
        ["cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The store of finished stages; what is made here is noted as made by this machine.</summary>
    public StageStore OpenStages() => new(Path.Combine(Cache, "stages"), TimeProvider.System, Machine);

    /// <summary>Looks upwards from the program, then from the working folder.</summary>
    /// <exception cref="ReproException">Neither lies in the project.</exception>
    public static ProjectFolders Find(string? data, string? cache, string? results, string? imageNet = null)
    {
        var root = Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory())
            ?? throw new ReproException("Neither the program nor the working folder lies in a checkout (no Cmcd.Repro.sln above them). Run it from a clone of the project.");
        return new(
            root,
            Path.Combine(root, "experiments"),
            data is null ? Path.Combine(root, "experiments", "data") : Path.GetFullPath(data),
            cache is null ? Path.Combine(root, ".cache") : Path.GetFullPath(cache),
            results is null ? Path.Combine(root, "results") : Path.GetFullPath(results))
        {
            ImageNet = imageNet is null ? null : Path.GetFullPath(imageNet),
        };
    }

    private static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Cmcd.Repro.sln"))) return folder.FullName;
        return null;
    }
}
