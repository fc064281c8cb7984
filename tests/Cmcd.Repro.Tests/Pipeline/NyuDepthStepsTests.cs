using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Datasets.Mirror;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Pipeline;

/// <summary>All three steps on NYU-Depth V2's mirror: views of 224 from images of 480 x 640, scored on every labelled pixel.</summary>
public sealed class NyuDepthStepsTests : IDisposable
{
    private static readonly EncoderSettings Encoder = SmallSettings.Encoder with { InputChannels = 3, Stem = Repro.Experiments.Stem.ImageNet };

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mirror_runs_from_pretraining_to_mean_IoU()
    {
        var data = new NyuDepth(() => NyuMirror.Store(_folder.File("cache")), _folder.File("packed"), new(), null);
        var (pairs, train, test) = (data.Pairs(null), data.Segmented("train", null), data.Segmented("test", null));
        var views = SmallSettings.LinearEvaluation.Views with { Size = 224 };
        var distillation = SmallSettings.Distillation(SmallSettings.Cmc) with { BatchSize = 4, Epochs = 1, Views = views };

        Step1Pretraining.Run(SmallSettings.SimClr with { BatchSize = 4, Epochs = 1, Views = views }, Encoder, pairs.Source, null, Step1Pretraining.SourceStream, Context("teacher"));
        Step2Distillation.Run(distillation, Encoder, Encoder, Initialisation.Source, _folder.File("teacher"), pairs, Context("student"));
        foreach (var protocol in new[] { Protocol.LE, Protocol.FT })
        {
            var settings = SmallSettings.LinearEvaluation with { Protocol = protocol, BatchSize = 4, Epochs = 1, Views = views };
            var result = Step3Segmentation.Run(settings, Encoder, _folder.File("student"), train, test, Context($"{protocol}"));
            var confusions = Step3Segmentation.ReadConfusions(_folder.File($"{protocol}"));

            Assert.InRange((double)result.Metrics["miou"], 0, 100);
            Assert.Equal(NyuMirror.Test.Select(image => Labelled(image - 1)), confusions.Select(image => image.Sum(count => count.Pixels)));
        }
    }

    private static long Labelled(int image) =>
        (from y in Enumerable.Range(0, NyuMirror.Height) from x in Enumerable.Range(0, NyuMirror.Width) where NyuMirror.Label(image, y, x) > 0 select 1L).Sum();

    private StepContext Context(string folder) => SmallSettings.Context(_folder.Create(folder)) with { CheckpointInterval = TimeSpan.FromHours(1) };
}
