// One closed union in one file: what a claim says of measured contrasts, as tests combined by "each" and "one of".
namespace Cmcd.Repro.Verdicts;

/// <summary>A statement about measured quantities, with a p-value for each way it can be decided.</summary>
/// <remarks>
/// "Each" is shown true when every member is (intersection-union test: the largest p, no adjustment; R. L. Berger, Technometrics 24, 1982), and false when one member is
/// (the smallest p times their number, Bonferroni); "one of" the other way round.
/// </remarks>
internal abstract record Statement
{
    /// <summary>p-value of "it is false": small shows it true. In [0, 1].</summary>
    public abstract double PTrue { get; }

    /// <summary>p-value of "it is true": small shows it false. In [0, 1].</summary>
    public abstract double PFalse { get; }

    /// <summary>The contrast that stands most in the way of its being shown true; null where nothing was measured.</summary>
    public abstract Contrast? Hardest { get; }

    private protected static double Smallest(IReadOnlyCollection<double> p) => Math.Min(1, p.Count * p.Min());
}

/// <summary>One quantity exceeds another by more than a bound.</summary>
/// <param name="Text">What is subtracted from what, for people.</param>
/// <param name="By">The bound.</param>
/// <param name="Estimate">The difference.</param>
internal sealed record Contrast(string Text, double By, SeedEstimate Estimate) : Statement
{
    public override double PTrue => Estimate.PAbove;

    public override double PFalse => Estimate.PBelow;

    public override Contrast Hardest => this;
}

/// <summary>Each of them, at least one.</summary>
internal sealed record All(IReadOnlyList<Statement> Of) : Statement
{
    public override double PTrue { get; } = Of.Max(statement => statement.PTrue);

    public override double PFalse { get; } = Smallest([.. Of.Select(statement => statement.PFalse)]);

    public override Contrast? Hardest => Of.Where(statement => statement.Hardest is not null).MaxBy(statement => statement.PTrue)?.Hardest;
}

/// <summary>One of them at least.</summary>
internal sealed record Any(IReadOnlyList<Statement> Of) : Statement
{
    public override double PTrue { get; } = Smallest([.. Of.Select(statement => statement.PTrue)]);

    public override double PFalse { get; } = Of.Max(statement => statement.PFalse);

    public override Contrast? Hardest => Of.Where(statement => statement.Hardest is not null).MinBy(statement => statement.PTrue)?.Hardest;
}

/// <summary>It stands in the way only where the contrast is shown to be false. Whoever asks must ask for false first.</summary>
internal sealed record Unless(Contrast Fails) : Statement
{
    public override double PTrue => 0;

    public override double PFalse => Fails.PFalse;

    public override Contrast? Hardest => null;
}

/// <summary>A case that was not measured: it shows nothing, and eases nothing for the others.</summary>
internal sealed record Unmeasured : Statement
{
    public override double PTrue => 1;

    public override double PFalse => 1;

    public override Contrast? Hardest => null;
}
