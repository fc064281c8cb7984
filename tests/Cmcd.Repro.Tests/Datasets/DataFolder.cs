namespace Cmcd.Repro.Tests.Datasets;

/// <summary>The repository's experiments/data, and small copies of it to damage.</summary>
internal sealed class DataFolder : IDisposable
{
    public static string Committed { get; } = System.IO.Path.Combine(Root(), "experiments", "data");

    /// <summary>A copy of packs.json and emoji-line alone, in a temporary folder.</summary>
    public DataFolder()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "emoji-line"));
        foreach (var file in Directory.GetFiles(System.IO.Path.Combine(Committed, "emoji-line")).Append(System.IO.Path.Combine(Committed, "packs.json")))
            File.Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(Committed, file)));
    }

    /// <summary>Where generated sets of the test process go.</summary>
    public static string Generated { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"cmcd-generated-{Environment.UserName}");

    public string Path { get; } = Directory.CreateTempSubdirectory("cmcd-data-").FullName;

    public string this[string file] => System.IO.Path.Combine(Path, file);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Cmcd.Repro.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"No Cmcd.Repro.sln above {AppContext.BaseDirectory}.");
        return folder.FullName;
    }
}
