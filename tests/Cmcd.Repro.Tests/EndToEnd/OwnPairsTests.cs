using System.Text.RegularExpressions;
using Cmcd.Repro.Commands;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Datasets.Mirror;
using Cmcd.Repro.Tests.Experiments;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Tests.Mutations;

namespace Cmcd.Repro.Tests.EndToEnd;

/// <summary>The README's experiment on a user's own pairs, taken from there as it stands.</summary>
public sealed class OwnPairsTests : IDisposable
{
    private static readonly string[] Classes = ["bowls", "cats", "drums"];

    private readonly ScratchFolder _scratch = new();
    private readonly ExperimentFolder _experiments = new();

    public OwnPairsTests()
    {
        var example = Regex.Match(File.ReadAllText(Path.Combine(Repository.Root, "README.md")), "```json\\n(?<file>.*?)\\n```", RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Groups["file"].Value;
        _experiments.Write("MyPairs.json", example.Replace("\"my/", $"\"{_scratch.Path}/", StringComparison.Ordinal));
        foreach (var photo in Enumerable.Range(0, 70))
        {
            Write($"photos/thing {photo:00}.jpg", MirrorImages.Photo(photo % 3, photo, 80));
            for (var sketch = 1; sketch <= 2; sketch++) Write($"sketches/thing {photo:00}-{sketch}.png", MirrorImages.Sketch(photo % 3, photo + sketch, 72));
        }

        foreach (var (label, name) in Classes.Index())
        {
            for (var item = 0; item < 12; item++) Write($"train/{name}/{item}.png", MirrorImages.Sketch(label, 40 + item, 64));
            for (var item = 0; item < 8; item++) Write($"test/{name}/{item}.png", MirrorImages.Sketch(label, 60 + item, 64));
        }
    }

    public void Dispose()
    {
        _experiments.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void One_file_in_the_README_distils_a_users_own_pairs()
    {
        var (code, text) = Run();
        Assert.True(code == ExitCodes.Success, text);

        var results = TableResults.Read(Path.Combine(_scratch.Path, "results", "mini", "MyPairs"));
        Assert.Equal(["SSL+LE", "CMC+LE"], results.Cells.Select(cell => cell.Row));
        Assert.All(results.Cells, cell => Assert.Equal((Verdict.NOT_TESTED, "the paper prints no number here: the data are ours", true), (cell.Verdict, cell.Reason, cell.Mean.HasValue)));
        Assert.All(results.Runs, run => Assert.Equal(24, results.AnswersOf(run)!.Items));
    }

    [Fact]
    public void An_unpaired_photo_is_named_before_any_work()
    {
        Write("photos/lonely.jpg", MirrorImages.Photo(0, 99, 80));
        var (code, text) = Run();

        Assert.Equal(ExitCodes.CouldNotRun, code);
        Assert.Contains("lonely.jpg", text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_scratch.Path, "cache", "stages")));
    }

    private (int ExitCode, string Text) Run()
    {
        var folders = new ProjectFolders(Repository.Root, _experiments.Path, Path.Combine(Repository.Experiments, "data"), _scratch.File("cache"), _scratch.File("results"));
        return ApprovedCheckout.Captured(() => new RunCommand(new("MyPairs", "mini", 1, null, "test", "cpu", 1, null, folders, "stages"), new RunSession(folders), default).Execute());
    }

    private void Write(string path, byte[] content)
    {
        var full = Path.Combine(_scratch.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
    }
}
