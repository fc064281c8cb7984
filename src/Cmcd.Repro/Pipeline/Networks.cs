using Cmcd.Repro.Augmentations;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Models;
using Cmcd.Repro.Models.Import;
using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>From settings and stored files to live networks and views.</summary>
internal static class Networks
{
    public const string EncoderFile = "encoder.safetensors";

    // Each step of a run draws from numbers of its own, so that a random student does not start as the teacher once did.
    public static long SeedOf(long seed, int step) => (seed * 8) + step;

    public static Encoder CreateEncoder(EncoderSettings settings, long seed, Device device)
    {
        var encoder = new Encoder(OptionsOf(settings), seed);
        encoder.to(device);
        return encoder;
    }

    /// <summary>Published weights as a network of these settings, on the CPU.</summary>
    /// <exception cref="ReproException">They are of another network, or damaged.</exception>
    public static Encoder Import(EncoderSettings settings, EncoderImport weights) => weights.Load(OptionsOf(settings));

    /// <summary>A stored encoder; strict: every tensor used, every shape equal.</summary>
    public static Encoder LoadEncoder(EncoderSettings settings, string folder, Device device)
    {
        var encoder = CreateEncoder(settings, 0, device);
        using var scope = NewDisposeScope();
        using var file = File.OpenRead(Path.Combine(folder, EncoderFile));
        using var stored = Safetensors.Read(file);
        StateDict.CopyInto(encoder, stored.Tensors);
        return encoder;
    }

    /// <summary>Loads the stored weights into each network as its stage did: strict, or it throws.</summary>
    /// <returns>The fact, for the manifest.</returns>
    /// <exception cref="ReproException">A key is missing or left over, or a shape or type differs.</exception>
    public static string RequireStrictLoad(IReadOnlyList<EncoderSettings> networks, string folder, Device device)
    {
        var tensors = 0;
        foreach (var settings in networks.Distinct())
        {
            using var encoder = LoadEncoder(settings, folder, device);
            tensors = encoder.state_dict().Count;
        }

        return $"{tensors} tensors by key, type and shape, none missing, none left over";
    }

    public static void SaveModule(nn.Module module, string folder, string file)
    {
        using var scope = NewDisposeScope();
        using var stream = File.Create(Path.Combine(folder, file));
        Safetensors.Write(stream, module.state_dict());
    }

    /// <summary>Multiply-adds of one image through the encoder; training it takes three times as many.</summary>
    public static double ForwardCostOf(EncoderSettings settings, int size) => ForwardCost.Of(OptionsOf(settings), size);

    public static ViewOptions Views(ViewSettings settings, byte background) => new()
    {
        Size = settings.Size,
        MinArea = settings.MinArea,
        MaxArea = settings.MaxArea,
        MinAspect = settings.MinAspect,
        MaxAspect = settings.MaxAspect,
        FlipProbability = settings.FlipProbability,
        JitterProbability = settings.JitterProbability,
        Brightness = settings.Brightness,
        Contrast = settings.Contrast,
        Saturation = settings.Saturation,
        Hue = settings.Hue,
        GreyscaleProbability = settings.GreyscaleProbability,
        BlurProbability = settings.BlurProbability,
        BlurSigmaMin = settings.BlurSigmaMin,
        BlurSigmaMax = settings.BlurSigmaMax,
        Interpolation = Enum.Parse<Augmentations.Interpolation>(settings.Interpolation.ToString()),
        Ink = background == byte.MaxValue,
    };

    /// <summary>The view in which a set's images are tested: the middle of large photos, the whole of what reaches its edges.</summary>
    public static Tensor TestViewOf(IImageSet set, Tensor images, int size) => set.ReachesEdges ? TestView.Whole(images, size) : TestView.Apply(images, size);

    private static EncoderOptions OptionsOf(EncoderSettings settings) => new(
        Enum.Parse<Models.Architecture>(settings.Architecture.ToString()),
        settings.Width,
        Enum.Parse<Models.Stem>(settings.Stem.ToString()),
        settings.InputChannels,
        Enum.Parse<Models.Precision>(settings.Precision.ToString()),
        settings.SamePaddedPool);
}
