using System.Globalization;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Models;
using Cmcd.Repro.Models.Import;
using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>What imported weights are held against before anything is learnt from them: the accuracy of the linear head that comes with them.</summary>
internal static class TeacherGate
{
    /// <summary>Points between our top-1 and the published one: another decoder and resize routine move ImageNet accuracies by up to 0.8.</summary>
    public const double Tolerance = 1;

    private const int BatchSize = 64, ViewSize = 224;

    // Kernel and bias of the head; TensorFlow keeps the kernel as [features, classes], torch as [classes, features].
    private static readonly (string Weight, string Bias, bool IsTurned)[] Heads =
    [
        ("head_supervised/linear_layer/dense/kernel", "head_supervised/linear_layer/dense/bias", true),
        ("fc.weight", "fc.bias", false),
    ];

    /// <param name="network">The imported network, on the device.</param>
    /// <param name="file">The file it came from, for the head.</param>
    /// <param name="weights">What is known of it.</param>
    /// <param name="validation">Images whose class k is the head's class k; null if the user has none.</param>
    /// <param name="context">Device, and when to stop.</param>
    /// <returns>What was checked, for the manifest and the verdict.</returns>
    /// <exception cref="ReproException">The accuracy is not the published one: the weights, their wiring or the images are not what they should be.</exception>
    public static string Check(Encoder network, IWeightFile file, ImportedWeights weights, LabelledDataset? validation, StepContext context)
    {
        if (validation is null) return "fingerprint of fixed images recorded; accuracy not checked, as no ImageNet validation set was given (--imagenet=DIR)";
        if (weights.HeadTop1 is not { } published) return "fingerprint of fixed images recorded; accuracy not checked, as none is published for these weights";

        var top1 = Top1(network, file, validation, context);
        var found = string.Create(CultureInfo.InvariantCulture, $"top-1 {top1:F2} % on {validation.Images.Count:N0} images of ImageNet's validation set, published {published:F1} %");
        return Math.Abs(top1 - published) <= Tolerance ? found : throw new ReproException(
            $"{weights.Name}: {found}. Allowed: within {Tolerance} point. Nothing was distilled from it. Is {weights.Path} the file of that network, and are {validation.Name}'s folders the 1,000 classes n01440764 and on, in the order of their names?");
    }

    private static double Top1(Encoder network, IWeightFile file, LabelledDataset validation, StepContext context)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var (weight, bias) = Head(file, (int)network.FeatureDimension, validation.Classes.Count);
        (weight, bias) = (weight.to(context.Device), bias.to(context.Device));
        network.eval();
        var right = 0;
        for (var first = 0; first < validation.Images.Count; first += BatchSize)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using var batch = NewDisposeScope();
            int[] items = [.. Enumerable.Range(first, Math.Min(BatchSize, validation.Images.Count - first))];
            var view = Networks.TestViewOf(validation.Images, Items.Read(validation.Images, validation.Name, items).to(context.Device), ViewSize);
            var answers = nn.functional.linear(network.call(view), weight, bias).argmax(1).cpu().data<long>().ToArray();
            right += items.Zip(answers).Count(each => validation.Labels[each.First] == each.Second);
        }

        return 100.0 * right / validation.Images.Count;
    }

    private static (Tensor Weight, Tensor Bias) Head(IWeightFile file, int features, int classes)
    {
        foreach (var (weightName, biasName, isTurned) in Heads)
        {
            if (Find(weightName) is not { } weight || Find(biasName) is not { } bias) continue;
            long[] wanted = isTurned ? [features, classes] : [classes, features];
            if (!weight.Shape.SequenceEqual(wanted) || !bias.Shape.SequenceEqual([(long)classes]))
                throw new ReproException($"{file.Path}: the head is {weight} and {bias}; {features} features and {classes} classes need [{string.Join(", ", wanted)}] and [{classes}].");
            var kernel = file.Read(weight).to(ScalarType.Float32).clone();   // a tensor of a weight file is valid until the next read
            return (isTurned ? kernel.t() : kernel, file.Read(bias).to(ScalarType.Float32).clone());
        }

        throw new ReproException($"{file.Path} holds no linear head ({string.Join(" or ", Heads.Select(head => head.Weight))}), so its accuracy cannot be checked. Take the whole checkpoint, or leave --imagenet out.");

        WeightEntry? Find(string name) => file.Entries.FirstOrDefault(entry => entry.Name == name);
    }
}
