using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Commands;

/// <summary>Do the approved numbers come out again? Needs results and approved files only: no data, no libtorch.</summary>
internal sealed class VerifyCommand(ProjectFolders folders, string tier, string table)
{
    private readonly ApprovedFiles _approved = new(folders, tier);

    public int Execute()
    {
        var tables = _approved.Tables(table);
        if (tables.Count == 0) Console.Error.WriteLine($"Nothing to compare: tier {tier} has neither results in {Shown(folders.Results)} nor approved numbers.");
        var codes = tables.Select(Verify).ToArray();
        // A regression outweighs what could not be read, and that what was not there; green needs every table green.
        return codes.Length == 0 ? ExitCodes.NothingMeasured
            : new[] { ExitCodes.RegressionOrContradiction, ExitCodes.CouldNotRun, ExitCodes.NothingMeasured }.Where(codes.Contains).FirstOrDefault(ExitCodes.Success);
    }

    private int Verify(string name)
    {
        try
        {
            if (_approved.Unsigned(name) is { } unsigned) return Red(name, [unsigned], "Restore approved file and log from version control; change them with the approve command only.");
            if (!File.Exists(_approved.Of(name))) return Nothing($"{name}, {tier}: nothing was approved. Look at the results, then: approve --table={name} --tier={tier} --reason=\"...\"");
            if (!_approved.HasResults(name)) return Nothing($"{name}, {tier}: no results in {Shown(_approved.ResultsOf(name))}. Run the table: ./build.sh --target={name} --tier={tier}");

            var approved = ApprovedCsv.Read(_approved.Of(name));
            var fresh = TableResults.Read(_approved.ResultsOf(name));
            var findings = SentinelAudit.Of(fresh).Concat(Regression.Compare(approved, fresh, ApprovedFiles.CurrentVersions)).ToArray();
            if (findings.Length == 0)
            {
                File.Delete(_approved.ReceivedOf(name));
                Console.WriteLine(Green(name, approved, DeterminismClass.Of(fresh.Manifest)));
                return ExitCodes.Success;
            }

            ApprovedCsv.Write(_approved.ReceivedOf(name), ApprovedCell.From(fresh));
            return Red(name, findings, $"What was found stands in {Shown(_approved.ReceivedOf(name))}. If the code is wrong, mend it. If the change is meant: raise the stage's Version, run {name} again, "
                + $"then approve --table={name} --tier={tier} --reason=\"...\".");
        }
        catch (ReproException problem)
        {
            Console.Error.WriteLine($"{name}, {tier}: could not compare: {problem.Message}");
            return ExitCodes.CouldNotRun;
        }
    }

    private static string Green(string name, IReadOnlyList<ApprovedCell> approved, DeterminismClass found)
    {
        var cells = approved.Where(cell => !cell.IsMean).ToArray();
        var numbers = cells.Count(cell => cell.Values.Count > 0);
        var demand = cells[0].Class == found ? "equal to the bit" : $"within the tolerances for another determinism class (approved on {cells[0].Class})";
        return $"{name}, {cells[0].Tier}: {numbers} cells {demand} on {found}; {cells.Length - numbers} cells without number, as approved; every sentinel on record.";
    }

    private int Red(string name, IReadOnlyList<RegressionFinding> findings, string advice)
    {
        foreach (var finding in findings) Console.WriteLine($"{name}, {tier}: {finding}");
        Console.WriteLine($"{name}, {tier}: {findings.Count} finding{(findings.Count == 1 ? "" : "s")}. {advice}");
        return ExitCodes.RegressionOrContradiction;
    }

    private static int Nothing(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCodes.NothingMeasured;
    }

    private static string Shown(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
}
