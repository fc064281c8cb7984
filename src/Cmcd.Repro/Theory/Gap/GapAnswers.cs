using Cmcd.Repro.Caching;
using Cmcd.Repro.Metrics;
using Cmcd.Repro.Models;
using static TorchSharp.torch;

namespace Cmcd.Repro.Theory.Gap;

/// <summary>The answers of one method under one protocol as a stage of their own, so that a cell of the gap experiment has a key like any other cell.</summary>
public static class GapAnswers
{
    /// <summary>Part of the stage key.</summary>
    public const int Version = 1;

    private const string PredictionsFile = "predictions.safetensors";

    /// <summary>The stage's key.</summary>
    public static StageKey Key(GapMethod method, string protocol, StageKey level)
    {
        ArgumentNullException.ThrowIfNull(level);
        return StageKey.Of("gap-evaluate", Version, new { method, protocol }, ("level", level.Hash));
    }

    /// <summary>Takes the answers out of a level's folder; as step 3 stores them.</summary>
    public static GapOutput Run(GapMethod method, string protocol, string levelFolder, string folder)
    {
        using var scope = NewDisposeScope();
        var (predicted, labels) = GapLevelRun.ReadAnswers(levelFolder, method, protocol);
        using (var file = File.Create(Path.Combine(folder, PredictionsFile)))
            Safetensors.Write(file, new Dictionary<string, Tensor> { ["predicted"] = tensor(predicted), ["label"] = tensor(labels) });
        return new(new Dictionary<string, object> { ["top1"] = Top1.Accuracy(predicted, labels) }, [PredictionsFile]);
    }
}
