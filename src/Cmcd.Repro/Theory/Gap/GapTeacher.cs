using Cmcd.Repro.Caching;
using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Losses;
using Cmcd.Repro.Models;
using TorchSharp;
using static TorchSharp.torch;
using Adam = Cmcd.Repro.Optimizers.Adam;

namespace Cmcd.Repro.Theory.Gap;

/// <summary>Step 1 of the gap experiment: SimCLR on source items. One teacher a seed serves all levels.</summary>
public static class GapTeacher
{
    /// <summary>Part of the stage key. Raise it when numbers can change, not when code moves.</summary>
    public const int Version = 1;

    private const int Stream = 1;
    private const string WeightsFile = "teacher.safetensors";

    /// <summary>The stage's key.</summary>
    /// <param name="experiment">The experiment in its tier.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="threads">Threads of libtorch.</param>
    public static StageKey Key(GapExperiment experiment, long seed, int threads)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var training = experiment.Training;
        return StageKey.Of("gap-teacher", Version, new
        {
            experiment.World,
            experiment.Sizes.Source,
            training.Hidden,
            training.Views,
            training.BatchSize,
            training.TeacherUpdates,
            training.LearningRate,
            training.SimClrTemperature,
            seed,
            threads,
        });
    }

    /// <summary>Trains the teacher and writes it to the folder.</summary>
    /// <param name="experiment">The experiment in its tier.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="folder">Where to write.</param>
    public static GapOutput Run(GapExperiment experiment, long seed, string folder)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        using var world = new GapWorld(experiment.World, seed);
        var (teacher, loss) = Train(experiment, world, seed);
        using (teacher)
        using (var file = File.Create(Path.Combine(folder, WeightsFile)))
        {
            Safetensors.Write(file, teacher.State());
        }

        return new(new Dictionary<string, object> { ["lastLoss"] = loss }, [WeightsFile]);
    }

    /// <summary>The teacher that <see cref="Run"/> wrote.</summary>
    internal static EncoderStack Load(string folder)
    {
        using var scope = NewDisposeScope();
        using var file = File.OpenRead(Path.Combine(folder, WeightsFile));
        using var stored = Safetensors.Read(file);
        return EncoderStack.From(stored.Tensors);
    }

    private static (EncoderStack Teacher, double LastLoss) Train(GapExperiment experiment, GapWorld world, long seed)
    {
        using var scope = NewDisposeScope();
        var training = experiment.Training;
        var items = world.Draw(GapPart.Source, experiment.Base, experiment.Sizes.Source);
        var views = Enumerable.Range(1, training.Views).Select(view => world.ObserveSource(items, view)).ToArray();
        var teacher = EncoderStack.Random(1, experiment.World.Observed, training.Hidden, training.Hidden, seed, Stream);
        using var projector = EncoderStack.Random(1, training.Hidden, training.Hidden, training.Hidden, seed, Stream + 100);
        using var adam = new Adam([.. teacher.Parameters, .. projector.Parameters]);
        using var loss = new NtXentLoss(training.SimClrTemperature);
        var batches = new GapBatches(experiment.Sizes.Source, training.BatchSize, seed, Stream);
        var last = 0.0;
        for (var update = 0; update < training.TeacherUpdates; update++)
        {
            using var step = NewDisposeScope();
            var (ids, epoch) = (batches.Of(update), batches.EpochOf(update));
            var value = loss.call(Project(views[2 * epoch % views.Length][ids]), Project(views[((2 * epoch) + 1) % views.Length][ids]));
            adam.ZeroGradients();
            value.backward();
            adam.Step(training.LearningRate);
            last = value.ToDouble();
        }

        return (teacher, last);

        Tensor Project(Tensor view) => projector.Run(teacher.Run(view).Output, activated: false).Output[0];
    }
}
