namespace Cmcd.Repro.Pipeline.Planning;

/// <summary>What an estimate rests on.</summary>
public enum EstimateOrigin
{
    /// <summary>Equal stages that this machine stored.</summary>
    Recorded,

    /// <summary>Some updates of the same configuration, timed for the purpose.</summary>
    Timed,
}
