using Cmcd.Repro.Datasets;
using Cmcd.Repro.Models;
using Cmcd.Repro.Models.Import;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Datasets.Mirror;
using Cmcd.Repro.Tests.Infrastructure;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Pipeline;

public sealed class TeacherGateTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly IWeightFile _file;
    private readonly Encoder _teacher;

    public TeacherGateTests()
    {
        SimClrMirror.Write(_folder.Path, 4);
        _file = WeightFile.Open(_folder.File(SimClrMirror.Index));
        _teacher = EncoderImport.Of(_file).Load(new EncoderOptions(Architecture.ResNet50, 4, Stem.ImageNet, SamePaddedPool: true));
    }

    public void Dispose()
    {
        _teacher.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }

    /// <summary>By the head's own kernel and bias, class by class, in doubles.</summary>
    [Fact]
    public void Accuracy_is_that_of_the_head_in_the_file_on_the_middle_of_each_image()
    {
        var images = new Noise(30);
        var answers = Answers(images);
        int[] labels = [.. answers.Select((answer, item) => item < 21 ? answer : (answer + 1) % SimClrMirror.Classes)];   // 70 % right

        Assert.Equal("top-1 70.00 % on 30 images of ImageNet's validation set, published 69.3 %", Check(images, labels, 69.3));
        Assert.Contains("published 70.9 %", Check(images, labels, 70.9), StringComparison.Ordinal);
        foreach (var published in new[] { 68.9, 71.1 })
        {
            var message = Assert.Throws<ReproException>(() => Check(images, labels, published)).Message;
            Assert.Contains("Allowed: within 1 point. Nothing was distilled from it.", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Padding_all_round_instead_of_SAME_is_another_function_and_fails()
    {
        var images = new Noise(30);
        var labels = Answers(images);
        using var wrong = EncoderImport.Of(_file).Load(new EncoderOptions(Architecture.ResNet50, 4, Stem.ImageNet, SamePaddedPool: false));
        Assert.StartsWith("top-1 100.00 %", Check(images, labels, 100), StringComparison.Ordinal);
        Assert.Throws<ReproException>(() => TeacherGate.Check(wrong, _file, Weights(100), Set(images, labels), SmallSettings.Context(_folder.Create("work"))));
    }

    [Fact]
    public void Without_images_or_without_a_published_number_it_says_that_nothing_was_checked()
    {
        var context = SmallSettings.Context(_folder.Create("work"));
        Assert.Contains("accuracy not checked, as no ImageNet validation set was given", TeacherGate.Check(_teacher, _file, Weights(69.3), null, context), StringComparison.Ordinal);
        Assert.Contains("accuracy not checked, as none is published", TeacherGate.Check(_teacher, _file, Weights(null), Set(new Noise(2), [0, 1]), context), StringComparison.Ordinal);
    }

    private string Check(Noise images, int[] labels, double published) =>
        TeacherGate.Check(_teacher, _file, Weights(published), Set(images, labels), SmallSettings.Context(_folder.Create("work")));

    private int[] Answers(Noise images)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        _teacher.eval();
        var view = Cmcd.Repro.Augmentations.TestView.Apply(images.Read([.. Enumerable.Range(0, images.Count)]), 224);
        var features = _teacher.call(view).data<float>().ToArray();
        var (kernel, bias) = (Head("kernel"), Head("bias"));
        var width = (int)_teacher.FeatureDimension;
        return [.. Enumerable.Range(0, images.Count).Select(item => Enumerable.Range(0, SimClrMirror.Classes)
            .MaxBy(label => bias[label] + Enumerable.Range(0, width).Sum(feature => (double)features[(item * width) + feature] * kernel[(feature * SimClrMirror.Classes) + label])))];

        float[] Head(string name) => _file.Read(_file.Entries.First(entry => entry.Name == "head_supervised/linear_layer/dense/" + name)).contiguous().data<float>().ToArray();
    }

    private static ImportedWeights Weights(double? top1) => new("simclr-1x", "model.ckpt-225206.index", "hash", top1);

    private static LabelledDataset Set(IImageSet images, int[] labels) => new("imagenet-validation", "hash", images, labels, [.. Enumerable.Range(0, SimClrMirror.Classes).Select(label => $"n{label:00000000}")]);

    private sealed class Noise(int count) : IImageSet
    {
        public int Count => count;

        public int Channels => 3;

        public int Height => 256;

        public int Width => 256;

        public byte Background => 0;

        public Tensor Read(ReadOnlySpan<int> indices)
        {
            using var scope = NewDisposeScope();
            Tensor[] images = [.. indices.ToArray().Select(item => ((arange(3L * 256 * 256, dtype: ScalarType.Float32) * (0.001f * (item + 1))).sin() * 127 + 128).to(ScalarType.Byte).view(3, 256, 256))];
            return stack(images).MoveToOuterDisposeScope();
        }
    }
}
