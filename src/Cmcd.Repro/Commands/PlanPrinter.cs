using System.Globalization;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline.Planning;

namespace Cmcd.Repro.Commands;

/// <summary>A plan as plain lines: by experiment and kind of stage, then all together. A stage that several need counts with the first.</summary>
internal static class PlanPrinter
{
    public static void Print(WorkPlan plan, IReadOnlyDictionary<string, StageEstimate> estimates, TierSettings tier)
    {
        foreach (var work in plan.Experiments) PrintWork(plan, work, estimates);

        foreach (var fault in estimates.Values.Select(estimate => estimate.Fault).Where(fault => fault.Length > 0).Distinct()) Console.WriteLine($"Could not be timed: {fault}");
        Console.WriteLine(Text(
            $"All: {plan.Experiments.Sum(work => work.Runs.Count):N0} runs from {plan.Stages.Count:N0} distinct stages; {plan.Naive:N0} if every run made its own. {plan.Stages.Count - plan.Left.Count():N0} are stored, {plan.Left.Count():N0} are left."));
        PrintTime(plan, estimates);
        PrintNeeds(plan, tier);
    }

    /// <summary>12.3 s, 4 min 5 s, 2 h 3 min.</summary>
    public static string Duration(double seconds) => Reports.Text.Duration(seconds);

    private static void PrintWork(WorkPlan plan, ExperimentWork work, IReadOnlyDictionary<string, StageEstimate> estimates)
    {
        var missing = work.Missing.Count == 0 ? "" : $"; {Count(work.Missing.Count, "run")} without data";
        Console.WriteLine(work.Runs.Count == 0 ? $"{work.Id}: nothing can be run{missing}"
            : Text($"{work.Id}: {Count(work.Runs.Count, "run")} from {Count(work.Stages.Count, "distinct stage")}, {work.Naive} if every run made its own{missing}"));
        foreach (var kind in plan.Of(work).GroupBy(stage => stage.Stage.Kind))
        {
            var left = kind.Where(stage => !stage.IsStored).ToArray();
            var own = left.Where(stage => stage.FirstOf == work.Id).ToArray();
            var parts = new List<string> { Text($"  {kind.Key,-9} {Count(kind.Count(), "stage"),10}: {kind.Count() - left.Length} stored") };
            if (own.Length > 0) parts.Add(Text($"{own.Length} to make, {Time(own, estimates)}"));
            foreach (var other in left.Except(own).CountBy(stage => stage.FirstOf)) parts.Add(Text($"{other.Value} made for {other.Key}"));
            Console.WriteLine(string.Join("; ", parts));
            foreach (var why in own.GroupBy(stage => stage.Reason.Split(':')[0]))
                Console.WriteLine($"            {why.Count()} {why.First().Reason}{(why.Select(stage => stage.Reason).Distinct().Count() > 1 ? " (the first of them)" : "")}");
        }

        foreach (var reason in work.Missing.CountBy(reason => reason)) Console.WriteLine($"  no data for {Count(reason.Value, "run")}: {reason.Key}");
    }

    private static string Count(int count, string noun) => Reports.Text.Count(count, noun);

    private static string Time(IReadOnlyCollection<PlannedStage> stages, IReadOnlyDictionary<string, StageEstimate> estimates)
    {
        var known = stages.Select(stage => estimates[stage.Stage.Key.Hash]).Where(estimate => estimate.Seconds is not null).ToArray();
        return known.Length == 0 && stages.Count > 0 ? "not timed"
            : "about " + Duration(known.Sum(estimate => estimate.Seconds!.Value)) + (known.Length == stages.Count ? "" : Text($" for {known.Length} of them"));
    }

    private static void PrintTime(WorkPlan plan, IReadOnlyDictionary<string, StageEstimate> estimates)
    {
        if (plan.Stages.Count == 0) return;
        var left = plan.Left.ToArray();
        if (left.Length == 0)
        {
            Console.WriteLine("Nothing is left to make.");
            return;
        }

        var machine = string.Join(", ", ProjectFolders.Machine.Select(fact => $"{fact.Key} {fact.Value}"));
        int Known(EstimateOrigin origin) => estimates.Values.Count(estimate => estimate.Seconds is not null && estimate.Origin == origin);
        Console.WriteLine(Text($"Left: {Time(left, estimates)} on this machine ({machine}), one stage after another; {Count(Known(EstimateOrigin.Recorded), "stage")} as long as equal ones took here, {Count(Known(EstimateOrigin.Timed), "stage")} by timed updates times their number."));
    }

    private static void PrintNeeds(WorkPlan plan, TierSettings tier)
    {
        if (plan.Experiments.All(work => work.Missing.Count == 0)) return;
        if (plan.Stages.Count == 0) Console.WriteLine("Without data no step can be timed, so no time is given.");
        var missing = tier.Roles.Where(role => role.Value is UnavailableRole).ToArray();
        if (missing.Length > 0) Console.WriteLine($"Roles without data in tier {tier.Name}:");
        foreach (var (name, role) in missing) Console.WriteLine($"  {name}: {((UnavailableRole)role).Reason}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
