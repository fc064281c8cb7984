using System.Diagnostics;
using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Verdicts;

/// <summary>One case of a claim on runs.</summary>
/// <param name="Label">Which case: "LE Sketchy"; empty when there is only one.</param>
/// <param name="Says">What the claim says of it.</param>
/// <param name="Shown">The difference to show: best against best, by mean over seeds; null where the case has none or was not measured.</param>
/// <param name="Room">How far the shown value lies inside the claim's bounds; negative outside.</param>
internal sealed record MeasuredCase(string Label, Statement Says, Contrast? Shown, double Room);

/// <summary>A claim's predicate → statements about contrasts of measured cells, each paired by seed.</summary>
internal sealed class ClaimStatements(ClaimsFile claims, MeasuredCells cells, Scale scale)
{
    /// <summary>The predicate's cases, in order; one that is not fully measured says <see cref="Unmeasured"/>.</summary>
    public IReadOnlyList<MeasuredCase> Of(ClaimPredicate predicate) => [.. predicate.Cases.Select(binding =>
        !ClaimCells.Of(claims, predicate, binding).All(cells.IsMeasured) ? new(binding.Label, new Unmeasured(), null, 0) : predicate switch
        {
            DifferencePredicate difference => Difference(difference, binding),
            MonotonePredicate monotone => Monotone(monotone, binding),
            RankCorrelationPredicate rank => Rank(rank, binding),
            _ => throw new UnreachableException($"ClaimPredicate has a kind without an arm here: {predicate.GetType().Name}."),
        })];

    /// <summary>One case a choice: another beats it in one row at least.</summary>
    public IReadOnlyList<MeasuredCase> Of(NoCommonBestPredicate predicate)
    {
        var rows = predicate.Cases.Select(binding => ClaimCells.Of(claims, predicate, binding).All(cells.IsMeasured)
            ? binding.With(predicate.Along).Select(point => claims.Bind(predicate.Of, point)).ToArray()
            : null).ToArray();
        return [.. Binding.Empty.With(predicate.Along).Select((choice, place) => new MeasuredCase(
            choice.Label, new Any([.. rows.SelectMany(row => row is null ? [new Unmeasured()] : Rivals(row, place))]), null, 0))];

        IEnumerable<Statement> Rivals(Quantity[] row, int place) => row.Where((_, other) => other != place).Select(other => Exceeds(other, row[place], 0));
    }

    /// <summary>How many distinct x the points of a rank correlation have, in the case with fewest.</summary>
    public int Levels(RankCorrelationPredicate predicate) =>
        predicate.Cases.Min(binding => binding.With(predicate.Along).Select(point => Mean(claims.Bind(predicate.X, point))).Distinct().Count());

    /// <summary>Seeds that every cell of these has.</summary>
    public IReadOnlyList<long> SharedSeeds(IReadOnlyCollection<CellAddress> addresses) =>
        [.. addresses.SelectMany(cell => cells.Values(cell).Keys).GroupBy(seed => seed).Where(seed => seed.Count() == addresses.Count).Select(seed => seed.Key).Order()];

    private MeasuredCase Difference(DifferencePredicate predicate, Binding binding)
    {
        var (first, second) = (Members(claims.Bind(predicate.First, binding)), Members(claims.Bind(predicate.Second, binding)));
        var says = new List<Statement>();
        if (predicate.Lower is { } lower) says.Add(new Any([.. first.Select(one => new All([.. second.Select(other => Exceeds(one, other, lower))]))]));
        // "One lies less than the bound above the other" is "the other lies more than minus the bound above the one".
        if (predicate.Upper is { } upper) says.Add(new All([.. first.Select(one => new Any([.. second.Select(other => Exceeds(other, one, -upper))]))]));
        var shown = Exceeds(first.MaxBy(Mean)!, second.MaxBy(Mean)!, 0);
        var room = Math.Min(shown.Estimate.Value - (predicate.Lower ?? double.NegativeInfinity), (predicate.Upper ?? double.PositiveInfinity) - shown.Estimate.Value);
        return new(binding.Label, new All(says), shown, room);
    }

