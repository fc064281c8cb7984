namespace Cmcd.Repro.Datasets.Clips;

/// <summary>Why a clip could not be decoded.</summary>
internal enum ClipFault
{
    /// <summary>No container that ffmpeg knows, or nothing in it can be decoded.</summary>
    Unreadable,

    /// <summary>It has no pictures.</summary>
    NoVideo,

    /// <summary>It has no sound.</summary>
    NoSound,

    /// <summary>Its pictures end before half of the ten seconds, or its sound before one second.</summary>
    TooShort,
}
