using System.Globalization;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Randomness;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts.Statistics;

namespace Cmcd.Repro.Verdicts.Calibration;

/// <summary>How often <see cref="CellVerdicts"/> says REPRODUCED of a printed number that is too far off, or CONTRADICTED of one that is not, in whole made-up tables.</summary>
public static class CellCalibration
{
    /// <summary>Cells of a made-up table: what Holm has to hold together.</summary>
    public const int Cells = 8;

    private const string Column = "column";
    private const string TestSet = "test";


    /// <summary>Where the printed numbers of a made-up table come from.</summary>
    public enum Printed
    {
        /// <summary>Our method's true mean plus or minus exactly the margin.</summary>
        AtTheMargin,

        /// <summary>One further run of our method, plus or minus exactly the margin.</summary>
        OneRunAtTheMargin,

        /// <summary>One further run of our method: the paper did what we did.</summary>
        OneRun,

        /// <summary>Our method's true mean.</summary>
        TheMean,

        /// <summary>One further run of our method, plus or minus two margins.</summary>
        OneRunTwoMarginsOff,

        /// <summary>One further run of our method, plus or minus three margins.</summary>
        OneRunThreeMarginsOff,
    }

    /// <summary>What is measured: a table's verdicts.</summary>
    public delegate IReadOnlyList<Verdict> Judge(TableResults results, TierParity parity);

    /// <summary>The engine itself.</summary>
    public static IReadOnlyList<Verdict> Engine(TableResults results, TierParity parity) =>
        [.. CellVerdicts.Judge(results, parity, _ => TestSet).Select(verdict => verdict.Verdict)];

    /// <summary>Counts one verdict over rounds of made-up tables; a promise of at most 5 % is about any cell of the table, the rest is counted by cell.</summary>
    /// <remarks>REPRODUCED is about the printed number, not about the unknown mean behind it: what a lucky printed run can hide is counted without a promise.</remarks>
    /// <param name="judge">Normally <see cref="Engine"/>.</param>
    /// <param name="printed">Where the printed numbers come from.</param>
    /// <param name="counted">The verdict that is counted.</param>
    /// <param name="seeds">Seeds of a cell, at least 1.</param>
    /// <param name="items">Test items, at least 2.</param>
    /// <param name="seedStd">Spread over seeds, points.</param>
    /// <param name="rounds">Tables, at least 1.</param>
    public static CalibrationRow Measure(Judge judge, Printed printed, Verdict counted, int seeds, int items, double seedStd, int rounds)
    {
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        var parity = new TierParity(new Dictionary<string, int> { [TestSet] = items }, [new("decoder", 0.3, "made up")]);
        var hits = Enumerable.Range(0, rounds).AsParallel()
            .Select(round => judge(Table(parity, printed, seeds, items, seedStd, round), parity).Count(verdict => verdict == counted)).ToArray();

        var setting = string.Create(CultureInfo.InvariantCulture, $"{items} items, seed spread {seedStd}");
        var what = $"is {counted}, printed is {Describe(printed)}";
        return (printed, counted) switch
        {
            (Printed.TheMean, Verdict.REPRODUCED) or (Printed.OneRunThreeMarginsOff, Verdict.CONTRADICTED) => new($"a cell {what}", setting, seeds, "power", hits.Sum(), rounds * Cells),
            (Printed.OneRunAtTheMargin or Printed.OneRunTwoMarginsOff, Verdict.REPRODUCED) => new($"a cell {what}", setting, seeds, "none", hits.Sum(), rounds * Cells),
            _ => new($"any of {Cells} cells {what}", setting, seeds, "≤ 5 %", hits.Count(hit => hit > 0), rounds),
        };
    }

    private static string Describe(Printed printed) => printed switch
    {
        Printed.AtTheMargin => "our true mean ± the margin",
        Printed.OneRunAtTheMargin => "a further run of ours ± the margin",
        Printed.OneRun => "a further run of ours",
        Printed.TheMean => "our true mean",
        Printed.OneRunTwoMarginsOff => "a further run of ours ± two margins",
        _ => "a further run of ours ± three margins",
    };

    private static TableResults Table(TierParity parity, Printed printed, int seeds, int items, double seedStd, int round)
    {
        var draws = new CounterRandom(1, Purpose.Simulation, round);
        var ease = SimulatedMethod.Items(items, ref draws);
        var (cells, runs, stages, answers) = (new List<CellRow>(), new List<RunRow>(), new List<ManifestStage>(), new Dictionary<string, IReadOnlyList<int>>());
        for (var c = 0; c < Cells; c++)
        {
            var method = new SimulatedMethod(40 + (5 * c), seedStd);
            var (row, sign) = ($"row{c}", c % 2 == 0 ? 1 : -1);
            var values = new double[seeds];
            for (var seed = 0; seed < seeds; seed++)
            {
                var right = Run(seed);
                var key = $"{row}-{seed}";
                values[seed] = Percent(right);
                answers[key] = [.. right.Select(answer => answer ? 0 : 1)];
                stages.Add(new(key, "evaluate", 1, key, [], "new", 1, [], new Dictionary<string, string>()));
                runs.Add(new("Made", row, Column, "LE", seed, values[seed], key, "", "cpu", 1, "Source"));
            }

            var truth = printed is Printed.AtTheMargin or Printed.TheMean ? method.MeanOn(ease) : Percent(Run(seeds));
            var shift = printed switch { Printed.AtTheMargin or Printed.OneRunAtTheMargin => 1, Printed.OneRunTwoMarginsOff => 2, Printed.OneRunThreeMarginsOff => 3, _ => 0 };
            var paper = truth;
            for (var i = 0; i < 20; i++) paper = truth + (sign * shift * Margin.Of(paper, items, parity.Gaps.Select(gap => gap.Points)).Total);   // the margin depends on the printed value
            var spread = Results.Cells.Fold(values);
            cells.Add(new("Made", row, Column, "LE", "top1", "percent", "paper", seeds, spread.Mean, spread.Std, spread.Low, spread.High, paper, null, Verdict.NOT_TESTED, CellVerdicts.Unjudged));

            bool[] Run(int seed)
            {
                var random = new CounterRandom(1, Purpose.Simulation, round, c + 1, seed);
                return method.Answers(ease, ref random);
            }
        }

        var none = new RunEnvironment("", "", "", "", 1, 1, "", new Dictionary<string, string>());
        var manifest = new Manifest("Made", "paper", none, new { }, ["Source"], new Dictionary<string, string>(), stages, runs.Count, 0);
        return new("", cells, runs, manifest, new Dictionary<string, PredictionTable> { [Column] = new(new int[items], answers) });
    }

    private static double Percent(bool[] right) => 100.0 * right.Count(answer => answer) / right.Length;
}
