namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>How badly an event is filmed and recorded: everything that hides the class without being part of the event.</summary>
/// <remarks>"Up to" means uniform in plus or minus that number. Any change makes other data: it goes into every part's hash.</remarks>
internal sealed record RecordingStyle
{
    /// <summary>The scene's smallest size, relative to the frame.</summary>
    public float SmallestZoom { get; init; } = 0.75f;

    /// <summary>The scene's largest size, relative to the frame.</summary>
    public float LargestZoom { get; init; } = 1.05f;

    /// <summary>The scene is shifted by up to this in x and in y, pixels.</summary>
    public float Shift { get; init; } = 3f;

    /// <summary>The camera is tilted by up to this, radians.</summary>
    public float Tilt { get; init; } = 0.12f;

    /// <summary>Smallest step between ink and background, grey levels of 0 … 1.</summary>
    public float SmallestContrast { get; init; } = 0.3f;

    /// <summary>Largest deviation of the background's texture, grey levels.</summary>
    public float Texture { get; init; } = 0.12f;

    /// <summary>Largest standard deviation of a pixel's noise, grey levels.</summary>
    public float Grain { get; init; } = 0.06f;

    /// <summary>Things lying about in the background, at most.</summary>
    public int Clutter { get; init; } = 3;

    /// <summary>Loudest noise of the room, decibels under the event. Default 0: as loud.</summary>
    public float LoudestNoise { get; init; }

    /// <summary>Quietest noise of the room, decibels under the event.</summary>
    public float QuietestNoise { get; init; } = 20f;

    /// <summary>Probability that another event, out of the picture, is heard as well.</summary>
    public float Distraction { get; init; } = 0.5f;

    /// <summary>Loudest other event, decibels under the one in the picture.</summary>
    public float LoudestDistraction { get; init; } = 6f;

    /// <summary>Quietest other event, decibels under the one in the picture.</summary>
    public float QuietestDistraction { get; init; } = 18f;

    /// <summary>Strongest single echo, relative to the sound.</summary>
    public float Echo { get; init; } = 0.45f;

    /// <summary>Weakest recording, decibels under full scale.</summary>
    public float WeakestLevel { get; init; } = 12f;
}
