using System.Globalization;
using Cmcd.Repro.Randomness;
using Cmcd.Repro.Verdicts.Statistics;

namespace Cmcd.Repro.Verdicts.Calibration;

/// <summary>How often intervals of <see cref="PairedInference"/> hold the true difference, and how often its tests see one that is not there, or is.</summary>
/// <remarks>Two methods answer the same items: what is easy for one is mostly easy for the other (correlation 0.8), and their luck differs.</remarks>
public static class PairedCalibration
{
    private const double Accuracy = 60;
    private const double Overlap = 0.8;
    private const double OneSided = 0.05;

    /// <summary>What is measured: first minus second from scores by seed and item.</summary>
    public delegate Estimate Method(IReadOnlyList<IReadOnlyList<double>> first, IReadOnlyList<IReadOnlyList<double>> second, double by = 0);

    /// <summary>Coverage, false positives and, where there is a difference, power in one setting.</summary>
    /// <param name="method">Normally <see cref="PairedInference.Difference"/>.</param>
    /// <param name="seeds">Seeds of a round, at least 2.</param>
    /// <param name="items">Test items, at least 2.</param>
    /// <param name="seedStd">Spread over seeds of either method, points.</param>
    /// <param name="difference">True difference, points; 0 counts false positives, else power.</param>
    /// <param name="rounds">At least 1.</param>
    public static IReadOnlyList<CalibrationRow> Measure(Method method, int seeds, int items, double seedStd, double difference, int rounds)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        var (first, second) = (new SimulatedMethod(Accuracy + difference, seedStd), new SimulatedMethod(Accuracy, seedStd));
        var estimates = Enumerable.Range(0, rounds).AsParallel().Select(round => Round(method, first, second, seeds, items, round)).ToArray();

        var setting = string.Create(CultureInfo.InvariantCulture, $"{items} items, seed spread {seedStd}, true difference {difference}");
        return
        [
            new("95 % interval holds the true difference", setting, seeds, "95 %", estimates.Count(estimate => estimate.Low <= difference && difference <= estimate.High), rounds),
            new(difference == 0 ? "one-sided test at 5 % sees a difference that is not there" : "one-sided test at 5 % sees the difference", setting, seeds, difference == 0 ? "≤ 5 %" : "power",
                estimates.Count(estimate => estimate.PAboveZero <= OneSided), rounds),
        ];
    }

    private static Estimate Round(Method method, SimulatedMethod first, SimulatedMethod second, int seeds, int items, int round)
    {
        var draws = new CounterRandom(0, Purpose.Simulation, round, 0);
        var (common, own, other) = (SimulatedMethod.Items(items, ref draws), SimulatedMethod.Items(items, ref draws), SimulatedMethod.Items(items, ref draws));
        return method(Scores(first, own, 1), Scores(second, other, 2));

        double[][] Scores(SimulatedMethod simulated, double[] mine, int sample)
        {
            double[] ease = [.. common.Zip(mine, (shared, alone) => (Math.Sqrt(Overlap) * shared) + (Math.Sqrt(1 - Overlap) * alone))];
            return [.. Enumerable.Range(0, seeds).Select(seed =>
            {
                var random = new CounterRandom(0, Purpose.Simulation, round, sample, seed);
                return Array.ConvertAll(simulated.Answers(ease, ref random), right => right ? 100.0 : 0);
            })];
        }
    }
}
