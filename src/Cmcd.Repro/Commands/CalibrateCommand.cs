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

    public static int Execute(int rounds)
    {
        Console.WriteLine("| what | setting | promised | observed | ± by the number of rounds |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var row in Cells(rounds).Concat(Pairs(rounds)))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {row.What} | {row.Setting} | {row.Promise} | {100 * row.Share:F1} % | {100 * row.Error:F1} |"));
        return ExitCodes.Success;
    }

    private static IEnumerable<CalibrationRow> Cells(int rounds)
    {
        const int Items = 500;
        (Printed, Verdict)[] questions =
        [
            (Printed.AtTheMargin, Verdict.REPRODUCED), (Printed.OneRun, Verdict.CONTRADICTED), (Printed.OneRunAtTheMargin, Verdict.CONTRADICTED),
            (Printed.TheMean, Verdict.REPRODUCED), (Printed.OneRunThreeMarginsOff, Verdict.CONTRADICTED),
            (Printed.OneRunAtTheMargin, Verdict.REPRODUCED), (Printed.OneRunTwoMarginsOff, Verdict.REPRODUCED),
        ];
        return from question in questions
               from spread in (double[])[0.2, 1]
               from seeds in Seeds
               select Measure(Engine, question.Item1, question.Item2, seeds, Items, spread, rounds);
    }

    private static IEnumerable<CalibrationRow> Pairs(int rounds) =>
        from difference in (double[])[0, 3]
        from items in (int[])[600, 5000]
        from spread in (double[])[0.3, 2]
        from seeds in Seeds
        from row in PairedCalibration.Measure(PairedInference.Difference, seeds, items, spread, difference, rounds)
        select row;
}
