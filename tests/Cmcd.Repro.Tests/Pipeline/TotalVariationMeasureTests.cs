using Cmcd.Repro.Augmentations;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Models;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Theory.TotalVariation;
using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Pipeline;

public sealed class TotalVariationMeasureTests : IDisposable
{
    private static readonly MeasureSettings Settings = new(Items: 30, SyntheticImages.Side, new EstimatorSettings([0.1, 1], Hidden: 4, Cells: 3));

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_are_those_of_the_features_it_leaves()
    {
        using var scope = NewDisposeScope();
        var (teacher, student) = (SmallSettings.Teacher(_folder), Stored(SmallSettings.Encoder, 5));
        var work = _folder.Create("work");
        var found = TotalVariationMeasure.Run(Settings, SmallSettings.Encoder, SmallSettings.Encoder, teacher, student, SmallSettings.Pairs, null, SmallSettings.Context(work));

        using var file = File.OpenRead(Path.Combine(work, Assert.Single(found.Files)));
        using var stored = Safetensors.Read(file);
        var (source, target) = (stored.Tensors["source"], stored.Tensors["target"]);
        Assert.Equal([30L, 32], source.shape);
        foreach (var (name, value) in Estimates.Paired(source, target, Settings.Estimators, 0).Concat(Estimates.Unpaired(source, target, Settings.Estimators, 0)))
            Assert.Equal(value, found.Metrics[name]);
        Assert.True(found.Metrics.ContainsKey("e4.global.tau0.1") && found.Metrics.ContainsKey("e1.mlp.atleast") && found.Metrics.ContainsKey("null.e2"));
        Assert.All(found.Metrics.Where(metric => !metric.Key.StartsWith("sentinel.", StringComparison.Ordinal)), metric => Assert.True(double.IsFinite((double)metric.Value)));
    }

    [Fact]
    public void Equal_encoders_on_equal_items_are_at_distance_zero()
    {
        using var scope = NewDisposeScope();
        var teacher = SmallSettings.Teacher(_folder);
        var same = SmallSettings.Pairs with { Target = SmallSettings.Photos };
        var found = TotalVariationMeasure.Run(Settings, SmallSettings.Encoder, SmallSettings.Encoder, teacher, teacher, same, null, SmallSettings.Context(_folder.Create("work")));

        Assert.Equal(0, (double)found.Metrics["e4.global.tau0.1"], 1e-12);
        Assert.True((double)found.Metrics["e4.global.tau0.1.shuffled"] > 0.05);
    }

    [Fact]
    public void Networks_of_different_width_have_pair_distances_only_and_say_so()
    {
        using var scope = NewDisposeScope();
        var wide = SmallSettings.Encoder with { Width = 8 };
        var found = TotalVariationMeasure.Run(
            Settings, SmallSettings.Encoder, wide, SmallSettings.Teacher(_folder), Stored(wide, 5), SmallSettings.Pairs, null, SmallSettings.Context(_folder.Create("work")));

        Assert.Equal("E1 and E2 compare features of one space; the teacher has 32 of them, the target encoder 64", found.Metrics["unpaired"]);
        Assert.True(found.Metrics.ContainsKey("e4.row.tau1") && found.Metrics.ContainsKey("null.e1.logistic") && !found.Metrics.ContainsKey("e1.logistic"));
    }

    [Fact]
    public void Own_images_of_a_column_take_the_pairs_place_in_E1_and_E2_alone()
    {
        using var scope = NewDisposeScope();
        var (teacher, student) = (SmallSettings.Teacher(_folder), Stored(SmallSettings.Encoder, 5));
        StepResult Run(string name, IImageSet? own) =>
            TotalVariationMeasure.Run(Settings, SmallSettings.Encoder, SmallSettings.Encoder, teacher, student, SmallSettings.Pairs, own, SmallSettings.Context(_folder.Create(name)));
        var (paired, own) = (Run("paired", null), Run("own", new SyntheticImages(40, 4, background: 255, firstItem: 500)));

        Assert.Equal(paired.Metrics["e4.global.tau1"], own.Metrics["e4.global.tau1"]);
        Assert.NotEqual(paired.Metrics["e1b.logistic"], own.Metrics["e1b.logistic"]);
    }

    [Fact]
    public void Fewer_pairs_than_the_codebook_needs_are_told_before_any_work()
    {
        var settings = Settings with { Estimators = Settings.Estimators with { Cells = 1000 } };
        var message = Assert.Throws<ReproException>(() => TotalVariationMeasure.Run(settings, SmallSettings.Encoder, SmallSettings.Encoder, "none", "none", SmallSettings.Pairs, null, SmallSettings.Context(_folder.Create("work")))).Message;
        Assert.Contains("pairs are too few to estimate total variation with a codebook of 1000 cells. Allowed: 1500 pairs or more.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_targets_of_one_source_give_one_pair()
    {
        var pairs = SmallSettings.Pairs with { SourceOfTarget = [.. Enumerable.Range(0, 32).Select(target => target / 3)] };
        var (source, target) = TotalVariationMeasure.Items(pairs, 100, 0);

        Assert.Equal(Enumerable.Range(0, 11), source.Order());
        Assert.Equal(source.Select(of => 3 * of), target);
        Assert.Equal(source[..4], TotalVariationMeasure.Items(pairs, 4, 0).Source);
    }

    [Fact]
    public void Clips_are_the_mean_of_their_frames_features()
    {
        using var scope = NewDisposeScope();
        using var encoder = Networks.CreateEncoder(SmallSettings.Encoder, 0, CPU).Frozen();
        var frames = encoder.call(TestView.Apply(new Clips().Read([2]), SyntheticImages.Side));
        var found = TotalVariationMeasure.Encode(encoder, new Clips(), [0, 2], SyntheticImages.Side, CPU);

        Assert.Equal([2L, 32], found.shape);
        Assert.True((found[1] - frames.mean([0])).abs().max().ToDouble() < 1e-5);
    }

    private string Stored(EncoderSettings settings, long seed)
    {
        var folder = _folder.Create($"encoder {settings.Width} {seed}");
        using var encoder = Networks.CreateEncoder(settings, seed, CPU);
        Networks.SaveModule(encoder, folder, Networks.EncoderFile);
        return folder;
    }

    /// <summary>Each item is three images.</summary>
    private sealed class Clips : IImageSet
    {
        private readonly SyntheticImages _frames = new(9, 4, background: 0);

        public int Count => 3;

        public int Frames => 3;

        public int Channels => 1;

        public int Height => SyntheticImages.Side;

        public int Width => SyntheticImages.Side;

        public byte Background => 0;

        public Tensor Read(ReadOnlySpan<int> indices)
        {
            var frames = new List<int>();
            foreach (var index in indices) frames.AddRange([3 * index, (3 * index) + 1, (3 * index) + 2]);
            return _frames.Read(frames.ToArray());
        }
    }
}
