using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cmcd.Repro.Commands;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Tests.Results;
using Spectre.Console;

namespace Cmcd.Repro.Tests.Mutations;

/// <summary>A small checkout: one table of six measured cells over three seeds with whole manifests, approved by the program itself; to be broken by a test.</summary>
internal sealed class ApprovedCheckout : IDisposable
{
    public static readonly (string Row, string Column, double[] Values)[] Cells =
    [
        ("SSL+LE", "Sketchy", [50, 51, 52.5]), ("SSL+LE", "TUBerlin", [30, 32, 31]), ("SSL+LE", "VGGSound", []),
        ("CMC+LE", "Sketchy", [60, 61.5, 63]), ("CMC+LE", "TUBerlin", [40, 41, 42.5]), ("CMC+LE", "VGGSound", []),
        ("CMC+FT", "Sketchy", [70, 71, 72.5]), ("CMC+FT", "TUBerlin", [45, 47, 46]), ("CMC+FT", "VGGSound", []),
    ];

    private readonly ScratchFolder _scratch = new();

    public ApprovedCheckout((string Row, string Column, double[] Values)[]? cells = null)
    {
        Measure(cells ?? Cells);
        Assert.Equal(0, Approve().ExitCode);
        Assert.Equal(0, Verify().ExitCode);
    }

    public string Table => _scratch.File("results/mini/Table1");

    public string Regression => _scratch.File("tests/Cmcd.Repro.Tests/Regression");

    public string Approved => Path.Combine(Regression, "mini.Table1.approved.csv");

    public string Received => Path.Combine(Regression, "mini.Table1.received.csv");

    public string Log => Path.Combine(Regression, "approvals.log");

    private ProjectFolders Folders => new(_scratch.Path, "", "", "", _scratch.File("results"));

    /// <summary>Writes the results of a run with these cells in place of those before; every file bears the others out.</summary>
    public void Measure((string Row, string Column, double[] Values)[] cells, string results = "results")
    {
        if (Directory.Exists(_scratch.File(results))) Directory.Delete(_scratch.File(results), recursive: true);
        Complete(ResultFolder.Write(_scratch.Create(results), cells));
    }

    public (int ExitCode, string Text) Verify(string table = "Table1") => Captured(() => new VerifyCommand(Folders, "mini", table).Execute());

    public (int ExitCode, string Text) Approve(string reason = "a test", params string[] variance) => Captured(() => new ApproveCommand(
        Folders, "mini", "Table1", new(reason, "a tester", [.. variance.Select(_scratch.File)]), TimeProvider.System).Execute());

    /// <summary>Replaces the first place where a text stands in a file of the results, or in any other.</summary>
    public void Edit(string file, string found, string instead)
    {
        var path = Path.IsPathRooted(file) ? file : Path.Combine(Table, file);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(found, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{found} is not in {file}");
        File.WriteAllText(path, text[..at] + instead + text[(at + found.Length)..]);
    }

    /// <summary>Gives the evaluate stages other keys, in every file.</summary>
    public void Rekey(Func<string, string> keyOf)
    {
        foreach (var (column, file) in PredictionTable.FilesIn(Table))
        {
            var table = PredictionTable.Read(file);
            foreach (var key in table.Predicted.Keys)
                foreach (var text in new[] { "runs.csv", "manifest.json" }) Edit(text, key, keyOf(key));
            new PredictionTable(table.Labels, table.Predicted.ToDictionary(answers => keyOf(answers.Key), answers => answers.Value)).Write(file);
        }
    }

    /// <summary>The results' manifest, changed and written again.</summary>
    public void EditManifest(Func<Manifest, Manifest> change, string results = "results")
    {
        var file = _scratch.File($"{results}/mini/Table1/manifest.json");
        change(Manifest.Read(file)).Write(file);
    }

    /// <summary>Changes every stage of a kind.</summary>
    public void EditStages(string kind, Func<ManifestStage, ManifestStage> change) =>
        EditManifest(manifest => manifest with { Stages = [.. manifest.Stages.Select(stage => stage.Kind == kind ? change(stage) : stage)] });

    public static ManifestStage With(ManifestStage stage, string sentinel, string? fact)
    {
        var facts = stage.Sentinels.ToDictionary();
        if (fact is null) facts.Remove("sentinel." + sentinel);
        else facts["sentinel." + sentinel] = fact;
        return stage with { Sentinels = facts };
    }

    /// <summary>A path in a message as it is in every checkout.</summary>
    public string Plain(string text) => text.Replace(_scratch.Path, "", StringComparison.Ordinal);

    public void Dispose() => _scratch.Dispose();

    internal static (int ExitCode, string Text) Captured(Func<int> command)
    {
        var (output, error, tables) = (Console.Out, Console.Error, AnsiConsole.Console);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(text);
        Console.SetError(text);
        AnsiConsole.Console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });   // else it keeps the writer of its first use, closed by then
        try
        {
            return (command(), text.ToString());
        }
        catch (ReproException problem)   // as CommandLine does
        {
            return (ExitCodes.CouldNotRun, problem.Message);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            AnsiConsole.Console = tables;
        }
    }

    /// <summary>Gives each evaluation its chain of stages and each stage the facts that its step records.</summary>
    private static void Complete(string folder)
    {
        var runs = new RunsCsv(Path.Combine(folder, "runs.csv")).Rows;
        var stages = new List<ManifestStage>();
        foreach (var run in runs)
        {
            var (teacher, student) = ($"teacher {run.Seed}", $"{run.Row.Split('+')[0]} {run.Seed}");
            stages.Add(new($"pretrain, seed {run.Seed}", "pretrain", 1, teacher, [], "new", 1, [1], new Dictionary<string, string>()));
            stages.Add(new($"distill {student}", "distill", 1, student, [teacher], "new", 1, [1], Facts(("frozen-teacher", Hash(teacher)), StrictLoad)));
            var facts = Facts(("disjoint", $"400 train and {ResultFolder.Items} test items share no content"), ("selection", "last epoch; the test set is read once, after the last update"), StrictLoad);
            if (run.Protocol == "LE") facts["sentinel.frozen-encoder"] = Hash(student);
            var segments = run.Column == ResultFolder.Segmented;
            facts[segments ? "miou" : "top1"] = run.Value.ToString("R", CultureInfo.InvariantCulture);
            stages.Add(new($"{run.Protocol} of {student} on {run.Column}", segments ? "segment" : "evaluate", 1, run.StageKey, [student], "new", 1, [1], facts));
        }

        var file = Path.Combine(folder, "manifest.json");
        var network = new { architecture = "ResNet50", precision = "Fp32" };
        (Manifest.Read(file) with
        {
            Stages = [.. stages.DistinctBy(stage => stage.Key)],
            Settings = new { split = "test", teacher = network, student = network, rows = runs.Select(run => run.Row).Distinct().Select(row => new { id = row, method = row.Split('+')[0], step2 = new { temperature = 0.1 } }) },
        }).Write(file);
    }

    private static (string, string) StrictLoad => ("strict-load", "320 tensors by key, type and shape, none missing, none left over");

    private static Dictionary<string, string> Facts(params (string Rule, string Fact)[] facts) => facts.ToDictionary(fact => "sentinel." + fact.Rule, fact => fact.Fact);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
