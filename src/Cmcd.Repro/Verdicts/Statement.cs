// One closed union in one file: what a claim says of measured contrasts, as logic of three values.
namespace Cmcd.Repro.Verdicts;

/// <summary>What the runs say of a statement.</summary>
internal enum Truth
{
    /// <summary>It is shown to be false.</summary>
    False = -1,

    /// <summary>The runs cannot decide, or there are none.</summary>
    Open = 0,

    /// <summary>It is shown to be true.</summary>
    True = 1,
}

/// <summary>A statement about measured quantities.</summary>
internal abstract record Statement
{
    /// <summary>Every contrast in it, in order.</summary>
    public abstract IEnumerable<Contrast> Contrasts { get; }

    /// <summary>Kleene's strong logic over the contrasts' truths.</summary>
    public abstract Truth Judge(Func<Contrast, Truth> judged);
}

/// <summary>One quantity exceeds another by more than a bound.</summary>
/// <param name="Text">What is subtracted from what, for people.</param>
/// <param name="By">The bound.</param>
/// <param name="Estimate">The difference.</param>
internal sealed record Contrast(string Text, double By, SeedEstimate Estimate) : Statement
{
    public override IEnumerable<Contrast> Contrasts => [this];

    public override Truth Judge(Func<Contrast, Truth> judged) => judged(this);
}

/// <summary>Each of them.</summary>
internal sealed record All(IReadOnlyList<Statement> Of) : Statement
{
    public override IEnumerable<Contrast> Contrasts => Of.SelectMany(statement => statement.Contrasts);

    public override Truth Judge(Func<Contrast, Truth> judged) => Of.Min(statement => statement.Judge(judged));
}

/// <summary>One of them at least.</summary>
internal sealed record Any(IReadOnlyList<Statement> Of) : Statement
{
    public override IEnumerable<Contrast> Contrasts => Of.SelectMany(statement => statement.Contrasts);

    public override Truth Judge(Func<Contrast, Truth> judged) => Of.Max(statement => statement.Judge(judged));
}

/// <summary>A case that was not measured.</summary>
internal sealed record Unmeasured : Statement
{
    public override IEnumerable<Contrast> Contrasts => [];

    public override Truth Judge(Func<Contrast, Truth> judged) => Truth.Open;
}
