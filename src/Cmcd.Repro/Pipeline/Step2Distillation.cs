using Cmcd.Repro.Augmentations;
using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Optimizers;
using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>Step 2: a frozen teacher of the source modality teaches a student of the target modality on unlabelled pairs.</summary>
/// <remarks>
/// Source: paper Section 3 Eq. (2), (3), (5) and the baselines of Section 4. Both sides of a pair share crop and flip and have their own
/// photometry (O-19); all frames of a clip are seen alike. Adam at a constant rate (Appendix C). The projector (O-08), or the adapters between
/// networks of different widths, are dropped afterwards.
/// </remarks>
public static class Step2Distillation
{
    /// <summary>Part of the stage key. Raise it when numbers can change, not when code moves.</summary>
    public const int Version = 1;

    private const int Stream = 3;

    /// <summary>The stage's key.</summary>
    /// <param name="settings">Loss, projector, lengths, views.</param>
    /// <param name="teacher">The teacher's network.</param>
    /// <param name="student">The student's network.</param>
    /// <param name="conditions">Tier, seed, device, threads.</param>
    /// <param name="source">The stage that trained the teacher.</param>
    /// <param name="init">Whether the student starts from the teacher's weights.</param>
    /// <param name="pairs">Hash of the pairs.</param>
    /// <param name="updates">As in <see cref="Run"/>.</param>
    /// <param name="sourceSize">As in <see cref="Run"/>.</param>
    public static StageKey Key(
        DistillationSettings settings, EncoderSettings teacher, EncoderSettings student, Conditions conditions, StageKey source, Initialisation init, string pairs,
        int? updates = null, int? sourceSize = null) =>
        StageKey.Of("distill", Version, (updates, sourceSize) switch
        {
            (null, null) => new { settings, teacher, student, conditions, init },
            (not null, null) => new { settings, teacher, student, conditions, init, updates },
            _ => (object)new { settings, teacher, student, conditions, init, updates, sourceSize },
        }, ("teacher", source.Hash), ("pairs", pairs));

    /// <summary>Trains the student and writes its encoder to the work folder.</summary>
    /// <param name="settings">Loss, projector, lengths, views.</param>
    /// <param name="teacherSettings">The teacher's network.</param>
    /// <param name="studentSettings">The student's network.</param>
    /// <param name="init">Whether the student starts from the teacher's weights.</param>
    /// <param name="sourceFolder">Folder of the teacher.</param>
    /// <param name="pairs">Unlabelled pairs.</param>
    /// <param name="context">Seed, device, work folder, progress.</param>
    /// <param name="updates">Number of updates, in place of the settings' epochs; null for whole epochs.</param>
    /// <param name="sourceSize">Side of the teacher's views, pixels; null for that of the student's.</param>
    /// <exception cref="ProtocolViolationException">The teacher did not stay frozen.</exception>
    /// <exception cref="ReproException">The pairs do not fit together or the networks, or the student cannot start from the teacher's weights.</exception>
    public static StepResult Run(
        DistillationSettings settings, EncoderSettings teacherSettings, EncoderSettings studentSettings, Initialisation init, string sourceFolder, PairedDataset pairs, StepContext context,
        int? updates = null, int? sourceSize = null)
    {
        PairChecks.Require(pairs, teacherSettings, studentSettings, init);
        var seed = Networks.SeedOf(context.Seed, Stream);
        using var teacher = Networks.LoadEncoder(teacherSettings, sourceFolder, context.Device).Frozen();
        using var student = init == Initialisation.Source
            ? Networks.LoadEncoder(studentSettings, sourceFolder, context.Device)
            : Networks.CreateEncoder(studentSettings, seed, context.Device);
        using var objective = new DistillationObjective(settings, teacher, student, seed, context.Device, pairs.Source.Frames);
        var modules = new Dictionary<string, nn.Module> { ["student"] = student };
        foreach (var (name, module) in objective.Trained) modules[name] = module;
        using var adam = new Adam(modules.Values.SelectMany(module => module.parameters()));
        var targetViews = new ViewAugmentation(Networks.Views(settings.Views, pairs.Target.Background), seed);
        var sourceViews = new ViewAugmentation(Networks.Views(settings.Views with { Size = sourceSize ?? settings.Views.Size }, pairs.Source.Background), seed);
        var batches = new Batches("The set of pairs", pairs.Target.Count, settings.BatchSize, seed);
        var training = new Training(modules, adam, batches, settings.BatchSize, settings.Epochs, context, updates);
        var sentinels = new Sentinels();
        context.Loaded?.Invoke("teacher", teacher);

        var terms = sentinels.WhileFrozen("teacher", teacher, () =>
        {
            while (training.Running)
            {
                using var scope = NewDisposeScope();
                var (target, source, photos) = Views();
                var value = objective.Of(target, source, photos);
                adam.ZeroGradients();
                value.backward();
                adam.Step(settings.LearningRate);
                training.Finish(value.item<float>());
            }

            using var last = NewDisposeScope();
            student.eval();
            var (lastTarget, lastSource, _) = Views();   // a batch of the epoch that would come next
            return objective.Terms(lastTarget, lastSource);
        });

        Networks.SaveModule(student, context.WorkFolder, Networks.EncoderFile);
        var metrics = new Dictionary<string, object>(sentinels.Facts) { ["epochLosses"] = training.EpochLosses, ["updates"] = (double)training.Steps };
        if (terms is not null)
        {
            metrics["teacherEntropy"] = terms.TeacherEntropy;
            metrics["divergence"] = terms.Divergence;
            metrics["selfProbability"] = terms.SelfProbability;
            metrics["meanTeacherCosine"] = terms.MeanTeacherCosine;
        }

        return new(metrics, [Networks.EncoderFile]);

        (Tensor Target, Tensor Source, Tensor Photos) Views()
        {
            var ids = batches.Of(training.Step);
            var photoIds = new int[ids.Length];
            for (var i = 0; i < ids.Length; i++) photoIds[i] = pairs.SourceOfTarget[ids[i]];
            var frameIds = new int[ids.Length * pairs.Source.Frames];                       // one id, one view: the camera does not jump within a clip
            for (var i = 0; i < frameIds.Length; i++) frameIds[i] = ids[i / pairs.Source.Frames];
            var target = targetViews.Apply(Items.Read(pairs.Target, $"{pairs.Name}, target side", ids).to(context.Device), ids, training.Epoch, geometryView: 0, photometryView: 0);
            var source = sourceViews.Apply(
                Items.Read(pairs.Source, $"{pairs.Name}, source side", photoIds).to(context.Device), frameIds, training.Epoch, geometryView: settings.SharedGeometry ? 0 : 1, photometryView: 1);
            return (target, source, tensor(photoIds, dtype: int64, device: context.Device));
        }
    }
}
