using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Infrastructure;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Pipeline;

/// <summary>Step 2 on pairs whose source side are clips.</summary>
public sealed class ClipTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public static TheoryData<LossSettings> Losses => StepTests.Losses;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Features_are_averaged_first_and_normalised_then()
    {
        using var scope = NewDisposeScope();
        var mean = FrameMean.Of(tensor(new float[,] { { 3, 4 }, { 1, 0 } }), 2);
        Assert.Equal([2f, 2f], mean.data<float>().ToArray());
        Assert.All(nn.functional.normalize(mean).data<float>().ToArray(), value => Assert.Equal(0.707107f, value, tolerance: 1e-6f));
    }

    [Fact]
    public void Maps_are_averaged_over_each_clips_own_frames()
    {
        using var scope = NewDisposeScope();
        var maps = arange(3 * 4 * 2 * 5 * 5, dtype: float32).sin().view(3 * 4, 2, 5, 5);
        var mean = FrameMean.Of(maps, 4);

        Assert.Equal([3, 2, 5, 5], mean.shape);
        for (var clip = 0; clip < 3; clip++)
            for (var channel = 0; channel < 2; channel++)
                for (var place = 0; place < 25; place++)
                {
                    var expected = Enumerable.Range(0, 4).Average(frame => maps[(clip * 4) + frame, channel, place / 5, place % 5].item<float>());
                    Assert.Equal(expected, mean[clip, channel, place / 5, place % 5].item<float>(), tolerance: 1e-6f);
                }

        Assert.Same(maps, FrameMean.Of(maps, 1));
    }

    [Fact]
    public void Objective_of_clips_is_that_of_teacher_features_averaged_by_hand()
    {
        using var scope = NewDisposeScope();
        using var teacher = Networks.CreateEncoder(SmallSettings.Encoder, 1, CPU).Frozen();
        using var student = Networks.CreateEncoder(SmallSettings.Encoder, 2, CPU);
        using var objective = new DistillationObjective(SmallSettings.Distillation(SmallSettings.Cmc), teacher, student, 0, CPU, frames: 3);
        student.eval();
        var (target, source, photos) = (Views(4, 0), Views(12, 1), arange(4, dtype: int64));

        var byHand = stack([.. Enumerable.Range(0, 4).Select(clip => (teacher.call(source[(clip * 3)..((clip * 3) + 1)])
            + teacher.call(source[((clip * 3) + 1)..((clip * 3) + 2)]) + teacher.call(source[((clip * 3) + 2)..((clip * 3) + 3)]))[0] / 3)]);
        Assert.Equal(objective.OfFeatures(student.call(target), byHand, photos).item<float>(), objective.Of(target, source, photos).item<float>(), tolerance: 1e-5f);

        Tensor Views(int count, double phase) => (arange(count * 16 * 16, dtype: float32) * 0.37 + phase).sin().abs().view(count, 1, 16, 16);
    }

    [Theory, MemberData(nameof(Losses))]
    public void Every_loss_falls_on_clips(LossSettings loss)
    {
        var losses = LossesOf(Distil(SmallSettings.Distillation(loss) with { Epochs = 6 }, Clips(new SyntheticClips(new SyntheticImages(96, 4, 0), 3)), "clips"));
        Assert.True(losses[^1] < losses[0], $"The loss went from {losses[0]} to {losses[^1]}.");
    }

    /// <summary>The frames of a clip get one crop, one flip, one photometry: else two equal frames would differ.</summary>
    [Theory, MemberData(nameof(Losses))]
    public void Clip_of_equal_frames_teaches_what_its_single_image_teaches(LossSettings loss)
    {
        var settings = SmallSettings.Distillation(loss) with { Epochs = 1 };
        var single = LossesOf(Distil(settings, SmallSettings.Pairs, "single"));
        var clip = LossesOf(Distil(settings, Clips(new SyntheticClips(SmallSettings.Photos, 2, repeated: true)), "clip"));
        Assert.Equal(single[0], clip[0], tolerance: 1e-4 * single[0]);
    }

    [Fact]
    public void Clip_with_a_missing_frame_is_named_with_what_to_do()
    {
        var pairs = Clips(new Faulty(new SyntheticClips(new SyntheticImages(96, 4, 0), 3), 17, cutTo: 2));
        var message = Assert.Throws<ReproException>(() => Distil(SmallSettings.Distillation(SmallSettings.Cmc), pairs, "cut")).Message;
        Assert.Equal("bars, source side: item 17 is Byte [2, 1, 16, 16], expected Byte [3, 1, 16, 16] (3 frames an item). "
            + "Bring every item of the set to one number of frames, channels and one size.", message);
    }

    [Fact]
    public void All_that_does_not_fit_is_told_before_any_work()
    {
        var pairs = new PairedDataset("odd", "hash", SmallSettings.Photos, new SyntheticClips(SmallSettings.Photos, 4), [0, 1, 32, 3, 4]);
        var other = SmallSettings.Encoder with { Width = 8, InputChannels = 3 };
        var message = Assert.Throws<ReproException>(() => Step2Distillation.Run(SmallSettings.Distillation(SmallSettings.Cmc), SmallSettings.Encoder, other, Initialisation.Source,
            SmallSettings.Teacher(_folder), pairs, SmallSettings.Context(_folder.Create("odd")))).Message;

        Assert.Equal("Step 2 cannot start on odd: 8 target items have 5 partners. Name one source item for each target item. "
            + "Target item 2 is unpaired: it names source item 32 of 32 (0 to 31). Add that source item or leave the target item out. "
            + "Target items are clips of 4 frames; a student reads single images. Make the clips the source side. "
            + "Target images have 1 channels, the student reads 3. Change student.inputChannels. "
            + "The student cannot start from the weights of another network (ResNet18, width 4, stem Small, 1 channels for ResNet18, width 8, stem Small, 3 channels). "
            + "Set inits to Random, or give both one network.", message);
    }

    [Fact]
    public void Clips_are_no_images_for_step_1() => Assert.StartsWith("The unlabelled set holds clips of 4 frames", Assert.Throws<ReproException>(() => Step1Pretraining.Run(
        SmallSettings.SimClr, SmallSettings.Encoder, new SyntheticClips(SmallSettings.Photos, 4), null, 1, SmallSettings.Context(_folder.Create("step 1")))).Message);

    private static PairedDataset Clips(IImageSet clips) => SmallSettings.Pairs with { Source = clips };

    private static double[] LossesOf(StepResult result) => [.. ((string)result.Metrics["epochLosses"]).Split(' ').Select(double.Parse)];

    private StepResult Distil(DistillationSettings settings, PairedDataset pairs, string run) => Step2Distillation.Run(
        settings, SmallSettings.Encoder, SmallSettings.Encoder, Initialisation.Random, SmallSettings.Teacher(_folder), pairs, SmallSettings.Context(_folder.Create(run)));

    /// <summary>A set in which one item has fewer frames than promised.</summary>
    private sealed class Faulty(IImageSet whole, int item, int cutTo) : IImageSet
    {
        public int Count => whole.Count;

        public int Frames => whole.Frames;

        public int Channels => whole.Channels;

        public int Height => whole.Height;

        public int Width => whole.Width;

        public byte Background => whole.Background;

        public Tensor Read(ReadOnlySpan<int> indices)
        {
            var parts = new List<Tensor>();
            foreach (var index in indices)
            {
                var clip = whole.Read([index]);
                parts.Add(index == item ? clip[..cutTo] : clip);
            }

            return cat(parts);
        }
    }
}
