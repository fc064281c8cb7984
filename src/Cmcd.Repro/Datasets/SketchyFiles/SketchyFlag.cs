namespace Cmcd.Repro.Datasets.SketchyFiles;

/// <summary>What the authors found wrong with a sketch. A flagged sketch is in the archive all the same.</summary>
[Flags]
internal enum SketchyFlag
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Not a sketch of the object.</summary>
    Error = 1,

    /// <summary>It shows the surroundings as well.</summary>
    Context = 2,

    /// <summary>It cannot be recognised.</summary>
    Ambiguous = 4,

    /// <summary>Another pose than the photo's.</summary>
    WrongPose = 8,
}
