namespace Cmcd.Repro.Pipeline.Planning;

/// <summary>What a stage of one configuration takes: a part that is always the same, and a part an update.</summary>
/// <param name="Rest">Loading, encoding, testing, writing: everything but the updates; seconds.</param>
/// <param name="PerUpdate">One update; seconds.</param>
public readonly record struct StageTiming(double Rest, double PerUpdate)
{
    /// <summary>A stage with so many updates; seconds.</summary>
    public double Of(int updates) => Rest + (updates * PerUpdate);
}
