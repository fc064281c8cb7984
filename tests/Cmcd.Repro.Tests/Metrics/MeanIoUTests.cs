using Cmcd.Repro.Metrics;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Tests.Metrics;

public class MeanIoUTests
{
    private static readonly byte[] Labels = [0, 0, 1, 1, 2, 2, 255, 0], Predicted = [0, 1, 1, 1, 2, 0, 2, 0];

    [Fact]
    public void Void_and_classes_that_occur_nowhere_are_left_out()
    {
        var counts = MeanIoU.Count(Predicted, Labels, classes: 4);

        Assert.Equal([(0, 0.5), (1, 2.0 / 3), (2, 0.5)], MeanIoU.ByClass(counts).Select(each => (each.Key, each.Value)));
        Assert.Equal(55.5556, MeanIoU.Percent(counts), 4);   // 41.6667 if class 3 counted as 0
        Assert.Equal(71.4286, MeanIoU.PixelAccuracy(counts), 4);
        Assert.Equal([new(0, 0, 2), new(0, 1, 1), new(1, 1, 2), new(2, 0, 1), new(2, 2, 1)], counts);
    }

    [Fact]
    public void Many_images_are_one_matrix_as_sets_of_pixels_say_it()
    {
        const int Classes = 5, Pixels = 400;
        var random = new CounterRandom(0, Purpose.Test, sample: 71);
        var (labels, predicted, counts) = (new List<byte>(), new List<byte>(), new List<PixelCount>());
        for (var image = 0; image < 7; image++)
        {
            var (truth, given) = (new byte[Pixels], new byte[Pixels]);
            for (var i = 0; i < Pixels; i++)
            {
                truth[i] = (byte)random.NextInt(Classes - 1);        // the last class never occurs, but is predicted
                given[i] = random.NextBool(0.6) ? truth[i] : (byte)random.NextInt(Classes);
                if (random.NextBool(0.1)) truth[i] = MeanIoU.Void;
            }

            counts.AddRange(MeanIoU.Count(given, truth, Classes));
            labels.AddRange(truth);
            predicted.AddRange(given);
        }

        var places = Enumerable.Range(0, labels.Count).Where(i => labels[i] != 255).ToArray();
        var expected = Enumerable.Range(0, Classes).Average(c =>
        {
            var (truth, given) = (places.Where(i => labels[i] == c).ToHashSet(), places.Where(i => predicted[i] == c).ToHashSet());
            return (double)truth.Intersect(given).Count() / truth.Union(given).Count();
        });
        Assert.Equal(100 * expected, MeanIoU.Percent(counts), 10);
        Assert.Equal(0, MeanIoU.ByClass(counts)[Classes - 1]);
        Assert.Equal(100.0 * places.Count(i => labels[i] == predicted[i]) / places.Length, MeanIoU.PixelAccuracy(counts), 10);
    }

    [Fact]
    public void What_has_no_score_is_refused()
    {
        Assert.Empty(MeanIoU.Count([1, 2], [255, 255], 3));
        Assert.Throws<ArgumentException>(() => MeanIoU.Percent([]));
        Assert.Contains("2 predicted pixels for 3 labels", Assert.Throws<ArgumentException>(() => MeanIoU.Count([0, 1], [0, 1, 0], 2)).Message, StringComparison.Ordinal);
        Assert.Contains("Pixel 1 has label 3 and prediction 0, expected classes from 0 to 2", Assert.Throws<ArgumentException>(() => MeanIoU.Count([0, 0], [0, 3], 3)).Message, StringComparison.Ordinal);
    }
}
