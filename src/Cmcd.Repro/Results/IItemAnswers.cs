namespace Cmcd.Repro.Results;

/// <summary>What several evaluations answered on the items of one test set, in the form their metric needs; each evaluation under its stage key.</summary>
/// <remarks>With it every number and verdict can be derived again without training, and methods can be compared item by item.</remarks>
public interface IItemAnswers
{
    /// <summary>The metric that the answers give, as cells name it.</summary>
    string Metric { get; }

    /// <summary>Test items: the sample that another test set would replace.</summary>
    int Items { get; }

    /// <summary>Number of evaluations.</summary>
    int Evaluations { get; }

    /// <summary>The evaluation is among them.</summary>
    bool Has(string stageKey);

    /// <summary>The metric; percent.</summary>
    /// <param name="stageKey">The evaluation.</param>
    /// <exception cref="KeyNotFoundException">It is not among these: see <see cref="Has"/>.</exception>
    double Value(string stageKey);

    /// <summary>What each item contributes to the metric, in percent: their mean is <see cref="Value"/>, their spread what another choice of items would change.</summary>
    /// <inheritdoc cref="Value"/>
    IReadOnlyList<double> Scores(string stageKey);

    /// <summary>The evaluation in a few words: what was counted.</summary>
    /// <inheritdoc cref="Value"/>
    string Counted(string stageKey);

    /// <summary>Two networks would not give these answers by doing nothing: they are neither all one class nor all right.</summary>
    /// <inheritdoc cref="Value"/>
    bool IsTelling(string stageKey);

    /// <summary>The other's items are these, as far as their truth shows.</summary>
    bool SameItems(IItemAnswers other);

    /// <summary>Items that two evaluations of the same items answered otherwise.</summary>
    /// <param name="stageKey">One of these.</param>
    /// <param name="other">Answers to the same items; these, or another file's.</param>
    /// <param name="otherKey">One of the other's.</param>
    int Changed(string stageKey, IItemAnswers other, string otherKey);
}
