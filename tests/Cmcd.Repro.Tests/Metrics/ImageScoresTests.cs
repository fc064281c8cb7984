using Cmcd.Repro.Metrics;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Tests.Metrics;

public class ImageScoresTests
{
    private const int Images = 120, Draws = 2000;

    [Fact]
    public void Each_image_has_what_the_score_loses_without_it()
    {
        var images = Made(skill: 0.6);
        var scores = ImageScores.Of(images);

        double[] without = [.. images.Select((_, left) => Score(images.Where((_, i) => i != left)))];
        Assert.All(scores.Zip(without), pair => Assert.Equal(Score(images) + ((Images - 1) * (without.Average() - pair.Second)), pair.First, 8));
        Assert.Equal(Score(images), scores.Average(), 9);
    }

    [Fact]
    public void Their_spread_is_that_of_other_draws_of_the_images()
    {
        var images = Made(skill: 0.6);
        var redrawn = Redraws(drawn => Score(drawn.Select(i => images[i])));
        Assert.InRange(Error(ImageScores.Of(images)) / Deviation(redrawn), 0.9, 1.1);
    }

    [Fact]
    public void A_difference_of_two_methods_has_the_spread_of_a_paired_bootstrap()
    {
        var (better, worse) = (Made(skill: 0.7), Made(skill: 0.6));
        var redrawn = Redraws(drawn => Score(drawn.Select(i => better[i])) - Score(drawn.Select(i => worse[i])));
        double[] difference = [.. ImageScores.Of(better).Zip(ImageScores.Of(worse), (one, other) => one - other)];

        Assert.Equal(Score(better) - Score(worse), difference.Average(), 9);
        Assert.InRange(Error(difference) / Deviation(redrawn), 0.9, 1.1);
    }

    [Fact]
    public void A_class_of_one_image_alone_leaves_the_score_with_it()
    {
        IReadOnlyList<PixelCount>[] images = [[new(0, 0, 8)], [new(0, 0, 4), new(1, 0, 4)], [new(0, 0, 8)]];   // class 1 is missed in the second
        var scores = ImageScores.Of(images);

        Assert.Equal((100 * 20.0 / 24) / 2, scores.Average(), 9);   // class 1 occurs once and is missed: half of the classes have IoU 0
        Assert.True(scores[1] < 0);                                 // without that image everything is right
        Assert.Equal([100], ImageScores.Of([[new(0, 0, 8)]]));
    }

    [Fact]
    public void No_image_and_an_image_without_labels_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ImageScores.Of([]));
        Assert.Throws<ArgumentException>(() => ImageScores.Of([[new(0, 0, 8)], []]));
    }

    /// <summary>Images of some of four classes, some images harder than others; equal images for every skill.</summary>
    private static IReadOnlyList<PixelCount>[] Made(double skill) => [.. Enumerable.Range(0, Images).Select(image =>
    {
        var (scene, luck) = (new CounterRandom(0, Purpose.Test, sample: image), new CounterRandom(0, Purpose.Test, sample: image, view: (int)(10 * skill)));
        var (first, hard) = (scene.NextInt(4), scene.NextUniform(0.5f, 1.3f));
        var (labels, predicted) = (new byte[144], new byte[144]);
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = (byte)((first + scene.NextInt(2)) % 4);
            predicted[i] = luck.NextBool(skill * hard) ? labels[i] : (byte)luck.NextInt(4);
        }

        return MeanIoU.Count(predicted, labels, 4);
    })];

    private static double Score(IEnumerable<IReadOnlyList<PixelCount>> images) => MeanIoU.Percent([.. images.SelectMany(counts => counts)]);

    private static double[] Redraws(Func<int[], double> score) => [.. Enumerable.Range(0, Draws).AsParallel().AsOrdered().Select(draw =>
    {
        var random = new CounterRandom(1, Purpose.Test, sample: draw);
        var drawn = new int[Images];
        for (var i = 0; i < drawn.Length; i++) drawn[i] = random.NextInt(Images);
        return score(drawn);
    })];

    private static double Error(double[] scores) => Deviation(scores) / Math.Sqrt(scores.Length);

    private static double Deviation(double[] values) => Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1));
}
