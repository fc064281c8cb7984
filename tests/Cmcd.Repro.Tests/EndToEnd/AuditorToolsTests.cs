using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Results.Bundles;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Tests.Results;

namespace Cmcd.Repro.Tests.EndToEnd;

/// <summary>explain, diff, bundle and verify-bundle as a user starts them, on small results that bear each other out.</summary>
public sealed class AuditorToolsTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly string _results;

    public AuditorToolsTests() => _results = Write("results", 60);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Explain_tells_what_made_a_number_and_refuses_what_is_not_there()
    {
        var (code, said) = Run("explain", "Table1/CMC+LE/Sketchy", $"--results={_results}");
        Assert.Equal(0, code);
        Assert.Contains("60.00 percent (top1), 1 seed", said, StringComparison.Ordinal);
        Assert.Contains("120 of 200 right", said, StringComparison.Ordinal);
        Assert.Contains("--target=Table1 --tier=mini --seeds=1", said, StringComparison.Ordinal);

        Assert.Equal(3, Run("explain", "Table1/CMCC+LE/Sketchy", $"--results={_results}").Code);
        Assert.Equal(3, Run("explain", "Table1/CMC+LE/Sketchy", "--tier=paper", $"--results={_results}").Code);
    }

    [Fact]
    public void Diff_ends_with_its_answer()
    {
        Assert.Equal(0, Run("diff", $"{_results}/mini", $"{_results}/mini/Table1").Code);
        var (code, said) = Run("diff", $"{_results}/mini", $"{Write("worse", 40)}/mini");
        Assert.Equal(1, code);
        Assert.Contains("MOVED", said, StringComparison.Ordinal);
        Assert.Equal(3, Run("diff", $"{_results}/mini", _scratch.Create("empty")).Code);
    }

    [Fact]
    public void A_bundle_verifies_anywhere_and_a_forger_who_repairs_every_hash_is_still_caught()
    {
        var file = _scratch.File("bundle.zip");
        Assert.Equal(0, Run("bundle", $"--results={_results}", $"--output={file}", "--date=2026-01-31").Code);
        var bytes = File.ReadAllBytes(file);
        Assert.Equal(0, Run("bundle", $"--results={_results}", $"--output={file}", "--date=2026-01-31").Code);
        Assert.Equal(bytes, File.ReadAllBytes(file));
        var (code, said) = Run("verify-bundle", file);
        Assert.Equal(0, code);
        Assert.Contains("60 verdicts from both: 60 NOT_TESTED", said, StringComparison.Ordinal);

        foreach (var (path, from, to, fault) in new[]
        {
            ("results/mini/Table1/cells.csv", "mini,1,60.00", "mini,1,61.00", "mean is 61, its runs give 60.00"),
            ("results/mini/Table1/runs.csv", ",60,", ",61,", "value is 61, its predictions give 60"),
            ("results/mini/Table1/cells.csv", "NOT_TESTED,mini data", "REPRODUCED,mini data", "verdict is REPRODUCED"),
            ("experiments/paper/table1.csv", "73.24", "60.24", "the printed number is 60.24"),
        })
        {
            var forged = Bundle.Read(file).Files.Select(entry => entry.Path == path ? entry with { Content = Changed(entry.Content, from, to) } : entry);
            File.WriteAllBytes(_scratch.File("forged.zip"), Bundle.Pack("mini", forged));
            (code, said) = Run("verify-bundle", _scratch.File("forged.zip"));
            Assert.Equal(1, code);
            Assert.Contains(fault, said, StringComparison.Ordinal);
            Assert.DoesNotContain("cmcd-bundle-", said, StringComparison.Ordinal);   // paths of the bundle, not of this machine
        }

        var unread = Bundle.Read(file).Files.Append(new("results/mini/Table2/cells.csv", "x"u8.ToArray()));
        File.WriteAllBytes(_scratch.File("forged.zip"), Bundle.Pack("mini", unread));
        Assert.Contains("results/mini/Table2/cells.csv belongs to no table", Run("verify-bundle", _scratch.File("forged.zip")).Said, StringComparison.Ordinal);

        File.WriteAllBytes(_scratch.File("forged.zip"), bytes[..^9]);
        Assert.Equal(1, Run("verify-bundle", _scratch.File("forged.zip")).Code);
        File.WriteAllText(_scratch.File("forged.zip"), "no bundle");
        Assert.Equal(3, Run("verify-bundle", _scratch.File("forged.zip")).Code);
        Assert.Equal(3, Run("bundle", $"--results={_results}", "--date=tomorrow").Code);
    }

    private static byte[] Changed(ReadOnlyMemory<byte> content, string from, string to)
    {
        var text = System.Text.Encoding.UTF8.GetString(content.Span);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{from} is not there");
        return System.Text.Encoding.UTF8.GetBytes(text[..at] + to + text[(at + from.Length)..]);
    }

    /// <summary>Table 1 of the mini tier with one seed, all of whose measured cells have one value.</summary>
    private string Write(string name, double value)
    {
        var experiment = new ExperimentFiles(Repository.Experiments).Load("Table1", "mini");
        var reasons = experiment.Columns.ToDictionary(column => column.Id, column => experiment.Tier.Roles[experiment.Cell("CMC+LE", column.Id).Downstream] is UnavailableRole role ? role.Reason : null);
        var results = _scratch.Create(name);
        var folder = ResultFolder.Write(
            results, [.. from row in experiment.Rows from column in experiment.Columns select (row.Id, column.Id, reasons[column.Id] is null ? new[] { value } : [])]);

        // The builder knows one chain and one printed value for all.
        var manifest = Manifest.Read(Path.Combine(folder, "manifest.json"));
        (manifest with { Stages = [.. manifest.Stages, new("teacher", "pretrain", 1, "parent", [], "new", 1, [], new Dictionary<string, string>())] }).Write(Path.Combine(folder, "manifest.json"));
        CellsCsv.Write(Path.Combine(folder, "cells.csv"), [.. CellsCsv.Read(Path.Combine(folder, "cells.csv")).Select(cell => cell with
        {
            PaperValue = experiment.Printed(cell.Row, cell.Column),
            Metric = experiment.Cell(cell.Row, cell.Column).Metric,
            Verdict = reasons[cell.Column] is null ? Verdict.NOT_TESTED : Verdict.UNAVAILABLE,
            Reason = reasons[cell.Column] ?? "mini data stand in for the paper's: the printed value is not comparable",
        })]);
        return results;
    }

    private static (int Code, string Said) Run(params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        Console.SetOut(said);
        Console.SetError(said);
        try
        {
            return (Cmcd.Repro.Commands.CommandLine.Run(arguments), said.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
