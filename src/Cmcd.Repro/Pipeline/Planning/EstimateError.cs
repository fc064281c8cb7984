namespace Cmcd.Repro.Pipeline.Planning;

/// <summary>What stages of one kind were thought to take, and took.</summary>
/// <param name="Kind">The kind; <see cref="All"/> for all kinds together.</param>
/// <param name="Stages">How many were made and had an estimate.</param>
/// <param name="Estimated">Seconds, from the plan.</param>
/// <param name="Actual">Seconds, as stored with the stages.</param>
public sealed record EstimateError(string Kind, int Stages, double Estimated, double Actual)
{
    /// <summary>The kind of the last line.</summary>
    public const string All = "all";

    /// <summary>How far the truth lay above the estimate, in percent of the estimate.</summary>
    public double Percent => 100 * (Actual - Estimated) / Estimated;

    /// <summary>A line for each kind, in order of first mention, then one for all; none if nothing with an estimate was made.</summary>
    /// <param name="estimates">Seconds by stage key.</param>
    /// <param name="made">What ran, found stored or not.</param>
    public static IReadOnlyList<EstimateError> Of(IReadOnlyDictionary<string, double> estimates, IEnumerable<StageOutput> made)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        var both = made.Where(output => !output.Cached && estimates.ContainsKey(output.Stage.Key.Hash)).DistinctBy(output => output.Stage.Key.Hash)
            .Select(output => (output.Stage.Kind, Estimated: estimates[output.Stage.Key.Hash], Actual: output.Record.Seconds)).ToArray();
        if (both.Length == 0) return [];
        return [.. both.GroupBy(stage => stage.Kind).Append(both.GroupBy(_ => All).Single()).Select(kind =>
            new EstimateError(kind.Key, kind.Count(), kind.Sum(stage => stage.Estimated), kind.Sum(stage => stage.Actual)))];
    }
}
