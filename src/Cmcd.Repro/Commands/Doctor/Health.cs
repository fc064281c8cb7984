namespace Cmcd.Repro.Commands.Doctor;

/// <summary>What a check says.</summary>
internal enum Health
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Runs work, but slower, or their timings mean less.</summary>
    Warning,

    /// <summary>A run would fail or could not be believed.</summary>
    Failure,
}
