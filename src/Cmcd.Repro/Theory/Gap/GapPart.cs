namespace Cmcd.Repro.Theory.Gap;

/// <summary>What a draw is for; no two parts share numbers. The values enter every number: never renumber.</summary>
internal enum GapPart
{
    /// <summary>Class means, map, directions.</summary>
    World = 0,

    /// <summary>Source items that train the teacher.</summary>
    Source = 1,

    /// <summary>Pairs of step 2.</summary>
    Pairs = 2,

    /// <summary>Labelled target items of step 3.</summary>
    Train = 3,

    /// <summary>Target items that are scored.</summary>
    Test = 4,

    /// <summary>Pairs kept from all training.</summary>
    Held = 5,

    /// <summary>Items by which observations are scaled.</summary>
    Scale = 6,

    /// <summary>First weights.</summary>
    Weights = 7,

    /// <summary>Order of batches.</summary>
    Batches = 8,

    /// <summary>The order of the shuffled pairs.</summary>
    Shuffle = 9,
}
