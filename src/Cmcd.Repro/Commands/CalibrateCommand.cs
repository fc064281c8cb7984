using System.Globalization;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts.Calibration;
using Cmcd.Repro.Verdicts.Statistics;
using static Cmcd.Repro.Verdicts.Calibration.CellCalibration;

namespace Cmcd.Repro.Commands;

/// <summary>Measures the verdict engine on made-up results and prints the table of Verdicts/calibration.md.</summary>
internal static class CalibrateCommand
{
    private static readonly int[] Seeds = [2, 3, 5, 10];

    public static int Execute(int rounds, CancellationToken stop)
    {
        Console.WriteLine($"Percent of {rounds:N0} rounds, ± the 95 % range that comes from their number.");
        Console.WriteLine();
        Console.WriteLine($"| what | setting | promised | {string.Join(" | ", Seeds.Select(seeds => $"{seeds} seeds"))} |");
        Console.WriteLine("|---|---|---|" + string.Concat(Seeds.Select(_ => "---|")));
        foreach (var line in Cells(rounds).Concat(Pairs(rounds)))
            Print([.. line.Select(row => stop.IsCancellationRequested ? throw new OperationCanceledException(stop) : row)]);

        return ExitCodes.Success;
    }

    private static void Print(CalibrationRow[] rows)
    {
        foreach (var same in rows.GroupBy(row => (row.What, row.Setting, row.Promise)))
        {
            var shares = same.Select(row => string.Create(CultureInfo.InvariantCulture, $"{100 * row.Share:F1} ± {100 * row.Error:F1}"));
            Console.WriteLine($"| {same.Key.What} | {same.Key.Setting} | {same.Key.Promise} | {string.Join(" | ", shares)} |");
        }
    }

    private static IEnumerable<IEnumerable<CalibrationRow>> Cells(int rounds)
    {
        const int Items = 500;
        (Printed, Verdict)[] questions =
        [
            (Printed.AtTheMargin, Verdict.REPRODUCED), (Printed.OneRun, Verdict.CONTRADICTED), (Printed.OneRunAtTheMargin, Verdict.CONTRADICTED),
            (Printed.TheMean, Verdict.REPRODUCED), (Printed.OneRunThreeMarginsOff, Verdict.CONTRADICTED),
            (Printed.OneRunAtTheMargin, Verdict.REPRODUCED), (Printed.OneRunTwoMarginsOff, Verdict.REPRODUCED),
        ];
        return from question in questions
               from spread in (double[])[1, 5]
               select Seeds.Select(seeds => Measure(Engine, question.Item1, question.Item2, seeds, Items, spread, rounds));
    }

    private static IEnumerable<IEnumerable<CalibrationRow>> Pairs(int rounds) =>
        from difference in (double[])[0, 3]
        from items in (int[])[600, 5000]
        from spread in (double[])[0.3, 2]
        select Seeds.SelectMany(seeds => PairedCalibration.Measure(PairedInference.Difference, seeds, items, spread, difference, rounds));
}
