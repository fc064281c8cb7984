namespace Cmcd.Repro.Experiments.Gap;

/// <summary>The field of a level that a knob turns.</summary>
public enum GapDial
{
    /// <summary>As <see cref="GapLevel.PairCorrelation"/>.</summary>
    PairCorrelation,

    /// <summary>As <see cref="GapLevel.Shift"/>.</summary>
    Shift,

    /// <summary>As <see cref="GapLevel.Angle"/>.</summary>
    Angle,

    /// <summary>As <see cref="GapLevel.Noise"/>.</summary>
    Noise,

    /// <summary>As <see cref="GapLevel.Pairs"/>.</summary>
    Pairs,
}
