using System.Diagnostics;
using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Verdicts;

/// <summary>The cells that a claim speaks of.</summary>
public static class ClaimCells
{
    /// <summary>Every cell of a part in every case, each once, in order of first mention.</summary>
    public static IReadOnlyList<CellAddress> Of(ClaimsFile claims, ClaimPart part)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(part);
        return [.. part.Predicate.Cases.SelectMany(binding => Of(claims, part.Predicate, binding)).Distinct()];
    }

    /// <summary>The cells of one case.</summary>
    internal static IReadOnlyList<CellAddress> Of(ClaimsFile claims, ClaimPredicate predicate, Binding binding)
    {
        var (quantities, points) = predicate switch
        {
            DifferencePredicate difference => ([difference.First, difference.Second], [binding]),
            EqualPredicate equal => ([equal.First, equal.Second], [binding]),
            MonotonePredicate monotone => ([monotone.Of], binding.With(monotone.Along)),
            NoCommonBestPredicate common => ([common.Of], binding.With(common.Along)),
            RankCorrelationPredicate rank => ([rank.X, rank.Y], binding.With(rank.Along)),
            UntestablePredicate => ((Quantity[])[], (IReadOnlyList<Binding>)[]),
            _ => throw new UnreachableException($"ClaimPredicate has a kind without an arm here: {predicate.GetType().Name}."),
        };
        return [.. points.SelectMany(point => quantities.SelectMany(quantity => claims.Bind(quantity, point).Cells)).Distinct()];
    }
}
