using System.Globalization;
using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Models;
using Cmcd.Repro.Randomness;
using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>Step 3 on a few labelled items of each class: <see cref="Step3Evaluation"/> once a draw, the whole test set each time.</summary>
/// <remarks>
/// Items, head and order of a draw follow from (seed, draw) alone: every method gets the same ones. The protocol's epochs stand; a batch is no larger than the
/// items there are. The metric is the mean over draws. Departs: experiments/deviations.md#d40.
/// </remarks>
public static class FewShotEvaluation
{
    private const int SeedView = 2;   // Subsets has the views before

    /// <summary>The stage's key: that of an evaluation, and how few items it learns from.</summary>
    public static StageKey Key(
        EvaluationSettings settings, FewShotSettings fewShot, EncoderSettings encoder, Conditions conditions, StageKey? start, string train, string test) =>
        StageKey.Of("evaluate", Step3Evaluation.Version, new { settings, fewShot, encoder, conditions }, [.. start is null ? [] : new[] { ("encoder", start.Hash) }, ("train", train), ("test", test)]);

    /// <summary>Updates over all draws.</summary>
    internal static int Updates(EvaluationSettings settings, FewShotSettings fewShot, LabelledDataset train)
    {
        var items = fewShot.PerClass * train.Classes.Count;
        return fewShot.Draws * Batches.Updates(items, Math.Min(settings.BatchSize, items), settings.Epochs);
    }

    /// <summary>Trains once a draw and writes the predictions of all draws, one block after another, beside the labels of one block.</summary>
    /// <param name="settings">Protocol, rates, lengths, views.</param>
    /// <param name="fewShot">Items of each class, draws.</param>
    /// <param name="encoderSettings">The network evaluated.</param>
    /// <param name="startFolder">Folder of the encoder; null for random weights.</param>
    /// <param name="train">The whole labelled training set.</param>
    /// <param name="test">Test set.</param>
    /// <param name="context">Seed, device, work folder, progress.</param>
    /// <returns>The metric <c>top1</c> in percent, its standard deviation over draws, and the sentinels' facts.</returns>
    public static StepResult Run(
        EvaluationSettings settings, FewShotSettings fewShot, EncoderSettings encoderSettings, string? startFolder, LabelledDataset train, LabelledDataset test, StepContext context)
    {
        var (draws, predicted) = Finished(context.WorkFolder);
        for (var draw = draws.Count; draw < fewShot.Draws; draw++)
        {
            var few = Subsets.PerClass(train, fewShot.PerClass, context.Seed, draw);
            var folder = Directory.CreateDirectory(Path.Combine(context.WorkFolder, string.Create(CultureInfo.InvariantCulture, $"draw-{draw}"))).FullName;
            var result = Step3Evaluation.Run(
                settings with { BatchSize = Math.Min(settings.BatchSize, few.Images.Count) }, encoderSettings, startFolder, few, test,
                context with { Seed = SeedOf(context.Seed, draw), WorkFolder = folder, Report = Reported(context.Report, draw, fewShot.Draws) });
            draws.Add(result.Metrics.ToDictionary(metric => metric.Key, metric => Convert.ToString(metric.Value, CultureInfo.InvariantCulture)!));
            predicted.AddRange(Step3Evaluation.ReadPredictions(folder).Predicted);
            Save(context.WorkFolder, draws, predicted);
            Directory.Delete(folder, recursive: true);
        }

        Step3Evaluation.SavePredictions([.. predicted], test.Labels, context.WorkFolder);
        return new(Metrics(draws), [Step3Evaluation.PredictionsFile]);
    }

    // A seed is used eight times over, once a step: three bits stay free.
    private static long SeedOf(long seed, int draw) => new CounterRandom(seed, Purpose.Subset, draw, view: SeedView).NextWord() >> 3;

    private static Action<StepProgress>? Reported(Action<StepProgress>? report, int draw, int draws) => report is null ? null : progress => report(progress with
    {
        Step = (draw * progress.Steps) + progress.Step,
        Steps = draws * progress.Steps,
        Epoch = (draw * progress.Epochs) + progress.Epoch,
        Epochs = draws * progress.Epochs,
    });

    private static Dictionary<string, object> Metrics(IReadOnlyList<IReadOnlyDictionary<string, string>> draws)
    {
        double[] scores = [.. draws.Select(draw => Number(draw["top1"]))];
        var losses = draws.Select(draw => draw["epochLosses"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray()).ToArray();
        var metrics = draws[0].Where(metric => metric.Key.StartsWith("sentinel.", StringComparison.Ordinal)).ToDictionary(metric => metric.Key, metric => (object)metric.Value);
        metrics["top1"] = scores.Average();
        metrics["draws"] = (double)scores.Length;
        if (scores.Length > 1) metrics["top1StdOverDraws"] = Math.Sqrt(scores.Sum(score => (score - scores.Average()) * (score - scores.Average())) / (scores.Length - 1));
        metrics["epochLosses"] = string.Join(' ', losses[0].Select((_, epoch) => losses.Average(draw => draw[epoch]).ToString("R", CultureInfo.InvariantCulture)));
        return metrics;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // The facts of draw 3 are noted as "3 top1", "3 sentinel.disjoint", …
    private static void Save(string folder, List<Dictionary<string, string>> draws, List<int> predicted)
    {
        using var scope = NewDisposeScope();
        var facts = draws.SelectMany((draw, number) => draw.Select(fact => (Key: string.Create(CultureInfo.InvariantCulture, $"{number} {fact.Key}"), fact.Value))).ToDictionary(fact => fact.Key, fact => fact.Value);
        ResumePoint.Save(folder, stream => Safetensors.Write(stream, new Dictionary<string, Tensor> { ["predicted"] = tensor(predicted.ToArray()) }), facts);
    }

    private static (List<Dictionary<string, string>> Draws, List<int> Predicted) Finished(string folder)
    {
        if (ResumePoint.TryLoad(folder, out _) is not { } point) return ([], []);

        using var scope = NewDisposeScope();
        using var file = File.OpenRead(point.DataFile);
        using var stored = Safetensors.Read(file);
        var draws = point.Facts.Select(fact => (Parts: fact.Key.Split(' ', 2), fact.Value)).GroupBy(fact => int.Parse(fact.Parts[0], CultureInfo.InvariantCulture)).OrderBy(draw => draw.Key)
            .Select(draw => draw.ToDictionary(fact => fact.Parts[1], fact => fact.Value));
        return ([.. draws], [.. stored.Tensors["predicted"].data<int>().ToArray()]);
    }
}
