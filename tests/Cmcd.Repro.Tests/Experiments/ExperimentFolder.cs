using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Tests.Experiments;

/// <summary>A throw-away copy of the committed experiments folder, to be broken on purpose.</summary>
internal sealed class ExperimentFolder : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("cmcd-experiments-").FullName;

    public ExperimentFolder()
    {
        foreach (var file in Directory.EnumerateFiles(Committed, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(Committed, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>The experiments folder of this repository.</summary>
    public static string Committed { get; } = FindCommitted();

    public ExperimentFiles Files => new(Path);

    /// <summary>The copy.</summary>
    public string Path => System.IO.Path.Combine(_parent, "experiments");

    /// <summary>Replaces the first place where a text stands.</summary>
    public ExperimentFolder Edit(string file, string found, string replacement)
    {
        var text = Read(file);
        var place = text.IndexOf(found, StringComparison.Ordinal);
        Assert.True(place >= 0, $"{file} does not hold {found}.");
        return Write(file, text[..place] + replacement + text[(place + found.Length)..]);
    }

    public string Read(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));

    public ExperimentFolder Write(string file, string text)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, file), text);
        return this;
    }

    public void Remove(string file) => File.Delete(System.IO.Path.Combine(Path, file));

    /// <summary>All faults of Table1 at the mini tier.</summary>
    public IReadOnlyList<string> Faults() => Assert.Throws<ExperimentException>(() => Files.Load("Table1", "mini")).Faults;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private static string FindCommitted()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Cmcd.Repro.sln"))) folder = folder.Parent;
        return System.IO.Path.Combine(folder?.FullName ?? throw new InvalidOperationException("No Cmcd.Repro.sln above the tests."), "experiments");
    }
}
