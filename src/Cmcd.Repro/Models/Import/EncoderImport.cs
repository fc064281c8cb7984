using static TorchSharp.torch;

namespace Cmcd.Repro.Models.Import;

/// <summary>An encoder in a weight file: every tensor of the file is used or named as skipped, every tensor of the encoder has its like.</summary>
/// <remarks>
/// Reads torchvision's names in any kind of file, and those of SimCLR v1's TensorFlow checkpoints (ResNet-50, 1x, 2x, 4x), whose convolutions are
/// turned from [k, k, in, out] to [out, in, k, k]. Narrower and wider floats become float32. Weights say nothing of three options: published
/// SimCLR weights expect <see cref="EncoderOptions.SamePaddedPool"/> and images in [0, 1] without mean and deviation taken off.
/// </remarks>
public sealed class EncoderImport
{
    private const int ShownFaults = 8;
    private const int LargestWidth = 1024;   // four times the published 4x; a hostile file could describe more than memory holds

    private readonly IWeightFile _file;
    private readonly Dictionary<string, WeightEntry> _sources;

    private EncoderImport(IWeightFile file, EncoderShape shape, Dictionary<string, WeightEntry> sources, IReadOnlyList<SkippedWeight> skipped)
    {
        (_file, Shape, _sources, Skipped) = (file, shape, sources, skipped);
        Entries = [.. shape.Entries()];
        Zeroed = [.. Entries.Where(entry => !sources.ContainsKey(entry.Name)).Select(entry => entry.Name)];
    }

    /// <summary>What the file holds.</summary>
    public EncoderShape Shape { get; }

    /// <summary>The encoder's tensors, in torchvision's order.</summary>
    public IReadOnlyList<WeightEntry> Entries { get; }

    /// <summary>What the file holds besides, and why it is left out.</summary>
    public IReadOnlyList<SkippedWeight> Skipped { get; }

    /// <summary>Keys that the file need not have: batch counters, which become 0 and which inference does not read.</summary>
    public IReadOnlyList<string> Zeroed { get; }

    /// <summary>The names are those of SimCLR's TensorFlow code.</summary>
    public bool IsSimClr => WeightNames.IsSimClr(_sources["conv1.weight"].Name);

    /// <summary>Finds the encoder in a file. Reads no values.</summary>
    /// <param name="file">Stays open for as long as this is used; not disposed.</param>
    /// <exception cref="ReproException">It holds none, tensors are missing or left over, or have another shape or kind; all of them are counted, the first named.</exception>
    public static EncoderImport Of(IWeightFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var sources = new Dictionary<string, WeightEntry>(StringComparer.Ordinal);
        var skipped = new List<SkippedWeight>(file.Skipped);
        var faults = new List<string>();
        foreach (var entry in file.Entries)
        {
            if (WeightNames.ReasonToSkip(entry.Name) is { } reason) skipped.Add(new(entry.Name, reason));
            else if (WeightNames.KeyOf(entry.Name) is not { } key) faults.Add($"unexpected {entry}");
            else if (!sources.TryAdd(key, entry)) faults.Add($"{entry.Name} and {sources[key].Name} are both {key}");
        }

        if (!sources.TryGetValue("conv1.weight", out var stem) || ShapeOf(stem) is not [> 0 and <= LargestWidth, > 0 and <= LargestWidth, 3 or 7, 3 or 7] sizes)
        {
            throw new ReproException(
                $"{file.Path} ({file.Format}) holds no ResNet encoder: {(stem is null ? "neither conv1.weight (torchvision) nor base_model/conv2d/kernel (SimCLR v1)" : $"the first convolution is {stem}")}. "
                + $"It has {file.Entries.Count} tensors, first {string.Join(", ", file.Entries.Take(3))}. SimCLR v2's files and projection heads are not read.");
        }

        var shape = new EncoderShape(sources.ContainsKey("layer1.0.conv3.weight") ? Architecture.ResNet50 : Architecture.ResNet18, (int)sizes[0], (int)sizes[2], (int)sizes[1]);
        var expected = shape.Entries().ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        foreach (var (key, target) in expected)
        {
            if (!sources.TryGetValue(key, out var source)) { if (!IsBatchCounter(key)) faults.Add($"missing {target}"); }
            else if (!ShapeOf(source).SequenceEqual(target.Shape) || IsFloat(source.Type) != IsFloat(target.Type)) faults.Add($"{source} does not fit {target}");
        }

        faults.AddRange(sources.Where(source => !expected.ContainsKey(source.Key)).Select(source => $"unexpected {source.Value}"));
        if (faults.Count > 0)
        {
            throw new ReproException(
                $"{file.Path} ({file.Format}) is no whole {shape}: {string.Join("; ", faults.Take(ShownFaults))}{(faults.Count > ShownFaults ? $"; and {faults.Count - ShownFaults} more" : "")}. "
                + "Nothing was loaded. Get a file of this network alone.");
        }

        return new EncoderImport(file, shape, sources, skipped);
    }

