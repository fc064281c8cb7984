// One closed union in one file: a kind of predicate is read beside its alternatives.
using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>What a claim says of its quantities. In JSON, <c>kind</c> names which; variables in braces make one case for each combination of their values.</summary>
/// <param name="For">Values by variable; null for a single case.</param>
public abstract record ClaimPredicate(IReadOnlyDictionary<string, IReadOnlyList<string>>? For)
{
    /// <summary>One binding a case, the last variable running fastest.</summary>
    internal IReadOnlyList<Binding> Cases => Binding.Empty.With(For);
}

/// <summary>First minus second lies on one side of a bound or between two.</summary>
/// <param name="For">Values by variable.</param>
/// <param name="First">What is compared.</param>
/// <param name="Second">What it is compared with.</param>
/// <param name="Above">The difference is larger.</param>
/// <param name="AtLeast">The difference is not smaller.</param>
/// <param name="Below">The difference is smaller.</param>
/// <param name="AtMost">The difference is not larger.</param>
[Kind("difference")]
public sealed record DifferencePredicate(
    IReadOnlyDictionary<string, IReadOnlyList<string>>? For,
    Quantity First,
    Quantity Second,
    double? Above,
    double? AtLeast,
    double? Below,
    double? AtMost) : ClaimPredicate(For), ISelfChecked
{
    /// <summary>The lower bound, met or not; null where there is none.</summary>
    public double? Lower => Above ?? AtLeast;

    /// <summary>The upper bound, met or not; null where there is none.</summary>
    public double? Upper => Below ?? AtMost;

    /// <summary>It says how large a difference is, not only which of two is larger.</summary>
    public bool IsMagnitude => (Lower ?? 0) != 0 || (Upper ?? 0) != 0;

    /// <summary>The difference keeps the bounds.</summary>
    public bool Admits(double difference) => !(difference <= Above) && !(difference < AtLeast) && !(difference >= Below) && !(difference > AtMost);

    IEnumerable<(string Field, string Expected)> ISelfChecked.Faults()
    {
        if (Lower is null && Upper is null) yield return ("kind", "above, atLeast, below or atMost beside it");
        if (Above is not null && AtLeast is not null) yield return ("above", "either above or atLeast");
        if (Below is not null && AtMost is not null) yield return ("below", "either below or atMost");
        if (Lower > Upper) yield return (Above is null ? "atLeast" : "above", "at most the upper bound");
    }
}

/// <summary>Two numbers that must be one: a cell printed twice, or derived from others.</summary>
/// <param name="For">Values by variable.</param>
/// <param name="First">The copy.</param>
/// <param name="Second">The original.</param>
/// <param name="Within">How far they may lie apart; null for half of the last printed digit, 0.005.</param>
[Kind("equal")]
public sealed record EqualPredicate(
    IReadOnlyDictionary<string, IReadOnlyList<string>>? For, Quantity First, Quantity Second, [Range(0, double.MaxValue)] double? Within) : ClaimPredicate(For);

/// <summary>A quantity rises from each value of a variable to the next.</summary>
/// <param name="For">Values by variable, one case each.</param>
/// <param name="Along">The variable along which it rises.</param>
/// <param name="Of">The quantity.</param>
[Kind("monotone")]
public sealed record MonotonePredicate(
    IReadOnlyDictionary<string, IReadOnlyList<string>>? For, IReadOnlyDictionary<string, IReadOnlyList<string>> Along, Quantity Of) : ClaimPredicate(For);

/// <summary>No single value of a variable is best in every case.</summary>
/// <param name="For">Values by variable, one case each.</param>
/// <param name="Along">The variable among whose values the best is sought.</param>
/// <param name="Of">The quantity.</param>
[Kind("noCommonBest")]
public sealed record NoCommonBestPredicate(
    IReadOnlyDictionary<string, IReadOnlyList<string>>? For, IReadOnlyDictionary<string, IReadOnlyList<string>> Along, Quantity Of) : ClaimPredicate(For);

/// <summary>Two quantities rise together, or one falls as the other rises (Spearman).</summary>
/// <param name="For">Values by variable, one case each.</param>
/// <param name="Along">The points: one for each combination of these variables' values.</param>
/// <param name="X">One quantity.</param>
/// <param name="Y">The other.</param>
/// <param name="Sign">negative or positive.</param>
/// <param name="AtLeast">How many distinct x it takes before anything is concluded.</param>
[Kind("rankCorrelation")]
public sealed record RankCorrelationPredicate(
    IReadOnlyDictionary<string, IReadOnlyList<string>>? For,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Along,
    Quantity X,
    Quantity Y,
    [AllowedValues("negative", "positive")] string Sign,
    [Range(3, int.MaxValue)] int AtLeast) : ClaimPredicate(For);

/// <summary>Nothing that numbers could decide.</summary>
/// <param name="Reason">Why.</param>
[Kind("untestable")]
public sealed record UntestablePredicate(string Reason) : ClaimPredicate((IReadOnlyDictionary<string, IReadOnlyList<string>>?)null);
