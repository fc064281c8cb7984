using System.Globalization;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Verdicts;
using Spectre.Console;

namespace Cmcd.Repro.Commands;

/// <summary>Prints the paper's sentences held against its own numbers. Reads experiments/ only: no data set, no result, no libtorch.</summary>
internal static class AuditCommand
{
    private const string Indent = "    ";
    private const string GainTitle = "Table 2 derived from Table 1 on every scale, with Spearman's correlation with the printed TV distance";

    /// <param name="folders">Where experiments/ is.</param>
    /// <param name="strict">A contradicted claim makes the exit code 1; otherwise a finding about the paper is no failure of ours.</param>
    public static int Execute(ProjectFolders folders, bool strict)
    {
        var claims = ClaimsFile.Read(folders.Experiments);
        var report = PaperAudit.Run(claims, PaperNumbers.Read(folders.Experiments));
        if (Console.IsOutputRedirected) PrintPlain(report);
        else PrintTables(report);
        Console.WriteLine(Summary(claims, report));
        return strict && report.Findings.Any(finding => finding.IsContradicted) ? ExitCodes.RegressionOrContradiction : ExitCodes.Success;
    }

    private static void PrintPlain(AuditReport report)
    {
        foreach (var finding in report.Findings)
        {
            Console.WriteLine($"{finding.Claim.Id} {Word(finding.Verdict)}: {finding.Claim.Text} [{finding.Claim.Place}: \"{finding.Claim.Quote}\"]");
            foreach (var line in Lines(finding)) Console.WriteLine(Indent + line.Text);
        }

        Console.WriteLine($"{Environment.NewLine}Duplicate and derived cells: {Derived(report)}");
        foreach (var cell in report.Derived) Console.WriteLine($"{Indent}{cell.Cell.Table} {cell.Arithmetic} ({cell.Claim}){(cell.Agrees ? "" : ": DISAGREES")}");
        Console.WriteLine($"{Environment.NewLine}{GainTitle}");
        Console.WriteLine($"{Indent}{"",-36}{string.Concat(report.Columns.Select(column => $"{column,14}"))}{"Spearman",14}");
        foreach (var row in report.Gains) Console.WriteLine($"{Indent}{Name(row),-36}{string.Concat(Numbers(row).Select(number => $"{number,14}"))}");
    }

    private static void PrintTables(AuditReport report)
    {
        var table = new Table().Title("The paper's sentences against its own numbers").AddColumns("", "verdict", "claim and arithmetic").ShowRowSeparators();
        foreach (var finding in report.Findings)
        {
            IEnumerable<(string Text, bool Detail)> text = [(finding.Claim.Text, false), ($"{finding.Claim.Place}: \"{finding.Claim.Quote}\"", true), .. Lines(finding)];
            var lines = text.Select(line => line.Detail ? $"[grey]{Markup.Escape(line.Text)}[/]" : Markup.Escape(line.Text));
            table.AddRow(finding.Claim.Id, Coloured(finding.Verdict), string.Join('\n', lines));
        }

        AnsiConsole.Write(table);
        var derived = new Table().Title($"Duplicate and derived cells: {Markup.Escape(Derived(report))}").AddColumns("", "cell", "agrees");
        foreach (var cell in report.Derived)
            derived.AddRow(cell.Claim, Markup.Escape($"{cell.Cell.Table} {cell.Arithmetic}"), cell.Agrees ? "[green]yes[/]" : "[red]no[/]");
        AnsiConsole.Write(derived);

        var gains = new Table().Title(Markup.Escape(GainTitle)).AddColumn("");
        foreach (var column in report.Columns.Append("Spearman")) gains.AddColumn(new TableColumn(Markup.Escape(column)).RightAligned());
        foreach (var row in report.Gains) gains.AddRow([Markup.Escape(Name(row)), .. Numbers(row)]);
        AnsiConsole.Write(gains);
    }

    private static IEnumerable<(string Text, bool Detail)> Lines(AuditFinding finding)
    {
        foreach (var part in finding.Parts)
        {
            var name = part.Part.Name is { } given ? $"{given}: " : "";
            yield return ($"{(part.Decides ? "" : "beside it, ")}{name}{Word(part.Verdict)}, {part.Reason}", false);
            foreach (var one in part.Cases)
            {
                var mark = part.Verdict == AuditVerdict.Untestable || one.Holds ? "" : one.HoldsRounded ? " (by rounding)" : " ✗";
                yield return ($"  {(one.Label.Length == 0 ? "" : one.Label + ": ")}{one.Arithmetic}{mark}", true);
            }
        }

        if (finding.Claim.Note is { } note) yield return (note, false);
    }

    private static string Derived(AuditReport report)
    {
        var (derived, printed) = (report.Derived.Count, report.PrintedCells);
        return $"{derived} of the {printed} printed cells, so {printed - derived} distinct ones; {report.Derived.Count(cell => cell.Agrees)} agree.";
    }

    private static string Name(GainRow row)
    {
        var scale = row.Scale switch { Scale.Points => "points", Scale.Relative => "relative, %", _ => "error reduction, %" };
        return $"{row.Protocol} gain of {row.Method}, {scale}";
    }

    private static IEnumerable<string> Numbers(GainRow row) => [.. row.Gains.Select(gain => Text($"{gain:F2}")), Text($"{row.Spearman:+0.00;-0.00}")];

    private static string Summary(ClaimsFile claims, AuditReport report)
    {
        var counts = Enum.GetValues<AuditVerdict>().Select(verdict => $"{report.Findings.Count(finding => finding.Verdict == verdict)} {Word(verdict)}");
        var parts = string.Join(", ", report.Findings.Where(finding => finding.IsContradicted).Select(finding => finding.Claim.Id));
        var ours = $"{claims.Predicates.Count} predicates of ours ({claims.Predicates[0].Id} to {claims.Predicates[^1].Id}) speak of runs: the Report target judges them.";
        return $"{Environment.NewLine}{ours}{Environment.NewLine}{report.Findings.Count} claims of arXiv {claims.Paper}: {string.Join(", ", counts)}. "
            + $"Contradicted as a whole or in one part: {(parts.Length == 0 ? "none" : parts)}.";
    }

    private static string Coloured(AuditVerdict verdict)
    {
        var colour = verdict switch { AuditVerdict.Supported => "green", AuditVerdict.Contradicted => "red", AuditVerdict.Borderline => "yellow", _ => "grey" };
        return $"[{colour}]{Word(verdict)}[/]";
    }

    private static string Word(AuditVerdict verdict) => verdict.ToString().ToLowerInvariant();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
