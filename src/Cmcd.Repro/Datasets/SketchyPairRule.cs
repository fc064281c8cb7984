namespace Cmcd.Repro.Datasets;

/// <summary>Which sketches are paired with their photos: candidates for the paper's 48,290, which no public file explains.</summary>
/// <remarks>Every rule chooses among the sketches of the training split only, so that no pair shows a sketch of the test split.</remarks>
public enum SketchyPairRule
{
    /// <summary>So many of them, drawn with the seed; all where there are fewer.</summary>
    Capped,

    /// <summary>Those of a share of each class's photos.</summary>
    ShareOfTrain,

    /// <summary>Those without a validity flag.</summary>
    NoFlags,

    /// <summary>Those without a validity flag whose photo is not on the authors' test list.</summary>
    NoFlagsNoTestPhotos,
}
