using Cmcd.Repro.Caching;
using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Losses;
using Cmcd.Repro.Metrics;
using Cmcd.Repro.Models;
using Cmcd.Repro.Theory.TotalVariation;
using static TorchSharp.torch;

namespace Cmcd.Repro.Theory.Gap;

/// <summary>One level of the gap experiment at one seed: all students, both protocols, the Bayes rule, and total variation in every reading.</summary>
/// <remarks>
/// Metrics: <c>top1.LE.CMD</c> and so on; <c>bayes</c>, the Bayes rule's top-1 on the same test items; <c>kl.pairs</c> and <c>kl.held</c>, CMD's divergence on pairs
/// it was trained on and on others; <c>selfProbability</c>, mean p_ii of the teacher on the pairs; <c>tv.*</c>: tv.marginal (closed form of the shift), tv.oracle.* (E4
/// of the true content, what a perfect encoder would give), tv.e4.* e1.* e2 (teacher against SSL's student, as in Table 2), tv.null.* (teacher on both sides)
/// and tv.cmd.* (teacher against CMD's student).
/// </remarks>
public static class GapLevelRun
{
    /// <summary>Part of the stage key. Raise it when numbers can change, not when code moves.</summary>
    public const int Version = 2;

    /// <summary>What is answered, and by which protocol.</summary>
    public static readonly IReadOnlyList<string> Protocols = ["LE", "FT"];

    private const string AnswersFile = "answers.safetensors";
    private const string LabelsName = "label";

