using System.Globalization;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>Derives what cells.csv says beside its numbers again: which cells there are, their printed values, verdicts and reasons.</summary>
/// <remarks>Means and intervals from runs, and runs from predictions, are derived by <see cref="TableResults.Read"/>.</remarks>
public static class BundledVerdicts
{
    private const double Rounding = 0.005 + 1e-9;   // cells.csv has two decimals

    /// <summary>Every difference between what a table's files say and what they give, a line each; none if the verdicts stand.</summary>
    /// <param name="experiment">The experiment in the tier of the results.</param>
    /// <param name="results">The results.</param>
    public static IEnumerable<string> Faults(TableExperiment experiment, TableResults results)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(results);
        var written = results.Cells.ToDictionary(cell => (cell.Row, cell.Column));
        var inits = results.Manifest.Inits.Select(init => Enum.TryParse<Initialisation>(init, out var known) ? known : throw new ReproException($"{results.Folder}/manifest.json: inits holds \"{init}\". Known: {string.Join(", ", Enum.GetNames<Initialisation>())}."));
        experiment = AsRun(experiment, results.Manifest);
        var unavailable = experiment.Runs([experiment.Seeds[0]], [.. inits.Take(1)]).ToDictionary(run => (run.Row.Id, run.Column.Id), run => run.UnavailableReason);

        foreach (var (row, column) in unavailable.Keys.Except(written.Keys)) yield return $"{results.Table}/cells.csv: {row} on {column} is missing: experiments/{experiment.Id}.json lists it.";
        foreach (var (row, column) in written.Keys.Except(unavailable.Keys)) yield return $"{results.Table}/cells.csv: {row} on {column} stands in no row and column of experiments/{experiment.Id}.json.";
        foreach (var cell in results.Cells.Where(cell => unavailable.ContainsKey((cell.Row, cell.Column))))
        {
            var printed = experiment.Printed(cell.Row, cell.Column);
            if (cell.PaperValue.HasValue != printed.HasValue || Math.Abs(cell.PaperValue.GetValueOrDefault() - printed.GetValueOrDefault()) > Rounding)
                yield return Text($"{results.Table}/cells.csv: {cell.Cell}: paper_value is {cell.PaperValue}, the printed number is {printed}.");
            if (cell.Delta is { } delta && !(Math.Abs(delta - (cell.Mean - cell.PaperValue ?? double.NaN)) <= 2 * Rounding))
                yield return Text($"{results.Table}/cells.csv: {cell.Cell}: delta is {delta}, mean and printed number give {cell.Mean - cell.PaperValue:F2}.");
        }

        // What went wrong in a run that was not measured stands in cells.csv alone: no file can derive it.
        var unjudged = results.Cells.Select(cell => unavailable.GetValueOrDefault((cell.Row, cell.Column)) is { } reason ? cell with { Verdict = Verdict.UNAVAILABLE, Reason = reason }
            : cell.Mean is null ? cell with { Verdict = Verdict.NOT_TESTED }
            : cell with { Verdict = Verdict.NOT_TESTED, Reason = CellVerdicts.Unjudged }).ToArray();
        foreach (var (cell, judged) in results.Cells.Zip(CellVerdicts.Judge(results with { Cells = unjudged }, experiment.Tier.Parity, cell => experiment.Cell(cell.Row, cell.Column).Downstream, experiment.Unprinted)))
            if ((cell.Verdict, cell.Reason) != (judged.Verdict, judged.Reason))
                yield return $"{results.Table}/cells.csv: {cell.Cell}: verdict is {cell.Verdict} ({cell.Reason}), its runs give {judged.Verdict} ({judged.Reason}).";
    }

    /// <summary>The experiment on the machine that ran it: what data it lacked stands in the manifest.</summary>
    private static TableExperiment AsRun(TableExperiment experiment, Manifest manifest)
    {
        var roles = new Dictionary<string, RoleSettings>();
        foreach (var (name, lacking) in LackingRole.Of(manifest))
        {
            if (experiment.Tier.Roles.GetValueOrDefault(name) is WeightsSettings weights) roles[name] = weights with { Missing = lacking.ByWidth };
            else if (experiment.Tier.Roles.GetValueOrDefault(name) is DatasetSettings && lacking.Reason is { } reason) roles[name] = new UnavailableRole(reason);
        }

        return experiment.With(roles);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