    /// <summary>The values of one tensor as the encoder keeps them.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <returns>Of the entry's type and shape, any memory order, finite; it belongs to the caller's dispose scope and is valid until the next read.</returns>
    /// <exception cref="ReproException">A value is NaN or infinite, a variance negative, or the file is damaged; the message names the tensor.</exception>
    public Tensor Read(WeightEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!_sources.TryGetValue(entry.Name, out var source)) return zeros(entry.Shape, dtype: entry.Type);

        using var scope = NewDisposeScope();
        var values = _file.Read(source).to(entry.Type);
        if (IsFloat(entry.Type)) RequireSound(values, entry, source);
        if (IsTurned(source)) values = values.permute(3, 2, 0, 1);
        return values.MoveToOuterDisposeScope();
    }

    /// <summary>A new encoder with these weights.</summary>
    /// <param name="options">Those of the encoder that is wanted; they must describe what the file holds.</param>
    /// <exception cref="ReproException">The file holds another architecture, width or stem, or as <see cref="Read"/>. No encoder is left behind.</exception>
    /// <remarks>Holds the model and one tensor more at a time (the largest of a 4x has 151 MB).</remarks>
    public Encoder Load(EncoderOptions options)
    {
        var wanted = EncoderShape.Of(options);
        if (wanted != Shape) throw new ReproException($"{_file.Path} holds a {Shape}; wanted is a {wanted}. Take the weights of that network, or set the encoder to what the file holds.");

        var encoder = Encoder.Blank(options);
        try
        {
            using var gradients = no_grad();
            var state = encoder.state_dict();
            foreach (var entry in Entries)
            {
                using var scope = NewDisposeScope();
                state[entry.Name].copy_(Read(entry));
            }

            return encoder;
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    private static long[] ShapeOf(WeightEntry source) => IsTurned(source) ? [source.Shape[3], source.Shape[2], source.Shape[0], source.Shape[1]] : source.Shape;

    private static bool IsTurned(WeightEntry source) => source.Shape.Length == 4 && WeightNames.IsSimClr(source.Name);

    private static bool IsFloat(ScalarType type) => type is ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16;

    private static bool IsBatchCounter(string key) => key.EndsWith('.' + EncoderShape.BatchCounter, StringComparison.Ordinal);

    /// <remarks>The smallest and largest value of a tensor that holds a NaN are NaN.</remarks>
    private void RequireSound(Tensor values, WeightEntry entry, WeightEntry source)
    {
        var (smallest, largest) = (values.min().item<float>(), values.max().item<float>());
        if (!float.IsFinite(smallest) || !float.IsFinite(largest))
        {
            var bad = values.numel() - values.isfinite().sum().item<long>();
            throw new ReproException($"{_file.Path}: {source.Name} holds {bad:N0} of {values.numel():N0} values that are NaN or infinite in float32: broken weights. Get the file again.");
        }

        if (smallest < 0 && entry.Name.EndsWith(".running_var", StringComparison.Ordinal))
            throw new ReproException($"{_file.Path}: {source.Name} holds the variance {smallest}, which is below 0: broken weights. Get the file again.");
    }
}
