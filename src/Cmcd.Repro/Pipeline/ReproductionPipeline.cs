using System.Diagnostics;
using Cmcd.Repro.Caching;
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
    /// <summary>The fact that says how much of a stage's data was not here.</summary>
    public const string CoverageFact = "sentinel.coverage";

    private readonly Dictionary<string, UnlabelledDataset> _unlabelled = [];
    private readonly Dictionary<string, PairedDataset> _pairs = [];
    private readonly Dictionary<(string Role, double Share, long Seed), PairedDataset> _shares = [];
    private readonly Dictionary<(string Role, string Split), LabelledDataset> _labelled = [];
    private readonly Dictionary<(string Role, string Split), SegmentedDataset> _segmented = [];

    /// <summary>The last stage of a run; its parents are the rest of the chain.</summary>
    /// <exception cref="DatasetUnavailableException">A data set of the run is missing or damaged, or a class has fewer items than the cell asks for.</exception>
    /// <exception cref="ReproException">The cell's share of the pairs does not fill one batch.</exception>
    public Stage Of(PlannedRun run)
    {
        var conditions = new Conditions(experiment.Tier.Name, run.Seed, device, threads);
        if (run.Cell.Distance is { } distance) return Distance(run, distance, conditions);

        var start = Step2(run, conditions);
        return run.Cell.Task switch
        {
            "recognition" => Recognition(run, conditions, start),
            "segmentation" => Segmentation(run, conditions, start),
            _ => throw new UnreachableException($"CellSettings.Task has a value without an arm here: {run.Cell.Task}."),
        };
    }

    /// <summary>The stages whose outputs give a run's number: its last one, and that of the run whose number is taken off.</summary>
    /// <inheritdoc cref="Of"/>
    public IReadOnlyList<Stage> EndsOf(PlannedRun run) => run.Over is { } over ? [Of(run), Of(over)] : [Of(run)];

    /// <summary>Name and content hash of every data set that some run has asked for.</summary>
    public IReadOnlyDictionary<string, string> DatasetHashes => new SortedDictionary<string, string>(
        _unlabelled.Select(set => (Role: _pairs.ContainsKey(set.Key) ? $"{set.Key}/source" : set.Key, set.Value.Hash))   // a user's own role may be both
            .Concat(_pairs.Select(set => (Role: set.Key, set.Value.Hash)))
            .Concat(_labelled.Select(set => (Role: $"{set.Key.Role}/{set.Key.Split}", set.Value.Hash)))
            .Concat(_segmented.Select(set => (Role: $"{set.Key.Role}/{set.Key.Split}", set.Value.Hash)))
            .ToDictionary(set => set.Role, set => set.Hash), StringComparer.Ordinal);

    private Stage Recognition(PlannedRun run, Conditions conditions, Stage? start)
    {
        var (settings, student) = (run.Cell.Step3, run.Cell.Student);
        var train = Labelled(run.Cell.Downstream, "train");
        var test = Labelled(run.Cell.Downstream, split);
        if (run.Cell.Predictor == Predictor.LargestClass) return Chance(run, LargestClass.Key(conditions, train.Hash, test.Hash), context => LargestClass.Run(train, test, context));
        if (run.Cell.FewShot is not { } few)
        {
            return Evaluation(
                run, Step3Evaluation.Key(settings, student, conditions, start?.Key, train.Hash, test.Hash), start,
                (context, folder) => Told(Step3Evaluation.Run(settings, student, folder, train, test, context), train.Shortfall(), test.Shortfall())) with
            {
                Updates = Batches.Updates(train.Images.Count, settings.BatchSize, settings.Epochs),
                MultiplyAdds = Cost(settings, student, Batches.Updates(train.Images.Count, settings.BatchSize, settings.Epochs), train.Images.Count, test.Images.Count),
                Data = $"{train.Hash} {test.Hash}",
            };
        }

        Subsets.RequirePerClass(train, few.PerClass);
        return Evaluation(
            run, FewShotEvaluation.Key(settings, few, student, conditions, start?.Key, train.Hash, test.Hash), start,
            (context, folder) => Told(FewShotEvaluation.Run(settings, few, student, folder, train, test, context), train.Shortfall(), test.Shortfall())) with
        {
            Updates = FewShotEvaluation.Updates(settings, few, train),
            MultiplyAdds = Cost(
                settings with { BatchSize = Math.Min(settings.BatchSize, few.PerClass * train.Classes.Count) }, student, FewShotEvaluation.Updates(settings, few, train),
                few.Draws * few.PerClass * train.Classes.Count, few.Draws * test.Images.Count),
            Data = $"{train.Hash} {test.Hash}",
        };
    }

    private Stage Segmentation(PlannedRun run, Conditions conditions, Stage? start)
    {
        var (settings, student) = (run.Cell.Step3, run.Cell.Student);
        var train = Segmented(run.Cell.Downstream, "train");
        var test = Segmented(run.Cell.Downstream, split);
        return run.Cell.Predictor == Predictor.LargestClass
            ? Chance(run, LargestClass.Key(conditions, train.Hash, test.Hash), context => LargestClass.Run(train, test, context))
            : Evaluation(
                run, Step3Segmentation.Key(settings, student, conditions, start?.Key, train.Hash, test.Hash), start,
                (context, folder) => Step3Segmentation.Run(settings, student, folder, train, test, context)) with
            {
                Updates = Batches.Updates(train.Images.Count, settings.BatchSize, settings.Epochs),
                MultiplyAdds = Cost(settings, student, Batches.Updates(train.Images.Count, settings.BatchSize, settings.Epochs), train.Images.Count, test.Images.Count),
                Data = $"{train.Hash} {test.Hash}",
            };
    }

    private static Stage Chance(PlannedRun run, StageKey key, Func<StepContext, StepResult> answer) =>
        new(key, $"chance on {run.Column.Id}, seed {run.Seed}", run.Seed, [], (context, _) => answer(context)) { Data = string.Join(' ', key.Inputs.Values) };

    private static Stage Evaluation(PlannedRun run, StageKey key, Stage? start, Func<StepContext, string?, StepResult> evaluate) => new(
        key,
        $"{run.Cell.Protocol} of {run.Cell.Method} on {run.Column.Id}{(run.Cell.Step2 is SimClrStep2 ? $", seed {run.Seed}" : Suffix(run))}",
        run.Seed,
        start is null ? [] : [start],
        (context, folders) => evaluate(context, folders.Count == 0 ? null : folders[0]))
    {
        Loads = start is null ? [] : [run.Cell.Student],
    };

    private Stage Distance(PlannedRun run, DistanceSettings distance, Conditions conditions)
    {
        var (teacher, student) = (run.Cell.Teacher, run.Cell.Student);
        var (source, target) = (Step1(run, conditions), Step2(run, conditions)!);
        var pairs = Pairs(run.Cell.Pairs);
        var own = distance.IsUnpaired ? Labelled(run.Cell.Downstream, "train") : null;
        return new(
            TotalVariationMeasure.Key(distance.Measure, teacher, student, conditions, source.Key, target.Key, pairs.Hash, own?.Hash),
            $"TV on {run.Column.Id}, seed {run.Seed}",
            run.Seed,
            [source, target],
            (context, folders) => TotalVariationMeasure.Run(distance.Measure, teacher, student, folders[0], folders[1], pairs, own?.Images, context))
        {
            Data = $"{pairs.Hash} {own?.Hash}",
            Loads = [teacher],
        };
    }

    private Stage? Step2(PlannedRun run, Conditions conditions) => run.Cell.Step2 switch
    {
        NoStep2 => run.Init == Initialisation.Source ? Step1(run, conditions) : null,
        SimClrStep2 simclr => SelfSupervision(simclr.Settings, run, conditions),
        DistillationStep2 distillation => Distillation(distillation.Settings, run, conditions),
        _ => throw new UnreachableException($"Step2Settings has a kind without an arm here: {run.Cell.Step2.GetType().Name}."),
    };

    /// <summary>SSL and PreSSL: step 1 again, on the target side of the pairs (O-12).</summary>
    private Stage SelfSupervision(SimClrSettings settings, PlannedRun run, Conditions conditions)
    {
        var parent = run.Init == Initialisation.Source ? Step1(run, conditions) : null;
        var student = run.Cell.Student;
        var (images, updates) = Share(run, settings.BatchSize, settings.Epochs);
        return new(
            Step1Pretraining.Key(settings, student, conditions, images.Hash, parent?.Key, updates),
            $"{run.Cell.Method} on {ShareText(run)}, seed {run.Seed}",
            run.Seed,
            parent is null ? [] : [parent],
            (context, folders) => Told(
                Step1Pretraining.Run(settings, student, images.Target, folders.Count == 0 ? null : folders[0], Step1Pretraining.TargetStream, context, updates), Pairs(run.Cell.Pairs).Shortfall()))
        {
            Updates = updates ?? Batches.Updates(images.Target.Count, settings.BatchSize, settings.Epochs),
            MultiplyAdds = Cost(settings, student, updates ?? Batches.Updates(images.Target.Count, settings.BatchSize, settings.Epochs)),
            Data = Pairs(run.Cell.Pairs).Hash,
            Makes = student,
            Loads = parent is null ? [] : [student],
        };
    }

    private Stage Distillation(DistillationSettings settings, PlannedRun run, Conditions conditions)
    {
        var parent = Step1(run, conditions);
        var (teacher, student) = (run.Cell.Teacher, run.Cell.Student);
        var (pairs, updates) = Share(run, settings.BatchSize, settings.Epochs);
        return new(
            Step2Distillation.Key(settings, teacher, student, conditions, parent.Key, run.Init, pairs.Hash, updates, run.Cell.SourceSize),
            $"distill {run.Cell.Method} on {ShareText(run)}{Suffix(run)}",
            run.Seed,
            [parent],
            (context, folders) => Told(Step2Distillation.Run(settings, teacher, student, run.Init, folders[0], pairs, context, updates, run.Cell.SourceSize), Pairs(run.Cell.Pairs).Shortfall()))
        {
            Updates = updates ?? Batches.Updates(pairs.Target.Count, settings.BatchSize, settings.Epochs),
            MultiplyAdds = (double)settings.BatchSize * (updates ?? Batches.Updates(pairs.Target.Count, settings.BatchSize, settings.Epochs))
                * ((pairs.Source.Frames * Networks.ForwardCostOf(teacher, run.Cell.SourceSize ?? settings.Views.Size)) + (3 * Networks.ForwardCostOf(student, settings.Views.Size))),
            Data = Pairs(run.Cell.Pairs).Hash,
            Makes = student,
            Loads = run.Init == Initialisation.Source ? [teacher, student] : [teacher],
        };
    }

    /// <summary>The teacher: imported where the role is played by published weights, else pretrained on the role's data.</summary>
    private Stage Step1(PlannedRun run, Conditions conditions) =>
        experiment.Tier.Roles[run.Cell.Source] is WeightsSettings weights ? Imported(run, weights) : Pretrained(run, conditions);

    private Stage Imported(PlannedRun run, WeightsSettings role)
    {
        var teacher = run.Cell.Teacher;
        var weights = data.Weights(role.ByWidth[WeightsSettings.Key(teacher)]);
        return new(
            ImportedTeacher.Key(teacher, weights.Hash, data.Validation?.Hash), $"import teacher {weights.Name}", run.Seed, [],
            (context, _) => ImportedTeacher.Run(teacher, weights, data.Validation, context))
        {
            Data = $"{weights.Hash} {data.Validation?.Hash}",
            Makes = teacher,
        };
    }

    private Stage Pretrained(PlannedRun run, Conditions conditions)
    {
        var photos = Unlabelled(run.Cell.Source);
        var (settings, teacher) = (run.Cell.Step1, run.Cell.Teacher);
        return new(
            Step1Pretraining.Key(settings, teacher, conditions, photos.Hash, null),
            $"pretrain teacher on {run.Cell.Source}, seed {run.Seed}",
            run.Seed,
            [],
            (context, _) => Step1Pretraining.Run(settings, teacher, photos.Images, null, Step1Pretraining.SourceStream, context))
        {
            Updates = Batches.Updates(photos.Images.Count, settings.BatchSize, settings.Epochs),
            MultiplyAdds = Cost(settings, teacher, Batches.Updates(photos.Images.Count, settings.BatchSize, settings.Epochs)),
            Data = photos.Hash,
            Makes = teacher,
        };
    }

    /// <summary>With what of the data was not here: a verdict carries it.</summary>
    private static StepResult Told(StepResult result, params IEnumerable<string?> shortfalls) => shortfalls.OfType<string>().Distinct().ToArray() is { Length: > 0 } all
        ? result with { Metrics = new Dictionary<string, object>(result.Metrics) { [CoverageFact] = string.Join("; ", all) } }
        : result;

    /// <summary>SimCLR: two views an item, forward and backward.</summary>
    private static double Cost(SimClrSettings settings, EncoderSettings encoder, int updates) =>
        2.0 * 3 * settings.BatchSize * updates * Networks.ForwardCostOf(encoder, settings.Views.Size);

    /// <summary>LE encodes each item once, FT goes forward and back an item an update; each test item once.</summary>
    private static double Cost(EvaluationSettings settings, EncoderSettings encoder, int updates, int trainItems, int testItems) =>
        ((settings.Protocol == Protocol.LE ? trainItems : 3.0 * settings.BatchSize * updates) + testItems) * Networks.ForwardCostOf(encoder, settings.Views.Size);

    /// <summary>The pairs that step 2 sees, and the number of its updates where that is not a number of epochs. A share of 1 is the whole set's own stage.</summary>
    private (PairedDataset Pairs, int? Updates) Share(PlannedRun run, int batchSize, int epochs)
    {
        var whole = Pairs(run.Cell.Pairs);
        if (run.Cell.PairShare is not (< 1 and var share)) return (whole, null);

        if (!_shares.TryGetValue((run.Cell.Pairs, share, run.Seed), out var part)) _shares[(run.Cell.Pairs, share, run.Seed)] = part = Subsets.OfPairs(whole, share, run.Seed);
        if (part.Target.Count < batchSize)
        {
            throw new ReproException(FormattableString.Invariant(
                $"{experiment.Id}, {run.Row.Id}, {run.Column.Id}: pairShare {share} of {run.Cell.Pairs} leaves {part.Target.Count:N0} of {whole.Target.Count:N0} pairs, fewer than one batch of {batchSize}. Allowed: a share of about {Math.Ceiling(1000.0 * batchSize / whole.Target.Count) / 1000} or more. Ask for more, lower that column's batchSize in the tier, or raise the limit of this data set there."));
        }

        return (part, run.Cell.Budget == Budget.Updates ? epochs * (whole.Target.Count / batchSize) : null);
    }

    private static string ShareText(PlannedRun run) => run.Cell.PairShare is not (< 1 and var share) ? run.Cell.Pairs
        : FormattableString.Invariant($"{100 * share:0.##} % of {run.Cell.Pairs}{(run.Cell.Budget == Budget.Updates ? ", all updates" : "")}");

    private static string Suffix(PlannedRun run) => $", seed {run.Seed}" + (run.Init == Initialisation.Random ? ", random init" : "");

    private DatasetSettings Role(string role) => (DatasetSettings)experiment.Tier.Roles[role];

    private UnlabelledDataset Unlabelled(string role) =>
        _unlabelled.TryGetValue(role, out var known) ? known : _unlabelled[role] = data.Unlabelled(Role(role).Name, Role(role).Limit, Role(role).Options);

    private PairedDataset Pairs(string role) =>
        _pairs.TryGetValue(role, out var known) ? known : _pairs[role] = data.Pairs(Role(role).Name, Role(role).Limit, Role(role).Options);

    private LabelledDataset Labelled(string role, string part) =>
        _labelled.TryGetValue((role, part), out var known)
            ? known
            : _labelled[(role, part)] = data.Labelled(Role(role).Name, part, part == "train" ? Role(role).Limit : Role(role).TestLimit, Role(role).Options);

    private SegmentedDataset Segmented(string role, string part) =>
        _segmented.TryGetValue((role, part), out var known)
            ? known
            : _segmented[(role, part)] = data.Segmented(Role(role).Name, part, part == "train" ? Role(role).Limit : Role(role).TestLimit, Role(role).Options);
}
