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
            var copy = Path.Combine(Root, Path.GetRelativePath(Committed, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>The experiments folder of this repository.</summary>
    public static string Committed { get; } = FindCommitted();

    public ExperimentFiles Files => new(Root);

    private string Root => Path.Combine(_parent, "experiments");

    /// <summary>Replaces the first place where a text stands.</summary>
    public ExperimentFolder Edit(string file, string found, string replacement)
    {
        var text = Read(file);
        var place = text.IndexOf(found, StringComparison.Ordinal);
        Assert.True(place >= 0, $"{file} does not hold {found}.");
        return Write(file, text[..place] + replacement + text[(place + found.Length)..]);
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public ExperimentFolder Write(string file, string text)
    {
        File.WriteAllText(Path.Combine(Root, file), text);
        return this;
    }

    public void Remove(string file) => File.Delete(Path.Combine(Root, file));

    /// <summary>All faults of Table1 at the mini tier.</summary>
    public IReadOnlyList<string> Faults() => Assert.Throws<ExperimentException>(() => Files.Load("Table1", "mini")).Faults;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private static string FindCommitted()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cmcd.Repro.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("No Cmcd.Repro.sln above the tests."), "experiments");
    }
}
