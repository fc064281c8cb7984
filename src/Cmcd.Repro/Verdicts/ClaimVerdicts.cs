using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Verdicts;

/// <summary>Claims judged on our own runs of one tier, paired by seed.</summary>
/// <remarks>
/// A statement is shown true or false contrast by contrast (one-sided, 2.5 % each way), Holm-adjusted over all contrasts of the claim's part. It is REPRODUCED when
/// it is true in every case that it speaks of, CONTRADICTED when it is false in one (where one case is enough: true in one, false in all), else INCONCLUSIVE.
/// A part that was measured only in some cases is never REPRODUCED as a whole; it can be CONTRADICTED by them. Where data stand in for the paper's, sizes of differences
/// are not judged, only orders.
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
            if (measured.Length == 0) return Unmeasured();

            var seeds = _statements.SharedSeeds(measured.SelectMany(binding => ClaimCells.Of(claims, part.Predicate, binding)).Distinct());
            if (seeds.Count < LeastSeeds)
                return Say(Verdict.INCONCLUSIVE, $"{(seeds.Count == 1 ? "one seed" : "no seed")} in common: an interval needs at least {LeastSeeds}, {PlannedSeeds} are planned");
            return part.Predicate is NoCommonBestPredicate common ? Decide(_statements.Of(common), [], measured.Length) : Decide(measured.Length);
        }

        private ClaimVerdict Unmeasured()
        {
            var missing = _addresses.Where(cell => !cells.IsMeasured(cell)).ToArray();
            var unavailable = missing.FirstOrDefault(cell => cells.Row(cell)?.Verdict == Verdict.UNAVAILABLE);
            var unrun = missing.FirstOrDefault(cell => cells.Row(cell)?.Verdict != Verdict.UNAVAILABLE);
            return unrun.Table is null
                ? Say(Verdict.UNAVAILABLE, $"{unavailable}: {cells.Row(unavailable)!.Reason}")
                : Say(Verdict.NOT_TESTED, cells.Row(unrun) is { } row ? $"{unrun}: {row.Reason}" : $"{unrun.Table} has not been run");
        }

        private ClaimVerdict Decide(int measured)
        {
            var cases = _statements.Of(part.Predicate);
            if (part.Predicate is RankCorrelationPredicate rank && _statements.Levels(rank) is var levels && levels < rank.AtLeast)
                return Say(Verdict.INCONCLUSIVE, $"{levels} distinct levels, {rank.AtLeast} are needed");
            Statement whole = part.Reading == Reading.Somewhere ? new Any([.. cases.Select(one => one.Says)]) : new All([.. cases.Select(one => one.Says)]);
            return Decide(whole, cases, measured);
        }

        private ClaimVerdict Decide(Statement whole, IReadOnlyList<MeasuredCase> cases, int measured)
        {
            var contrasts = whole.Contrasts.Distinct().ToArray();
            var above = SeedInference.Holm([.. contrasts.Select(contrast => contrast.Estimate.PAbove)]);
            var below = SeedInference.Holm([.. contrasts.Select(contrast => contrast.Estimate.PBelow)]);
            var truths = contrasts.Select((contrast, i) => (contrast, truth: above[i] <= SeedInference.Level ? Truth.True : below[i] <= SeedInference.Level ? Truth.False : Truth.Open))
                .ToDictionary(pair => pair.contrast, pair => pair.truth);

            var all = part.Predicate.Cases.Count;
            var partial = measured < all ? $"on {measured} of {all} comparisons: " : "";
            var shown = cases.Where(one => one.Shown is not null).Select(one => Shown(one, one.Says.Judge(contrast => truths[contrast]))).ToArray();
            var findings = shown.Length > 0 ? string.Join("; ", shown) : $"{contrasts.Length} contrasts, {truths.Count(truth => truth.Value != Truth.Open)} decided";
            var key = part.Reading == Reading.Somewhere ? cases.Where(one => one.Shown is not null).MaxBy(one => one.Room) : cases.Where(one => one.Shown is not null).MinBy(one => one.Room);

            if (part.Predicate is DifferencePredicate { IsMagnitude: true } && tier != Faithful)
                return Say(Verdict.NOT_TESTED, $"the data stand in for the paper's, so the size of a difference is not compared with the paper's; measured {partial}{findings}", key);

            return whole.Judge(contrast => truths[contrast]) switch
            {
                Truth.True => Say(Verdict.REPRODUCED, partial + findings, key),
                Truth.False => Say(Verdict.CONTRADICTED, partial + findings, key),
                _ => Say(Verdict.INCONCLUSIVE, partial + findings + Remedy(contrasts, truths, all - measured), key),
            };
        }

        private static string Shown(MeasuredCase one, Truth truth)
        {
            var estimate = one.Shown!.Estimate;
            var verdict = truth switch { Truth.True => "holds", Truth.False => "fails", _ => "open" };
            return Arithmetic.Text($"{one.Label}{(one.Label.Length == 0 ? "" : " ")}{one.Shown.Text} {estimate.Value:+0.00;-0.00;0.00} [{estimate.Low:+0.00;-0.00;0.00}, {estimate.High:+0.00;-0.00;0.00}] {verdict}");
        }

        /// <summary>What stands between the runs and a verdict.</summary>
        private static string Remedy(Contrast[] contrasts, Dictionary<Contrast, Truth> truths, int unmeasured)
        {
            var open = contrasts.Where(contrast => truths[contrast] == Truth.Open).ToArray();
            if (open.Length == 0) return "; the other comparisons are not measured";

            var (hardest, seeds) = open.Select(contrast => (contrast, seeds: SeedInference.SeedsToDecide(contrast.Estimate, contrast.By))).MaxBy(pair => pair.seeds ?? int.MaxValue);
            var estimate = hardest.Estimate;
            return Arithmetic.Text($"; hardest is {hardest.Text} {estimate.Value:+0.00;-0.00;0.00} [{estimate.Low:+0.00;-0.00;0.00}, {estimate.High:+0.00;-0.00;0.00}]: ")
                + (seeds is { } enough ? $"about {enough} seeds would decide it alone, if mean and spread stay" : "a thousand seeds would not decide it, if mean and spread stay")
                + (unmeasured > 0 ? "; the other comparisons are not measured" : "");
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
            RankCorrelationPredicate => "rank correlation",
            MonotonePredicate => "points a step",
            _ when part.Scale is Scale.Relative or Scale.ErrorReduction => "percent",
            _ => "points",
        };
    }
}