    /// <summary>The mean rise a step is above zero, and no single step falls.</summary>
    private MeasuredCase Monotone(MonotonePredicate predicate, Binding binding)
    {
        var steps = binding.With(predicate.Along).Select(point => Values(claims.Bind(predicate.Of, point))).ToArray();
        var middle = (steps.Length - 1) / 2.0;
        var squares = Enumerable.Range(0, steps.Length).Sum(step => (step - middle) * (step - middle));
        var slope = steps[0].Keys.Where(seed => steps.All(values => values.ContainsKey(seed)))
            .ToDictionary(seed => seed, seed => steps.Select((values, step) => (step - middle) * values[seed]).Sum() / squares);
        var trend = OverZero("rise a step", slope);
        var steadily = steps.Zip(steps.Skip(1)).Select((pair, step) => new Unless(new($"step {step + 1}", 0, SeedInference.Difference(pair.Second, pair.First, 0))));
        return new(binding.Label, new All([trend, .. steadily]), trend, trend.Estimate.Value);
    }

    private MeasuredCase Rank(RankCorrelationPredicate predicate, Binding binding)
    {
        var points = binding.With(predicate.Along);
        var x = points.Select(point => Values(claims.Bind(predicate.X, point))).ToArray();
        var y = points.Select(point => Values(claims.Bind(predicate.Y, point))).ToArray();
        var sign = predicate.Sign == "negative" ? -1 : 1;
        var correlations = x[0].Keys.Where(seed => x.Concat(y).All(values => values.ContainsKey(seed)))
            .ToDictionary(seed => seed, seed => sign * Correlation(seed));
        var contrast = OverZero($"{(sign < 0 ? "minus " : "")}Spearman", correlations);
        return new(binding.Label, contrast, contrast, contrast.Estimate.Value);

        double Correlation(long seed)
        {
            var correlation = RankOrder.Spearman([.. x.Select(values => values[seed])], [.. y.Select(values => values[seed])]);
            return double.IsNaN(correlation) ? 0 : correlation;   // a constant rises with nothing
        }
    }

    private Contrast Exceeds(Quantity first, Quantity second, double by)
    {
        var columns = first.Cells.Concat(second.Cells).Select(cell => cell.Column).Distinct().Count() > 1;
        var estimate = scale == Scale.Points && !columns && Scores(first) is { } ours && Scores(second) is { } theirs && ours.Shares(theirs)
            ? SeedInference.Difference(ours.BySeed, theirs.BySeed, by)
            : SeedInference.Difference(Values(first), Values(second), by);
        return new($"{Arithmetic.Name(first, columns)} - {Arithmetic.Name(second, columns)}", by, estimate);
    }

    /// <summary>The items behind a quantity that is one cell; null for one that is made of several.</summary>
    private ItemScores? Scores(Quantity quantity) => Fixed(quantity) is CellQuantity cell ? cells.Scores(cell.Address) : null;

    private static Contrast OverZero(string text, IReadOnlyDictionary<long, double> values) =>
        new(text, 0, SeedInference.Difference(values, values.Keys.ToDictionary(seed => seed, _ => 0.0), 0));

    /// <summary>The candidates of a "best of"; a best inside a gain is the one with the highest mean over seeds.</summary>
    private IReadOnlyList<Quantity> Members(Quantity quantity) => quantity is BestQuantity best ? [.. best.Of.Select(Fixed)] : [Fixed(quantity)];

    private Quantity Fixed(Quantity quantity) => Arithmetic.Fix(quantity, cells.Mean, scale);

    private double Mean(Quantity quantity) => Arithmetic.Value(quantity, cells.Mean, scale);

    /// <summary>The quantity seed by seed, over the seeds that all its cells have.</summary>
    private Dictionary<long, double> Values(Quantity quantity)
    {
        var chosen = Fixed(quantity);
        return SharedSeeds([.. chosen.Cells.Distinct()]).ToDictionary(seed => seed, seed => Arithmetic.Value(chosen, cell => cells.Values(cell)[seed], scale));
    }
}
