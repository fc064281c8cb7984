using System.Diagnostics;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Pipeline;

/// <summary>From a planned run (row, column, seed, init) to its chain of stages: source pretraining, step 2, evaluation.</summary>
/// <remarks>Nothing runs here: the chain's keys follow from settings and data hashes alone, so a plan costs milliseconds.</remarks>
/// <param name="experiment">The table in one tier.</param>
/// <param name="data">Opens data sets by name.</param>
/// <param name="device">Device class, cpu or cuda.</param>
/// <param name="threads">Threads of libtorch.</param>
/// <param name="split">The labelled split that is scored: test, or validation while a design is chosen.</param>
public sealed class ReproductionPipeline(TableExperiment experiment, DatasetCatalogue data, string device, int threads, string split)
{
    private readonly Dictionary<string, UnlabelledDataset> _unlabelled = [];
    private readonly Dictionary<string, PairedDataset> _pairs = [];
    private readonly Dictionary<(string Role, string Split), LabelledDataset> _labelled = [];

    /// <summary>The last stage of a run; its parents are the rest of the chain.</summary>
    /// <exception cref="DatasetUnavailableException">A data set of the run is missing or damaged.</exception>
    public Stage Of(PlannedRun run)
    {
        var conditions = new Conditions(experiment.Tier.Name, run.Seed, device, threads);
        var start = Step2(run, conditions);
        var (row, student) = (run.Row, experiment.Student);
        var train = Labelled(run.Column.Downstream, "train");
        var test = Labelled(run.Column.Downstream, split);
        return new(
            Step3Evaluation.Key(row.Step3, student, conditions, start?.Key, train.Hash, test.Hash),
            $"{row.Protocol} of {row.Method} on {run.Column.Id}{(row.Step2 is SimClrStep2 ? $", seed {run.Seed}" : Suffix(run))}",
            run.Seed,
            start is null ? [] : [start],
            (context, folders) => Step3Evaluation.Run(row.Step3, student, folders.Count == 0 ? null : folders[0], train, test, context))
        {
            Loads = start is null ? [] : [student],
        };
    }

    /// <summary>Name and content hash of every data set that some run has asked for.</summary>
    public IReadOnlyDictionary<string, string> DatasetHashes => new SortedDictionary<string, string>(
        _unlabelled.Select(set => (Role: set.Key, set.Value.Hash))
            .Concat(_pairs.Select(set => (Role: set.Key, set.Value.Hash)))
            .Concat(_labelled.Select(set => (Role: $"{set.Key.Role}/{set.Key.Split}", set.Value.Hash)))
            .ToDictionary(set => set.Role, set => set.Hash), StringComparer.Ordinal);

    private Stage? Step2(PlannedRun run, Conditions conditions) => run.Row.Step2 switch
    {
        NoStep2 => run.Init == Initialisation.Source ? Step1(run, conditions) : null,
        SimClrStep2 simclr => SelfSupervision(simclr.Settings, run, conditions),
        DistillationStep2 distillation => Distillation(distillation.Settings, run, conditions),
        _ => throw new UnreachableException($"Step2Settings has a kind without an arm here: {run.Row.Step2.GetType().Name}."),
    };

    /// <summary>SSL and PreSSL: step 1 again, on the target side of the pairs (O-12).</summary>
    private Stage SelfSupervision(SimClrSettings settings, PlannedRun run, Conditions conditions)
    {
        var parent = run.Init == Initialisation.Source ? Step1(run, conditions) : null;
        var images = Pairs(run.Column.Pairs);
        return new(
            Step1Pretraining.Key(settings, experiment.Student, conditions, images.Hash, parent?.Key),
            $"{run.Row.Method} on {run.Column.Pairs}, seed {run.Seed}",
            run.Seed,
            parent is null ? [] : [parent],
            (context, folders) => Step1Pretraining.Run(
                settings, experiment.Student, images.Target, folders.Count == 0 ? null : folders[0], Step1Pretraining.TargetStream, context))
        {
            Loads = parent is null ? [] : [experiment.Student],
        };
    }

    private Stage Distillation(DistillationSettings settings, PlannedRun run, Conditions conditions)
    {
        var teacher = Step1(run, conditions);
        var pairs = Pairs(run.Column.Pairs);
        return new(
            Step2Distillation.Key(settings, experiment.Teacher, experiment.Student, conditions, teacher.Key, run.Init, pairs.Hash),
            $"distill {run.Row.Method} on {run.Column.Pairs}{Suffix(run)}",
            run.Seed,
            [teacher],
            (context, folders) => Step2Distillation.Run(settings, experiment.Teacher, experiment.Student, run.Init, folders[0], pairs, context))
        {
            Loads = run.Init == Initialisation.Source ? [experiment.Teacher, experiment.Student] : [experiment.Teacher],
        };
    }

    private Stage Step1(PlannedRun run, Conditions conditions)
    {
        var photos = Unlabelled(run.Column.Source);
        return new(
            Step1Pretraining.Key(experiment.Step1, experiment.Teacher, conditions, photos.Hash, null),
            $"pretrain teacher on {run.Column.Source}, seed {run.Seed}",
            run.Seed,
            [],
            (context, _) => Step1Pretraining.Run(experiment.Step1, experiment.Teacher, photos.Images, null, Step1Pretraining.SourceStream, context));
    }

    private static string Suffix(PlannedRun run) => $", seed {run.Seed}" + (run.Init == Initialisation.Random ? ", random init" : "");

    private DatasetSettings Role(string role) => (DatasetSettings)experiment.Tier.Roles[role];

    private UnlabelledDataset Unlabelled(string role) =>
        _unlabelled.TryGetValue(role, out var known) ? known : _unlabelled[role] = data.Unlabelled(Role(role).Name, Role(role).Limit);

    private PairedDataset Pairs(string role) =>
        _pairs.TryGetValue(role, out var known) ? known : _pairs[role] = data.Pairs(Role(role).Name, Role(role).Limit);

    private LabelledDataset Labelled(string role, string part) =>
        _labelled.TryGetValue((role, part), out var known)
            ? known
            : _labelled[(role, part)] = data.Labelled(Role(role).Name, part, part == "train" ? Role(role).Limit : Role(role).TestLimit);
}