    /// <summary>The stage's key. The knob's name is not in it: a level that several knobs share is run once.</summary>
    /// <param name="experiment">The experiment in its tier.</param>
    /// <param name="level">The level.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="threads">Threads of libtorch.</param>
    /// <param name="teacher">The teacher's stage.</param>
    public static StageKey Key(GapExperiment experiment, GapLevel level, long seed, int threads, StageKey teacher)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(teacher);
        return StageKey.Of("gap-level", Version, new { experiment.World, experiment.Sizes, experiment.Training, experiment.Estimators, level, seed, threads }, ("teacher", teacher.Hash));
    }

    /// <summary>Trains and measures, and writes every answer to the folder.</summary>
    /// <param name="experiment">The experiment in its tier.</param>
    /// <param name="level">The level.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="teacherFolder">Folder of the teacher.</param>
    /// <param name="folder">Where to write.</param>
    public static GapOutput Run(GapExperiment experiment, GapLevel level, long seed, string teacherFolder, string folder)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(level);
        using var scope = NewDisposeScope();
        var (sizes, training) = (experiment.Sizes, experiment.Training);
        using var world = new GapWorld(experiment.World, seed);
        using var teacher = GapTeacher.Load(teacherFolder);
        var pairs = world.Draw(GapPart.Pairs, level, level.Pairs);
        Tensor[] source = [.. Enumerable.Range(1, training.Views).Select(view => world.ObserveSource(pairs, view))];
        Tensor[] target = [.. Enumerable.Range(1, training.Views).Select(view => world.ObserveTarget(pairs, level, view))];
        using var students = GapStudents.Train(training, teacher, source, target, seed);

        var train = world.Draw(GapPart.Train, level, sizes.Train);
        Tensor[] trainViews = [.. Enumerable.Range(0, training.Views + 1).Select(view => world.ObserveTarget(train, level, view))];
        var test = world.Draw(GapPart.Test, level, sizes.Test);
        var testView = world.ObserveTarget(test, level, 0);
        var metrics = new Dictionary<string, object> { ["bayes"] = Top1.Accuracy(test.Bayes, test.Labels) };
        var answers = new Dictionary<string, Tensor> { [LabelsName] = tensor(test.Labels) };
        foreach (var protocol in Protocols)
        {
            var step = protocol == "LE" ? training.LinearEvaluation : training.FineTuning;
            var given = GapEvaluation.Run(step, students.Encoders, protocol == "FT", trainViews, train.Labels, testView, experiment.World.Classes, seed);
            foreach (var method in Enum.GetValues<GapMethod>())
            {
                metrics[$"top1.{protocol}.{method}"] = Top1.Accuracy(given[(int)method], test.Labels);
                answers[$"{protocol}.{method}"] = tensor(given[(int)method]);
            }
        }

        using (var file = File.Create(Path.Combine(folder, AnswersFile))) Safetensors.Write(file, answers);

        var held = world.Draw(GapPart.Held, level, sizes.Held);
        Divergences(metrics, training, teacher, students, (source[0], target[0]), (world.ObserveSource(held, 1), world.ObserveTarget(held, level, 1)), sizes.Held);
        foreach (var (name, value) in TotalVariations(experiment, level, world, held, teacher, students, seed)) metrics[$"tv.{name}"] = value;
        return new(metrics, [AnswersFile]);
    }

    /// <summary>What one method answered under one protocol, and the truth.</summary>
    public static (int[] Predicted, int[] Labels) ReadAnswers(string folder, GapMethod method, string protocol)
    {
        using var scope = NewDisposeScope();
        using var file = File.OpenRead(Path.Combine(folder, AnswersFile));
        using var stored = Safetensors.Read(file);
        return (stored.Tensors[$"{protocol}.{method}"].data<int>().ToArray(), stored.Tensors[LabelsName].data<int>().ToArray());
    }

    /// <summary>CMD's divergence on seen and unseen pairs, both in a training view, over batches of one size: it depends on the number of anchors.</summary>
    private static void Divergences(
        Dictionary<string, object> metrics, GapTraining training, EncoderStack teacher, GapStudents students, (Tensor Source, Tensor Target) seen, (Tensor Source, Tensor Target) held, int most)
    {
        using var scope = NewDisposeScope();
        using var loss = new CmdLoss(training.Temperature, training.Temperature);
        var (onSeen, onHeld) = (Terms(seen), Terms(held));
        metrics["kl.pairs"] = onSeen.Average(terms => terms.Divergence);
        metrics["kl.held"] = onHeld.Average(terms => terms.Divergence);
        metrics["selfProbability"] = onSeen.Average(terms => terms.SelfProbability);

        CmdTerms[] Terms((Tensor Source, Tensor Target) pairs)
        {
            var (anchors, own) = (teacher.Encode(pairs.Source)[0], students.ProjectedCmd(pairs.Target));
            var batches = (int)Math.Min(anchors.shape[0], most) / training.BatchSize;
            return [.. Enumerable.Range(0, batches).Select(batch => batch * training.BatchSize).Select(start => loss.Terms(own[start..(start + training.BatchSize)], anchors[start..(start + training.BatchSize)]))];
        }
    }

    private static SortedDictionary<string, double> TotalVariations(
        GapExperiment experiment, GapLevel level, GapWorld world, GapItems held, EncoderStack teacher, GapStudents students, long seed)
    {
        using var scope = NewDisposeScope();
        var settings = experiment.Estimators;
        var (source, target) = (world.ObserveSource(held, 0), world.ObserveTarget(held, level, 0));
        var (ofSource, ofTarget) = (teacher.Encode(source)[0], students.Encoders.Encode(target));                // [N, D], [M, N, D]
        GibbsForm[] forms = [GibbsForm.Global, new(RowWise: true, Diagonal: false)];
        var all = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["marginal"] = GaussianDistance.Of(level.Shift) };
        Add("", Estimates.Paired(Few(ofSource), Few(ofTarget[(int)GapMethod.SSL]), settings, seed, forms));
        Add("", Estimates.Unpaired(ofSource, ofTarget[(int)GapMethod.SSL], settings, seed));
        Add("oracle.", Estimates.Paired(Few(held.Source), Few(held.Target), settings, seed, [GibbsForm.Global]));
        Add("null.", Estimates.Paired(Few(ofSource), Few(ofTarget[(int)GapMethod.Sup]), settings, seed, [GibbsForm.Global]));
        Add("null.", Estimates.Unpaired(ofSource, ofTarget[(int)GapMethod.Sup], settings, seed));
        Add("cmd.", Estimates.Paired(Few(ofSource), Few(students.ProjectedCmd(target)), settings, seed, [GibbsForm.Global]));
        return all;

        Tensor Few(Tensor features) => features[..experiment.Sizes.Gibbs];

        void Add(string prefix, SortedDictionary<string, double> found)
        {
            foreach (var (name, value) in found) all[prefix + name] = value;
        }
    }
}
