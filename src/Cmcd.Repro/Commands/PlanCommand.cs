using System.Globalization;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Pipeline.Planning;

namespace Cmcd.Repro.Commands;

/// <summary>Says before any work what a table, or all, would run: stages, what is stored and why not, and how long the rest takes here. It writes nothing.</summary>
internal sealed class PlanCommand(RunOptions options, CancellationToken stop)
{
    public int Execute()
    {
        var tier = new ExperimentFiles(options.Folders.Experiments).LoadTier(options.Tier);
        var session = new RunSession(options.Folders);
        // Where the paper's data are not here nothing can be timed: then the plan counts, on sets of the printed sizes.
        var counts = tier.Rate is not null && RunSession.Names(tier).Any(name => session.Data.Missing(name) is not null);
        if (counts) session = new RunSession(options.Folders, nominal: true);
        var ids = options.Table == ExperimentRuns.All ? ExperimentRuns.Ids(options.Folders) : [options.Table];
        var works = ids.Select(id => ExperimentRuns.Open(options with { Table = id }, session, stop).Work()).ToArray();
        var plan = new WorkPlan(ExperimentWork.InOrder(works), session.Stages);
        if (counts) PaperPlan.Print(options, plan, tier);
        else Show(options, plan, stop);
        return ExitCodes.Success;
    }

    /// <summary>Times what must be timed and prints the plan.</summary>
    /// <returns>Estimated seconds by stage key, of what is left.</returns>
    internal static IReadOnlyDictionary<string, double> Show(RunOptions options, WorkPlan plan, CancellationToken stop)
    {
        Console.WriteLine($"Plan of {string.Join(", ", plan.Experiments.Select(work => work.Id))}; tier {options.Tier}, {options.Seeds} seed(s), {options.Device}, {options.Threads} thread(s).");
        var estimates = Estimate(options, plan, stop);
        PlanPrinter.Print(plan, estimates, new ExperimentFiles(options.Folders.Experiments).LoadTier(options.Tier));
        return estimates.Where(estimate => estimate.Value.Seconds is not null).ToDictionary(estimate => estimate.Key, estimate => estimate.Value.Seconds!.Value);
    }

    private static Dictionary<string, StageEstimate> Estimate(RunOptions options, WorkPlan plan, CancellationToken stop)
    {
        if (!plan.Left.Any()) return [];
        var device = RunCommand.StartTorch(options.Device, options.Threads);
        var scratch = Directory.CreateTempSubdirectory("cmcd-plan-");
        try
        {
            var started = TimeProvider.System.GetTimestamp();
            var estimator = new CostEstimator(options.Folders.OpenStages(), ProjectFolders.Machine, Told(new StageTimer(scratch.FullName, device, stop)));
            var estimates = plan.Left.ToDictionary(stage => stage.Stage.Key.Hash, stage => estimator.Of(stage.Stage));
            Console.WriteLine($"{estimator.Timed} configuration(s) of a step timed in a scratch folder, in {PlanPrinter.Duration(TimeProvider.System.GetElapsedTime(started).TotalSeconds)}; the others are recorded by this machine's store.");
            return estimates;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static Func<Stage, StageTiming> Told(StageTimer timer) => stage =>
    {
        var timing = timer.Measure(stage);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  timed {stage.Title}: {timing.PerUpdate * 1000:0.##} ms an update, {timing.Rest:0.00} s besides"));
        return timing;
    };
}
