using System.Globalization;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Pipeline.Planning;

namespace Cmcd.Repro.Commands;

/// <summary>Every experiment in one process: the plan with its time, each experiment with its results as it ends, and how far the plan was off.</summary>
internal sealed class ReproduceCommand(RunOptions options, CancellationToken stop)
{
    public int Execute()
    {
        var session = new RunSession(options.Folders);
        var codes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (runs, works) = (new Dictionary<string, IExperimentRun>(), new List<ExperimentWork>());
        foreach (var id in ExperimentRuns.Ids(options.Folders))
        {
            Attempt(id, codes, () =>
            {
                var run = ExperimentRuns.Open(options with { Table = id }, session, stop);
                works.Add(run.Work());
                runs[id] = run;
                return null;
            });
        }

        var plan = new WorkPlan(ExperimentWork.InOrder(works), session.Stages);
        var estimates = PlanCommand.Show(options, plan, stop);
        var started = TimeProvider.System.GetTimestamp();
        foreach (var (number, work) in plan.Experiments.Index())
        {
            Console.WriteLine($"\n{work.Id}, experiment {number + 1} of {plan.Experiments.Count}");
            Attempt(work.Id, codes, () => runs[work.Id].Execute());
        }

        Summarise(plan, session, estimates, codes, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        return Worst(session.Failures.Count == 0 ? codes.Values : codes.Values.Append(ExitCodes.CouldNotRun));
    }

    /// <summary>As for the cells of one table: what could not run outweighs all else, then the worst verdict; nothing was measured only if nothing was at all.</summary>
    internal static int Worst(IEnumerable<int> codes) =>
        codes.Order().Distinct().ToArray() is var found && found.Contains(ExitCodes.CouldNotRun) ? ExitCodes.CouldNotRun
        : found.Contains(ExitCodes.RegressionOrContradiction) ? ExitCodes.RegressionOrContradiction
        : found.Contains(ExitCodes.Inconclusive) ? ExitCodes.Inconclusive
        : found.Contains(ExitCodes.Success) ? ExitCodes.Success
        : ExitCodes.NothingMeasured;

    /// <summary>One experiment that cannot run does not stop the others.</summary>
    private static void Attempt(string id, SortedDictionary<string, int> codes, Func<int?> work)
    {
        try
        {
            if (work() is { } code) codes[id] = code;
        }
        catch (ReproException problem)
        {
            Console.Error.WriteLine($"{id} could not run: {problem.Message}");
            codes[id] = ExitCodes.CouldNotRun;
        }
    }

    private static void Summarise(WorkPlan plan, RunSession session, IReadOnlyDictionary<string, double> estimates, SortedDictionary<string, int> codes, double seconds)
    {
        StageOutput[] made = [.. session.Outputs.Where(output => !output.Cached).DistinctBy(output => output.Stage.Key.Hash)];
        Console.WriteLine(Text($"\nMade {made.Length:N0} stages in {PlanPrinter.Duration(seconds)}, wall clock; of {plan.Stages.Count:N0} distinct ones, where every run by itself would have made {plan.Naive:N0}. {session.Failures.Count} failed."));
        var errors = EstimateError.Of(estimates, made);
        if (errors.Count > 0) Console.WriteLine("The plan's error, sums of stage times in seconds:");
        foreach (var error in errors)
            Console.WriteLine(Text($"  {error.Kind,-9} {Reports.Text.Count(error.Stages, "stage"),10}: estimated {error.Estimated:N1}, took {error.Actual:N1} ({error.Percent:+0;-0;0} %)"));
        Console.WriteLine($"Exit codes: {string.Join(", ", codes.Select(code => Text($"{code.Key} {code.Value}")))}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
