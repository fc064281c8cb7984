namespace Cmcd.Repro.Experiments;

/// <summary>In how many of its cases a statement must hold.</summary>
public enum Reading
{
    /// <summary>In each; holding only in some contradicts it ("consistently", "all").</summary>
    Everywhere,

    /// <summary>In each; holding only in some leaves it borderline (the sentence is vaguer than the cells).</summary>
    InPart,

    /// <summary>In one at least ("may help on some tasks").</summary>
    Somewhere,
}
