using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts.Statistics;

namespace Cmcd.Repro.Verdicts;

/// <summary>Claims judged on our own runs of one tier, paired by seed.</summary>
/// <remarks>
/// Each case of a claim's part (one column under one protocol, most often) is tested both ways, one-sided at 2.5 %, Holm-adjusted over the part's cases, unmeasured ones
/// included. "Above the best baseline" is above each baseline. The part is REPRODUCED when every case is shown true, CONTRADICTED when one is shown false (where one
/// case is enough: when one is true, when all are false), else INCONCLUSIVE. A part that was measured only in some cases is never REPRODUCED as a whole; they can
/// contradict it. Where data stand in for the paper's, sizes of differences are not judged, only orders.
/// </remarks>
public static class ClaimVerdicts
{
    private const string Faithful = "paper";    // the tier with the paper's own data
    private const string Plumbing = "smoke";    // the tier whose numbers mean nothing
    private const int LeastSeeds = 2, PlannedSeeds = 5;

    /// <summary>Judges every claim and every predicate of ours; one verdict for each part that decides.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="tier">The tables of one tier that have results, each once; at least one.</param>
    /// <exception cref="ArgumentException">There is no table, or they are of several tiers, or one stands twice.</exception>
    public static IReadOnlyList<ClaimVerdict> Judge(ClaimsFile claims, IReadOnlyList<TableResults> tier)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(tier);
        if (tier.Select(table => table.Tier).Distinct().Count() != 1) throw new ArgumentException("Expected tables of one tier, at least one.", nameof(tier));
        if (tier.Select(table => table.Table).Distinct().Count() < tier.Count) throw new ArgumentException("Expected each table once.", nameof(tier));

