using System.IO.Enumeration;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Download;

namespace Cmcd.Repro.Commands;

/// <summary>Brings paper datasets and checkpoints into the store, with their licences and citations.</summary>
/// <param name="folders">The store is datasets/ in the cache.</param>
/// <param name="name">A source, a source and a file pattern as in vggsound/*.tar.gz, or "all".</param>
/// <param name="drop">Folder with files the user obtained.</param>
/// <param name="sources">Another catalogue than the project's own.</param>
/// <param name="offline">Forbids the network.</param>
/// <param name="stop">Stops at once; the same command goes on from there.</param>
internal sealed class FetchCommand(ProjectFolders folders, string name, string? drop, string? sources, bool offline, CancellationToken stop)
{
    public int Execute()
    {
        var catalogue = SourceCatalogue.Read(sources ?? Path.Combine(folders.Experiments, "data", SourceCatalogue.FileName));
        var display = new FetchDisplay(TimeProvider.System);
        var options = new DownloadOptions { JitterSeed = Environment.ProcessId };
        using var downloader = offline ? null : new Downloader(options, TimeProvider.System, display);
        var fetcher = new SourceFetcher(folders.Cache, catalogue, downloader, drop is null ? null : Path.GetFullPath(drop), TimeProvider.System, display);
        var faults = new List<string>();
        foreach (var (source, files) in Wanted(catalogue))
        {
            Introduce(source, files);
            try
            {
                fetcher.FetchAsync(source, files, stop).GetAwaiter().GetResult();
            }
            catch (DatasetUnavailableException fault)
            {
                faults.Add(fault.Message);
            }
        }

        if (faults.Count > 0) throw new DatasetUnavailableException(string.Join('\n', faults));
        Console.WriteLine($"All files asked for are in {Path.Combine(folders.Cache, "datasets")}.");
        return ExitCodes.Success;
    }

    private static void Introduce(DatasetSource source, IReadOnlyList<RemoteFile> files)
    {
        Console.WriteLine($"{source.Name}: {source.Title}");
        Console.WriteLine($"  home:     {source.Home}");
        Console.WriteLine($"  licence:  {source.Licence}");
        Console.WriteLine($"  citation: {source.Citation}");
        var others = source.Files.Except(files).GroupBy(file => file.OnRequest).ToArray();
        foreach (var group in others)
            Console.WriteLine($"  left out: {string.Join(", ", group.Select(file => file.Name))}. {(group.Key is null ? "" : group.Key + " ")}Ask for it with --name={source.Name}/<file>; * is allowed.");
    }

    private IEnumerable<(DatasetSource Source, IReadOnlyList<RemoteFile> Files)> Wanted(SourceCatalogue catalogue)
    {
        if (name == "all") return catalogue.Sources.Select(source => (source, NeededOrDropped(source)));
        var parts = name.Split('/', 2);
        var source = catalogue[parts[0]];
        if (parts.Length == 1) return [(source, NeededOrDropped(source))];
        RemoteFile[] files = [.. source.Files.Where(file => FileSystemName.MatchesSimpleExpression(parts[1], file.Name))];
        return files.Length > 0
            ? [(source, files)]
            : throw new DatasetUnavailableException($"{source.Name} has no file \"{parts[1]}\". Its files: {string.Join(", ", source.Files.Select(file => file.Name))}.");
    }

    private IReadOnlyList<RemoteFile> NeededOrDropped(DatasetSource source) =>
        [.. source.Files.Where(file => file.OnRequest is null || (drop is not null && (File.Exists(Path.Combine(drop, file.Name)) || File.Exists(Path.Combine(drop, source.Name, file.Name)))))];
}
