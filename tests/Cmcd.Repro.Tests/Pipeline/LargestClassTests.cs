using Cmcd.Repro.Datasets;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Pipeline;

public sealed class LargestClassTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_test_item_is_given_the_largest_training_class()
    {
        var train = new LabelledDataset("bars", "train", new SyntheticImages(5, 4, background: 255), [2, 1, 1, 2, 0], ["a", "b", "c"]);
        var test = new LabelledDataset("bars", "test", new SyntheticImages(4, 4, background: 255, 100), [2, 1, 0, 0], ["a", "b", "c"]);   // where 0 is larger
        var folder = _folder.Create("run");

        Assert.Equal(25.0, LargestClass.Run(train, test, SmallSettings.Context(folder)).Metrics["top1"]);
        Assert.Equal([1, 1, 1, 1], Step3Evaluation.ReadPredictions(folder).Predicted);   // 1 and 2 are equally large
    }

    [Fact]
    public void Every_pixel_is_given_the_largest_training_class()
    {
        var (train, test) = (SyntheticScenes.Of(6, 0), SyntheticScenes.Of(4, 500));
        var result = LargestClass.Run(train, test, SmallSettings.Context(_folder.Create("run")));

        var (trained, tested) = (Counts(train), Counts(test));
        var largest = Array.IndexOf(trained, trained.Max());
        // Only the class given has an intersection; its union is every labelled pixel. The others that occur have IoU 0.
        Assert.Equal(100.0 * tested[largest] / tested.Sum() / tested.Count(count => count > 0), (double)result.Metrics["miou"], 1e-9);
        Assert.Equal(4, Step3Segmentation.ReadConfusions(_folder.File("run")).Count);
    }

    private static int[] Counts(SegmentedDataset set)
    {
        using var labels = set.Labels.Read([.. Enumerable.Range(0, set.Labels.Count)]);
        var counts = new int[set.Classes.Count];
        foreach (var label in labels.bytes.ToArray().Where(label => label != SegmentedDataset.Void)) counts[label]++;
        return counts;
    }
}
