using Cmcd.Repro.Datasets;
using Cmcd.Repro.Tests.Pipeline;

namespace Cmcd.Repro.Tests.Datasets;

public class SubsetsTests
{
    private const int Photos = 40, SketchesPerPhoto = 3;

    private static readonly PairedDataset Pairs = new(
        "bars", "whole", new SyntheticImages(Photos, 4, background: 0), new SyntheticImages(Photos * SketchesPerPhoto, 4, background: 255, 500),
        [.. Enumerable.Range(0, Photos * SketchesPerPhoto).Select(target => target % Photos)]);

    [Theory]
    [InlineData(0.05, 2), InlineData(0.2, 8), InlineData(0.8, 32), InlineData(1, 40), InlineData(0.001, 1)]
    public void A_share_takes_photos_with_all_their_targets(double share, int photos)
    {
        var part = Subsets.OfPairs(Pairs, share, seed: 3);

        Assert.Equal((photos, photos * SketchesPerPhoto), (part.Source.Count, part.Target.Count));
        Assert.All(Enumerable.Range(0, photos), photo => Assert.Equal(SketchesPerPhoto, part.SourceOfTarget.Count(source => source == photo)));
        // The pair is still a pair: its photo is the one that the whole set names for the same target.
        var (sources, targets) = (Contents(Pairs.Source), Contents(Pairs.Target));
        Assert.All(Enumerable.Range(0, part.Target.Count), target => Assert.Equal(
            sources[Pairs.SourceOfTarget[targets.IndexOf(Contents(part.Target)[target])]], Contents(part.Source)[part.SourceOfTarget[target]]));
    }

    [Fact]
    public void Smaller_shares_lie_within_larger_ones_and_seeds_choose_others()
    {
        var parts = new[] { 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1 }.Select(share => Contents(Subsets.OfPairs(Pairs, share, seed: 0).Source)).ToArray();

        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.Empty(pair.First.Except(pair.Second)));
        Assert.NotEqual(parts[2], Contents(Subsets.OfPairs(Pairs, 0.2, seed: 1).Source));
        Assert.Equal(4, new[] { (0.2, 0), (0.2, 1), (0.4, 0), (0.4, 1) }.Select(part => Subsets.OfPairs(Pairs, part.Item1, part.Item2).Hash).Distinct().Count());
    }

    [Fact]
    public void Few_labels_are_balanced_nested_and_differ_by_draw_and_seed()
    {
        var set = SmallSettings.Labelled(40, 1000);
        var (one, five, other, seed) = (Subsets.PerClass(set, 1, 0, 0), Subsets.PerClass(set, 5, 0, 0), Subsets.PerClass(set, 5, 0, 1), Subsets.PerClass(set, 5, 1, 0));

        Assert.All(Enumerable.Range(0, 4), label => Assert.Equal((1, 5), (one.Labels.Count(own => own == label), five.Labels.Count(own => own == label))));
        Assert.Empty(Contents(one.Images).Except(Contents(five.Images)));
        Assert.Equal(3, new[] { five, other, seed }.Select(part => string.Concat(Contents(part.Images))).Distinct().Count());
        Assert.All(Enumerable.Range(0, 20), item => Assert.Equal(set.Labels[Contents(set.Images).IndexOf(Contents(five.Images)[item])], five.Labels[item]));
    }

    [Fact]
    public void Classes_with_too_few_items_are_all_named()
    {
        var images = new SyntheticImages(5, 4, background: 255);
        var set = new LabelledDataset("drawings/train", "hash", images, [0, 0, 0, 1, 2], ["cat", "dog", "cow"]);

        Assert.Equal(
            "drawings/train: 2 labelled items of each class were asked for (fewShot.perClass), but dog has 1, cow has 1. Allowed: 1 to 1. Ask for fewer, or raise the limit of this data set in the tier.",
            Assert.Throws<DatasetUnavailableException>(() => Subsets.RequirePerClass(set, 2)).Message);
        Subsets.RequirePerClass(set, 1);
    }

    private static List<string> Contents(IImageSet images) => [.. Enumerable.Range(0, images.Count).Select(item =>
    {
        using var image = images.Read([item]);
        return Convert.ToHexString(image.bytes.ToArray());
    })];
}