        var cells = new MeasuredCells(tier);
        return [.. from claim in claims.Claims.Concat(claims.Predicates)
                   let deciding = claim.Parts.Where(part => part.Aside != true).ToArray()
                   from part in deciding
                   select new Judgement(claims, claim, part, deciding.Length > 1, cells, tier[0].Tier).Reach()];
    }

    /// <summary>One part on its way to a verdict.</summary>
    private sealed class Judgement(ClaimsFile claims, Claim claim, ClaimPart part, bool named, MeasuredCells cells, string tier)
    {
        private readonly IReadOnlyList<CellAddress> _addresses = ClaimCells.Of(claims, part);
        private readonly ClaimStatements _statements = new(claims, cells, part.Scale ?? Scale.Points);

        public ClaimVerdict Reach()
        {
            if (tier == Plumbing) return Say(Verdict.NOT_TESTED, "this tier tests plumbing; its numbers mean nothing");
            if (claim.Tables.Count == 0) return Say(Verdict.NOT_TESTED, claim.NotOnRuns!);
            if (_addresses.FirstOrDefault(cell => cells.Row(cell)?.Verdict == Verdict.STALE) is { Table: not null } stale)
                return Say(Verdict.STALE, $"{stale}: {cells.Row(stale)!.Reason}");

            var measured = part.Predicate.Cases.Where(binding => ClaimCells.Of(claims, part.Predicate, binding).All(cells.IsMeasured)).ToArray();
            if (measured.Length == 0) return NotMeasured();

            var seeds = _statements.SharedSeeds([.. measured.SelectMany(binding => ClaimCells.Of(claims, part.Predicate, binding)).Distinct()]).Count;
            if (seeds < LeastSeeds)
                return Say(Verdict.INCONCLUSIVE, $"{(seeds == 1 ? "one" : "no")} seed in common: an interval needs at least {LeastSeeds}, {PlannedSeeds} are planned");
            if (part.Predicate is RankCorrelationPredicate rank && _statements.Levels(rank) is var levels && levels < rank.AtLeast)
                return Say(Verdict.INCONCLUSIVE, $"{levels} distinct levels, {rank.AtLeast} are needed");
            return Decide(part.Predicate is NoCommonBestPredicate common ? _statements.Of(common) : _statements.Of(part.Predicate), measured.Length);
        }

        private ClaimVerdict NotMeasured()
        {
            var missing = _addresses.Where(cell => !cells.IsMeasured(cell)).ToArray();
            var unavailable = missing.FirstOrDefault(cell => cells.Row(cell)?.Verdict == Verdict.UNAVAILABLE);
            var unrun = missing.FirstOrDefault(cell => cells.Row(cell)?.Verdict != Verdict.UNAVAILABLE);
            return unrun.Table is null
                ? Say(Verdict.UNAVAILABLE, $"{unavailable}: {cells.Row(unavailable)!.Reason}")
                : Say(Verdict.NOT_TESTED, cells.Row(unrun) is { } row ? $"{unrun}: {row.Reason}" : $"{unrun.Table} has not been run");
        }

        private ClaimVerdict Decide(IReadOnlyList<MeasuredCase> cases, int measured)
        {
            var (right, wrong) = (Holm.Adjust([.. cases.Select(one => one.Says.PTrue)]), Holm.Adjust([.. cases.Select(one => one.Says.PFalse)]));
            var truths = cases.Select((_, i) => wrong[i] <= SeedInference.Level ? Truth.False : right[i] <= SeedInference.Level ? Truth.True : Truth.Open).ToArray();

            var all = part.Predicate.Cases.Count;
            var findings = (measured < all ? $"on {measured} of {all} comparisons: " : "")
                + string.Join("; ", cases.Zip(truths).Where(pair => pair.First.Says is not Unmeasured).Select(pair => Shown(pair.First, pair.Second)));
            var shown = cases.Where(one => one.Shown is not null).ToArray();
            var key = part.Reading == Reading.Somewhere ? shown.MaxBy(one => one.Room) : shown.MinBy(one => one.Room);
            if (part.Predicate is DifferencePredicate { IsMagnitude: true } && tier != Faithful)
                return Say(Verdict.NOT_TESTED, $"the data stand in for the paper's, whose size of a difference they cannot show; measured {findings}", key);

            return (part.Reading == Reading.Somewhere ? truths.Max() : truths.Min()) switch
            {
                Truth.True => Say(Verdict.REPRODUCED, findings, key),
                Truth.False => Say(Verdict.CONTRADICTED, findings, key),
                _ => Say(Verdict.INCONCLUSIVE, findings + Remedy([.. cases.Where((_, i) => truths[i] == Truth.Open)], cases.Count, all - measured), key),
            };
        }

        private static string Shown(MeasuredCase one, Truth truth)
        {
            var verdict = truth switch { Truth.True => "holds", Truth.False => "fails", _ => "open" };
            var difference = one.Shown is { } contrast ? $"{contrast.Text} {Interval(contrast.Estimate)} " : "";
            return $"{one.Label}{(one.Label.Length == 0 ? "" : ": ")}{difference}{verdict}";
        }

        private static string Interval(SeedEstimate estimate) =>
            Arithmetic.Text($"{estimate.Value:+0.00;-0.00;0.00} [{estimate.Low:+0.00;-0.00;0.00}, {estimate.High:+0.00;-0.00;0.00}]");

        /// <summary>What stands between the runs and a verdict: of the open cases, the contrast that would take most seeds.</summary>
        private static string Remedy(IReadOnlyList<MeasuredCase> open, int family, int unmeasured)
        {
            var rest = unmeasured > 0 ? "; the other comparisons are not measured" : "";
            var contrasts = open.Select(one => one.Says.Hardest).OfType<Contrast>().ToArray();
            if (contrasts.Length == 0) return rest;

            var (hardest, seeds) = contrasts.Select(contrast => (contrast, seeds: SeedInference.SeedsToDecide(contrast.Estimate, contrast.By)))
                .MaxBy(pair => pair.seeds ?? int.MaxValue);
            var enough = seeds is { } count ? $"about {count} seeds would decide it alone" : "a thousand seeds would not decide it";
            var alone = family > 1 ? $" (before Holm over {family})" : "";
            return $"; hardest is {hardest.Text} {Interval(hardest.Estimate)}: {enough}{alone}, if mean and spread stay{rest}";
        }

        private ClaimVerdict Say(Verdict verdict, string reason, MeasuredCase? key = null)
        {
            var estimate = key?.Shown?.Estimate;
            var name = named && part.Name is { } given ? given : null;
            return new(
                name is null ? claim.Id : $"{claim.Id}/{name}", $"{tier}: {claim.Text}{(name is null ? "" : $" ({name})")}", claim.Place, tier, verdict,
                estimate?.Value, estimate?.Low, estimate?.High, estimate is null ? "" : Unit(), $"{tier}: {reason}", [.. _addresses.Select(cells.Id)]);
        }

        private string Unit() => part.Predicate switch
        {
            RankCorrelationPredicate { Sign: "negative" } => "minus rank correlation",
            RankCorrelationPredicate => "rank correlation",
            MonotonePredicate => "points a step",
            _ when part.Scale is Scale.Relative or Scale.ErrorReduction => "percent",
            _ => "points",
        };
    }

    /// <summary>What the runs say of one case.</summary>
    private enum Truth
    {
        False,
        Open,
        True,
    }
}
