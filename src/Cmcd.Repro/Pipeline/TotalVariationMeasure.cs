using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Models;
using Cmcd.Repro.Randomness;
using Cmcd.Repro.Theory.TotalVariation;
using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>Table 2's distance between the modalities: the teacher on source items against an encoder of the target modality on their partners.</summary>
/// <remarks>
/// The theorem speaks of the best encoder of each modality; SSL's student of the same column stands for the target's (Departs: experiments/deviations.md#d30).
/// One target item a source item: two sketches of one photo would give the teacher one feature twice. Clips: the mean of the frames' features, normalised
/// afterwards (O-17). A column without pairs of its own gives its unlabelled target images besides: E4 then is that of the pairs it was trained on, E1 and E2 are
/// of its own images.
/// </remarks>
public static class TotalVariationMeasure
{
    /// <summary>Part of the stage key. Raise it when numbers can change, not when code moves.</summary>
    public const int Version = 2;

    /// <summary>The stage's kind.</summary>
    public const string Kind = "measure";

    private const int SubsetUse = 6;   // 0 to 5 are the estimators' own
    private const int EncodeBatch = 256;
    private const string FeaturesFile = "features.safetensors";

    /// <summary>The stage's key.</summary>
    /// <param name="settings">Items, view, estimators.</param>
    /// <param name="teacher">The teacher's network.</param>
    /// <param name="student">The target encoder's network.</param>
    /// <param name="conditions">Tier, seed, device, threads.</param>
    /// <param name="source">The stage that trained the teacher.</param>
    /// <param name="target">The stage that trained the target encoder.</param>
    /// <param name="pairs">Hash of the pairs.</param>
    /// <param name="unpaired">Hash of the column's own target images; null where the pairs are its own.</param>
    public static StageKey Key(
        MeasureSettings settings, EncoderSettings teacher, EncoderSettings student, Conditions conditions, StageKey source, StageKey target, string pairs, string? unpaired)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        return StageKey.Of(
            Kind, Version, new { settings, teacher, student, conditions },
            [("teacher", source.Hash), ("encoder", target.Hash), ("pairs", pairs), .. unpaired is null ? [] : new[] { ("unpaired", unpaired) }]);
    }

    /// <summary>Encodes, estimates, and writes both sides' features to the work folder.</summary>
    /// <param name="settings">Items, view, estimators.</param>
    /// <param name="teacherSettings">The teacher's network.</param>
    /// <param name="studentSettings">The target encoder's network.</param>
    /// <param name="sourceFolder">Folder of the teacher.</param>
    /// <param name="targetFolder">Folder of the target encoder.</param>
    /// <param name="pairs">Pairs; on each side of which items may be clips.</param>
    /// <param name="unpaired">The column's own target images; null where the pairs are its own.</param>
    /// <param name="context">Seed, device, work folder.</param>
    /// <returns>
    /// The metrics of <see cref="Estimates"/>; the same with <c>null.</c> before them for the teacher on both sides, where it takes the target's channels; <c>items</c>. Without a common dimension of both features E1 and E2 are absent and <c>unpaired</c> says so.
    /// </returns>
    /// <exception cref="ProtocolViolationException">An encoder did not stay frozen.</exception>
    /// <exception cref="ReproException">There are too few pairs for the codebook.</exception>
    public static StepResult Run(
        MeasureSettings settings, EncoderSettings teacherSettings, EncoderSettings studentSettings, string sourceFolder, string targetFolder,
        PairedDataset pairs, IImageSet? unpaired, StepContext context)
    {
        using var scope = NewDisposeScope();
        var (sourceItems, targetItems) = Items(pairs, settings.Items, context.Seed);
        RequireEnough(pairs.Name, sourceItems.Length, settings.Estimators.Cells);
        using var teacher = Networks.LoadEncoder(teacherSettings, sourceFolder, context.Device).Frozen();
        using var student = Networks.LoadEncoder(studentSettings, targetFolder, context.Device).Frozen();
        var sentinels = new Sentinels();
        var (source, target, own, same) = sentinels.WhileFrozen("teacher", teacher, () => sentinels.WhileFrozen("target-encoder", student, () => (
            Encode(teacher, pairs.Source, sourceItems, settings.Size, context.Device),
            Encode(student, pairs.Target, targetItems, settings.Size, context.Device),
            unpaired is null ? null : Encode(student, unpaired, Chosen(unpaired.Count, settings.Items, context.Seed), settings.Size, context.Device),
            pairs.Target.Channels != teacherSettings.InputChannels ? null : Encode(teacher, pairs.Target, targetItems, settings.Size, context.Device))));

        var metrics = new Dictionary<string, object>(sentinels.Facts) { ["items"] = (double)sourceItems.Length };
        foreach (var (name, value) in Estimates.Paired(source, target, settings.Estimators, context.Seed)) metrics[name] = value;
        if (source.shape[1] == target.shape[1])
            foreach (var (name, value) in Estimates.Unpaired(source, own ?? target, settings.Estimators, context.Seed)) metrics[name] = value;
        else
            metrics["unpaired"] = $"E1 and E2 compare features of one space; the teacher has {source.shape[1]} of them, the target encoder {target.shape[1]}";

        // The one space that both sides share: E1 between the spaces of two encoders is near 1 whatever the modalities.
        if (same is not null)
            foreach (var (name, value) in Estimates.Paired(source, same, settings.Estimators, context.Seed).Concat(Estimates.Unpaired(source, same, settings.Estimators, context.Seed)))
                metrics[$"null.{name}"] = value;

        using var file = File.Create(Path.Combine(context.WorkFolder, FeaturesFile));
        Safetensors.Write(file, new Dictionary<string, Tensor> { ["source"] = source, ["target"] = target });
        return new(metrics, [FeaturesFile]);
    }

    /// <summary>A third of both sides' items makes the codebook of E2; of fewer items than cells it would know each by heart.</summary>
    private static void RequireEnough(string pairs, int items, int cells)
    {
        if (2 * (items / 3) < cells)
            throw new ReproException($"{pairs}: {items} pairs are too few to estimate total variation with a codebook of {cells} cells. Allowed: {3 * ((cells + 1) / 2)} pairs or more. Raise the limit of this data set in the tier, or lower estimators.cells in the table.");
    }

    /// <summary>One pair for each source item that has one, its first target item; at most <paramref name="most"/> of them, in the order drawn.</summary>
    internal static (int[] Source, int[] Target) Items(PairedDataset pairs, int most, long seed)
    {
        var first = pairs.SourceOfTarget.Select((source, target) => (source, target)).DistinctBy(pair => pair.source).ToArray();
        var chosen = Chosen(first.Length, most, seed);
        return (Array.ConvertAll(chosen, place => first[place].source), Array.ConvertAll(chosen, place => first[place].target));
    }

    private static int[] Chosen(int count, int most, long seed) =>
        new CounterRandom(seed, Purpose.Estimator, SubsetUse).NextPermutation(count)[..Math.Min(count, most)];

    /// <summary>Features of items in their test view, the mean over an item's frames, [N, D].</summary>
    internal static Tensor Encode(Encoder encoder, IImageSet images, int[] items, int size, Device device)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var chunks = new List<Tensor>();
        var batch = Math.Max(EncodeBatch / images.Frames, 1);
        for (var start = 0; start < items.Length; start += batch)
        {
            using var chunk = NewDisposeScope();
            var ids = items.AsSpan(start, Math.Min(batch, items.Length - start));
            var features = encoder.call(Networks.TestViewOf(images, images.Read(ids).to(device), size));                      // [B·F, D]
            chunks.Add(features.view(ids.Length, images.Frames, -1).mean([1]).MoveToOuterDisposeScope());
        }

        return cat(chunks).MoveToOuterDisposeScope();
    }
}
