using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Metrics;

namespace Cmcd.Repro.Pipeline;

/// <summary>The chance level: every test item, or pixel, is given the class that is largest among the training labels (the first of equals). Nothing is trained.</summary>
public static class LargestClass
{
    /// <summary>Part of the stage key. Raise it when numbers can change, not when code moves.</summary>
    public const int Version = 1;

    /// <summary>The stage's kind.</summary>
    public const string Kind = "chance";

    /// <summary>The stage's key. It holds the seed, though no number depends on it: every run of a table has a stage of its own.</summary>
    /// <param name="conditions">Tier, seed, device, threads.</param>
    /// <param name="train">Hash of the labelled training set.</param>
    /// <param name="test">Hash of the test set.</param>
    public static StageKey Key(Conditions conditions, string train, string test) => StageKey.Of(Kind, Version, new { conditions }, ("train", train), ("test", test));

    /// <summary>Answers the test set and writes the predictions to the work folder.</summary>
    /// <param name="train">Labelled training set.</param>
    /// <param name="test">Test set.</param>
    /// <param name="context">Work folder.</param>
    /// <returns>The metric <c>top1</c> in percent.</returns>
    public static StepResult Run(LabelledDataset train, LabelledDataset test, StepContext context)
    {
        var sentinels = new Sentinels();
        sentinels.RequireDisjoint(train.Images, test.Images);
        int[] predicted = [.. Enumerable.Repeat(Largest(train.Labels), test.Labels.Count)];
        Step3Evaluation.SavePredictions(predicted, test.Labels, context.WorkFolder);
        return new(new Dictionary<string, object>(sentinels.Facts) { ["top1"] = Top1.Accuracy(predicted, [.. test.Labels]) }, [Step3Evaluation.PredictionsFile]);
    }

    /// <inheritdoc cref="Run(LabelledDataset, LabelledDataset, StepContext)"/>
    /// <returns>The metric <c>miou</c> in percent.</returns>
    public static StepResult Run(SegmentedDataset train, SegmentedDataset test, StepContext context)
    {
        var sentinels = new Sentinels();
        sentinels.RequireDisjoint(train.Images, test.Images);
        using var labels = LabelMaps.Read(train);
        using var testLabels = LabelMaps.Read(test);
        var counts = new long[SegmentedDataset.Void + 1];
        foreach (var label in labels.bytes) counts[label]++;
        var largest = (byte)Array.IndexOf(counts[..SegmentedDataset.Void], counts[..SegmentedDataset.Void].Max());

        var size = test.Labels.Height * test.Labels.Width;
        var constant = new byte[size];
        Array.Fill(constant, largest);
        IReadOnlyList<PixelCount>[] confusions = [.. Enumerable.Range(0, test.Images.Count).Select(image => MeanIoU.Count(constant, testLabels.bytes.Slice(image * size, size), train.Classes.Count))];
        Step3Segmentation.SaveConfusions(confusions, context.WorkFolder);
        return new(new Dictionary<string, object>(sentinels.Facts) { ["miou"] = MeanIoU.Percent([.. confusions.SelectMany(image => image)]) }, [Step3Segmentation.ConfusionsFile]);
    }

    private static int Largest(IReadOnlyList<int> labels) => labels.CountBy(label => label).OrderByDescending(label => label.Value).ThenBy(label => label.Key).First().Key;
}
