using Cmcd.Repro.Models;
using Cmcd.Repro.Models.Import;
using Cmcd.Repro.Tests.Models.Import;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Datasets.Mirror;

/// <summary>SimCLR's checkpoint of a narrow ResNet-50: the real names, kernels as [k, k, in, out], the head with its momentum, the step.</summary>
internal static class SimClrMirror
{
    public const string Index = "model.ckpt-225206.index", Data = "model.ckpt-225206.data-00000-of-00001";

    /// <summary>Classes of the head.</summary>
    public const int Classes = 1000;

    /// <param name="folder">Where to; it is made.</param>
    /// <param name="width">In place of 64, 128, 256.</param>
    public static void Write(string folder, int width)
    {
        Directory.CreateDirectory(folder);
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var encoder = new Encoder(new EncoderOptions(Architecture.ResNet50, width, Stem.ImageNet), seed: (uint)width);
        var state = encoder.state_dict();
        var tensors = new Dictionary<string, Tensor>();
        foreach (var number in Enumerable.Range(0, 53))
        {
            var suffix = number == 0 ? "" : $"_{number}";
            var kernel = $"base_model/conv2d{suffix}/kernel";
            tensors[kernel] = state[WeightNames.KeyOf(kernel)!].permute(2, 3, 1, 0);
            foreach (var part in (string[])["gamma", "beta", "moving_mean", "moving_variance"])
            {
                var name = $"base_model/batch_normalization{suffix}/{part}";
                tensors[name] = state[WeightNames.KeyOf(name)!];
            }
        }

        const string head = "head_supervised/linear_layer/dense/";
        var weight = arange((long)encoder.FeatureDimension * Classes, dtype: ScalarType.Float32).mul(0.37).sin().mul(0.1).view(encoder.FeatureDimension, Classes);
        (tensors[head + "kernel"], tensors[head + "bias"]) = (weight, arange(Classes, dtype: ScalarType.Float32).cos());
        (tensors[head + "kernel/Momentum"], tensors[head + "bias/Momentum"]) = (zeros_like(weight), zeros(Classes));
        tensors["global_step"] = tensor(225206L);
        TensorBundleWriter.Write(Path.Combine(folder, Path.ChangeExtension(Index, null)), tensors);
    }
}
