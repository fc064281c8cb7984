using System.Security.Cryptography;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Losses;
using Cmcd.Repro.Models;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Tests.Infrastructure;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Pipeline;

/// <summary>Map and statistics losses between a teacher and a student of different shape.</summary>
public sealed class UnequalNetworksTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public static TheoryData<LossSettings> Losses => [new CmstSettings(), new CmkdSettings(1000), new SocketSettings(10, 0.5)];

    private static EncoderSettings Other => new(Repro.Experiments.Architecture.ResNet50, Width: 2, Repro.Experiments.Stem.SmallStrided, InputChannels: 1, Repro.Experiments.Precision.Fp32, SamePaddedPool: false);

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Losses))]
    public void Loss_falls_between_other_widths_depths_and_grids_and_resumes_to_the_same_bits(LossSettings loss)
    {
        var teacher = SmallSettings.Teacher(_folder);
        var settings = SmallSettings.Distillation(loss) with { Epochs = 3 };
        var straight = Distil("straight", default);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Distil("stopped", stop.Token, step => { if (step == 5) stop.Cancel(); }));
        Distil("stopped", default);

        var losses = ((string)straight.Metrics["epochLosses"]).Split(' ').Select(double.Parse).ToArray();
        Assert.True(losses[^1] < losses[0], $"The loss went from {losses[0]} to {losses[^1]}.");
        Assert.Equal(HashOf("straight"), HashOf("stopped"));
        Assert.Equal(["encoder.safetensors"], straight.Files);                  // the adapters are dropped

        StepResult Distil(string run, CancellationToken cancellation, Action<int>? report = null) => Step2Distillation.Run(
            settings, SmallSettings.Encoder, Other, Initialisation.Random, teacher, SmallSettings.Pairs,
            SmallSettings.Context(_folder.Create(run), cancellation) with { Report = progress => report?.Invoke(progress.Step) });
    }

    [Theory]
    [InlineData("cmst", "3.bias 32,3.weight 32x64")]
    [InlineData("cmkd", "3.bias 32,3.weight 32x64")]
    [InlineData("socket", "0.bias 4,0.weight 4x8,1.bias 8,1.weight 8x16,2.bias 16,2.weight 16x32,3.bias 32,3.weight 32x64")]
    [InlineData("cmc", "0.bias 64,0.weight 64x64,2.bias 32,2.weight 32x64")]
    public void Only_what_a_loss_compares_is_adapted(string loss, string expected)
    {
        using var teacher = Networks.CreateEncoder(SmallSettings.Encoder, 0, CPU).Frozen();
        using var student = Networks.CreateEncoder(Other, 1, CPU);
        using var objective = new DistillationObjective(SmallSettings.Distillation(SettingsOf(loss)), teacher, student, 0, CPU);

        var (name, module) = Assert.Single(objective.Trained);
        Assert.Equal(loss == "cmc" ? "projector" : "adapters", name);
        Assert.Equal(expected, string.Join(',', module.state_dict().Select(entry => $"{entry.Key} {string.Join('x', entry.Value.shape)}").Order(StringComparer.Ordinal)));
    }

    [Theory, InlineData("cmst"), InlineData("cmkd"), InlineData("socket")]
    public void Equal_networks_have_nothing_to_adapt(string loss)
    {
        using var teacher = Networks.CreateEncoder(SmallSettings.Encoder, 0, CPU).Frozen();
        using var student = Networks.CreateEncoder(SmallSettings.Encoder, 1, CPU);
        using var objective = new DistillationObjective(SmallSettings.Distillation(SettingsOf(loss)), teacher, student, 0, CPU);
        Assert.Empty(objective.Trained);
    }

    [Fact]
    public void Socket_between_other_networks_compares_stage_outputs_of_the_paired_batch()
    {
        using var scope = NewDisposeScope();
        using var teacher = Networks.CreateEncoder(SmallSettings.Encoder, 0, CPU).Frozen();
        using var student = Networks.CreateEncoder(Other, 1, CPU);
        using var objective = new DistillationObjective(SmallSettings.Distillation(new SocketSettings(10, 0.5)), teacher, student, 7, CPU, frames: 2);
        using var adapters = new StageAdapters(student.StageChannels, teacher.StageChannels, 0, 7);
        student.eval();
        var (target, source) = (Views(3), Views(6));

        var expected = 0.0;
        var (own, theirs) = (adapters.call(student.Trace(target).Stages), teacher.Trace(source).Stages);
        for (var stage = 0; stage < 4; stage++)
        {
            var (mean, variance) = (0.0, 0.0);
            for (var channel = 0; channel < theirs[stage].shape[1]; channel++)
            {
                var (a, b) = (Moments(own[stage], channel), Moments(theirs[stage], channel));
                mean += (a.Mean - b.Mean) * (a.Mean - b.Mean);
                variance += (a.Variance - b.Variance) * (a.Variance - b.Variance);
            }

            expected += 0.5 * (stage == 0 ? 10 : 1) * (Math.Sqrt(mean) + Math.Sqrt(variance));
        }

        Assert.Equal(expected, objective.Of(target, source, arange(3, dtype: int64)).item<float>(), tolerance: 1e-4 * expected);

        static (double Mean, double Variance) Moments(Tensor map, int channel)
        {
            var values = map[TensorIndex.Colon, channel].contiguous().flatten().to(float64).data<double>().ToArray();
            var mean = values.Average();
            return (mean, values.Average(value => (value - mean) * (value - mean)));
        }
    }

    [Fact]
    public void Cmkd_copies_the_adapted_map_and_attends_to_the_maps_as_they_are()
    {
        using var scope = NewDisposeScope();
        var (student, teacher, copied) = (Wave(2, 5, 4, 4), Wave(2, 3, 2, 2), Wave(2, 3, 4, 4));
        var expected = new CmstLoss().call(copied, teacher).item<float>() + (1000 * new AttentionTransferLoss().call(student, teacher).item<float>());
        Assert.Equal(expected, new CmkdLoss().Adapted([student], copied, [teacher]).item<float>(), tolerance: 1e-4f * expected);

        static Tensor Wave(params long[] shape) => (arange(shape.Aggregate((a, b) => a * b), dtype: float32) * 0.7).cos().view(shape);
    }

    private static Tensor Views(int count) => (arange(count * 16 * 16, dtype: float32) * 0.37).sin().abs().view(count, 1, 16, 16);

    private static LossSettings SettingsOf(string loss) => loss switch
    {
        "cmst" => new CmstSettings(),
        "cmkd" => new CmkdSettings(1000),
        "socket" => new SocketSettings(10, 0.5),
        _ => SmallSettings.Cmc,
    };

    private string HashOf(string run) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder.Path, run, "encoder.safetensors"))));
}
