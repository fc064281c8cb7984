using Cmcd.Repro.Caching;

namespace Cmcd.Repro.Pipeline.Planning;

/// <summary>How long stages will take here: as long as an equal one took, else by timed updates.</summary>
/// <remarks>
/// Equal are stages of the same name, version, settings, data and threads whose seeds differ, stored by this machine. Timed is one stage of each configuration:
/// seed, number of epochs or updates and share of the data change how many updates there are, not how long one takes.
/// </remarks>
/// <param name="store">Where finished stages are kept.</param>
/// <param name="machine">This machine, as the store notes it in what is made here.</param>
/// <param name="time">Times a stage; see <see cref="StageTimer"/>.</param>
public sealed class CostEstimator(StageStore store, IReadOnlyDictionary<string, string> machine, Func<Stage, StageTiming> time)
{
    private const string SeedPath = "conditions.Seed";
    private static readonly string[] LengthPaths = [SeedPath, "settings.Epochs", "updates"];

    private readonly Dictionary<string, IReadOnlyList<StageRecord>> _records = [];
    private readonly Dictionary<string, (StageTiming? Timing, string Fault)> _timings = [];

    /// <summary>Configurations that were timed.</summary>
    public int Timed => _timings.Count;

    /// <summary>What the stage will take.</summary>
    public StageEstimate Of(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        double[] recorded = [.. Records(stage.Key.Stage).Where(record => IsEqual(record, stage)).Select(record => record.Seconds).Order()];
        if (recorded.Length > 0) return new((recorded[(recorded.Length - 1) / 2] + recorded[recorded.Length / 2]) / 2, EstimateOrigin.Recorded, "");

        var configuration = Configuration(stage);
        if (!_timings.TryGetValue(configuration, out var known)) _timings[configuration] = known = Measure(stage);
        return new(known.Timing?.Of(stage.Updates), EstimateOrigin.Timed, known.Fault);
    }

    /// <summary>What decides how long one update takes, as a text.</summary>
    internal static string Configuration(Stage stage) => stage.Costs ??
        string.Join('\n', [stage.Key.Stage, stage.Data, .. stage.Key.Settings.Where(setting => !LengthPaths.Contains(setting.Key)).Select(setting => $"{setting.Key}={setting.Value}")]);

    private (StageTiming? Timing, string Fault) Measure(Stage stage)
    {
        try
        {
            return (time(stage), "");
        }
        catch (ReproException fault)
        {
            return (null, fault.Message);   // told with the plan; the run will meet it again
        }
    }

    private IReadOnlyList<StageRecord> Records(string stage) => _records.TryGetValue(stage, out var known) ? known : _records[stage] = store.Records(stage);

    private bool IsEqual(StageRecord record, Stage stage)
    {
        var parents = stage.Parents.Select(parent => parent.Key.Hash).ToHashSet();
        var data = stage.Key.Inputs.Where(input => !parents.Contains(input.Value));
        return record.Version == stage.Key.Version
            && machine.All(fact => record.Versions.GetValueOrDefault(fact.Key) == fact.Value)
            && record.Inputs.Keys.SequenceEqual(stage.Key.Inputs.Keys)
            && data.All(input => record.Inputs[input.Key] == input.Value)
            && record.Settings.Where(setting => setting.Key != SeedPath).SequenceEqual(stage.Key.Settings.Where(setting => setting.Key != SeedPath));
    }
}
