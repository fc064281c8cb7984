using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Commands;

/// <summary>The only way to change approved numbers: refuses what no one should sign, writes the file, signs it in the log.</summary>
internal sealed class ApproveCommand(ProjectFolders folders, string tier, string table, ApprovalRequest request, TimeProvider time)
{
    private readonly ApprovedFiles _approved = new(folders, tier);

    public int Execute()
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) throw new ReproException("--reason is empty. Say why the approved numbers change; the log keeps it.");
        var by = string.IsNullOrWhiteSpace(request.By) ? GitUser() : request.By;
        var tables = _approved.Tables(table).Where(_approved.HasResults).ToArray();
        if (tables.Length == 0)
        {
            Console.Error.WriteLine($"Nothing to approve: no results of {table} in {Path.Combine(folders.Results, tier)}. Run the table: ./build.sh --target={(table == "all" ? "Table1" : table)} --tier={tier}");
            return ExitCodes.NothingMeasured;
        }

        var codes = tables.Select(name => Approve(name, by)).ToArray();
        return codes.Max();
    }

    private int Approve(string name, string by)
    {
        if (_approved.Unsigned(name) is { } unsigned) throw new ReproException($"{unsigned} Restore it from version control before approving.");
        var results = TableResults.Read(_approved.ResultsOf(name));
        var old = File.Exists(_approved.Of(name)) ? ApprovedCsv.Read(_approved.Of(name)) : [];
        var found = ApprovedCell.From(results);
        var broken = SentinelAudit.Of(results).Concat(Regression.Compare(found, results, ApprovedFiles.CurrentVersions)).ToArray();   // against itself: versions and numbers
        if (broken.Length > 0)
        {
            foreach (var finding in broken) Console.WriteLine($"{name}, {tier}: {finding}");
            Console.WriteLine($"{name}, {tier}: not approved. Mend the cause and run the table again with this code.");
            return ExitCodes.RegressionOrContradiction;
        }

        var variance = request.Variance.Select(folder => ApprovedCell.From(TableResults.Read(Path.Combine(Path.GetFullPath(folder), tier, name)))).ToArray();
        var cells = Tolerances.Set(found, old, variance);
        var text = ApprovedCsv.TextOf(cells);
        var (before, after) = (ApprovedCsv.HashOfFile(_approved.Of(name)), ApprovedCsv.HashOf(text));
        if (before == after)
        {
            Console.WriteLine($"{name}, {tier}: these numbers are the approved ones; nothing was changed or logged.");
            return ExitCodes.Success;
        }

        var approval = Change(name, by, old, cells, variance) with { OldHash = before ?? "", NewHash = after };
        ApprovedCsv.Write(_approved.Of(name), cells);
        ApprovalLog.Append(_approved.Log, approval);
        File.Delete(_approved.ReceivedOf(name));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, {tier}: approved by {by}: {approval.Moved.Count} cells moved (largest shift {approval.LargestShift ?? 0:F2}), {approval.Added.Count} added, {approval.Removed.Count} removed, {approval.Widened} tolerances wider."));
        return ExitCodes.Success;
    }

    private Approval Change(string name, string by, IReadOnlyList<ApprovedCell> old, IReadOnlyList<ApprovedCell> cells, IReadOnlyList<IReadOnlyList<ApprovedCell>> variance)
    {
        var pairs = (from was in old join now in cells on was.Cell equals now.Cell select (Was: was, Now: now)).ToArray();
        var moved = pairs.Where(pair => !pair.Was.IsMean && !(pair.Was.Seeds.SequenceEqual(pair.Now.Seeds) && pair.Was.Values.SequenceEqual(pair.Now.Values))).ToArray();
        return new(
            time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), by, request.Reason.Trim(), tier, name, "", "",
            [.. moved.Select(pair => pair.Now.Cell.ToString())], Only(cells, old), Only(old, cells),
            pairs.Count(pair => pair.Now.Tolerance > pair.Was.Tolerance || (pair.Was.Tolerance is null && pair.Now.Tolerance is not null)),
            moved.Select(pair => pair.Now.MeanValue - pair.Was.MeanValue).Where(shift => shift is not null).Select(shift => (double?)Math.Abs(shift!.Value)).Max(),
            [.. variance.Select(run => run[0].Class.ToString())], "");

        static string[] Only(IReadOnlyList<ApprovedCell> these, IReadOnlyList<ApprovedCell> those) =>
            [.. these.Select(cell => cell.Cell).Except(those.Select(cell => cell.Cell)).Where(cell => cell.Row != "*").Select(cell => cell.ToString())];
    }

    private string GitUser()
    {
        const string advice = "Say who approves: --by=NAME.";
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["config", "user.name"]) { RedirectStandardOutput = true, WorkingDirectory = folders.Root })!;
            var name = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return name.Length > 0 ? name : throw new ReproException($"git knows no user.name here. {advice}");
        }
        catch (Win32Exception fault)
        {
            throw new ReproException($"git cannot be asked for user.name: {fault.Message} {advice}", fault);
        }
    }
}
