using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Models.Import;
using TorchSharp;

namespace Cmcd.Repro.Pipeline;

/// <summary>Published weights in the place of step 1: imported strictly, held against what is known of them, then a stage's encoder like any other.</summary>
/// <remarks>Neither seed nor thread count moves a bit of it: all runs share one stage a network.</remarks>
public static class ImportedTeacher
{
    /// <summary>Part of the stage key. Raise it when numbers can change, not when code moves.</summary>
    public const int Version = 1;

    /// <summary>The fact that says what the weights were held against.</summary>
    public const string GateFact = "sentinel.teacher-gate";

    /// <summary>The stage's key.</summary>
    /// <param name="encoder">The network that the weights are of.</param>
    /// <param name="weights">Hash of the weight files.</param>
    /// <param name="validation">Hash of the images that the network is tried on; null where there are none.</param>
    public static StageKey Key(EncoderSettings encoder, string weights, string? validation) =>
        StageKey.Of("import", Version, new { encoder }, validation is null ? [("weights", weights)] : [("weights", weights), ("validation", validation)]);

    /// <summary>Imports the weights and tries them.</summary>
    /// <param name="encoder">The network that the weights are of.</param>
    /// <param name="weights">Where they lie, and what is known of them.</param>
    /// <param name="validation">ImageNet's validation set, if the user has it.</param>
    /// <param name="context">Device and work folder.</param>
    /// <exception cref="ReproException">The file is damaged or of another network, or the network does not do what it is known to do.</exception>
    public static StepResult Run(EncoderSettings encoder, ImportedWeights weights, LabelledDataset? validation, StepContext context)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(context);
        using var file = WeightFile.Open(weights.Path);
        using var network = Networks.Import(encoder, EncoderImport.Of(file));
        var metrics = new Dictionary<string, object>();
        foreach (var (layer, mean, deviation) in EncoderFingerprint.Of(network).Layers)
            (metrics[$"fingerprint.{layer}.mean"], metrics[$"fingerprint.{layer}.deviation"]) = (mean, deviation);
        network.to(context.Device);
        metrics[GateFact] = TeacherGate.Check(network, file, weights, validation, context);
        Networks.SaveModule(network, context.WorkFolder, Networks.EncoderFile);
        return new(metrics, [Networks.EncoderFile]);
    }
}
