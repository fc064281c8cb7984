using System.Diagnostics;
using System.Globalization;
using Cmcd.Repro.Models;
using Cmcd.Repro.Optimizers;
using Cmcd.Repro.Pipeline;
using static TorchSharp.torch;

namespace Cmcd.Repro.Commands.Doctor;

/// <summary>Is libtorch as fast as this processor lets it be, and does it repeat itself? Ratios decide; times are for reading.</summary>
internal static class TorchChecks
{
    private const double Floor = 0.2;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>Speeds of the operators that carry the training.</summary>
    /// <param name="Matmul">512 × 512 × 512, GFLOP/s.</param>
    /// <param name="Wide">3 × 3 convolution, GFLOP/s.</param>
    /// <param name="Narrow">1 × 1 convolution, GFLOP/s.</param>
    /// <param name="WideBf16">3 × 3 convolution in bf16, GFLOP/s.</param>
    internal sealed record Speeds(double Matmul, double Wide, double Narrow, double WideBf16);

    public static Speeds Measure()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        const int side = 512, batch = 64, channels = 64, wideOut = 64, narrowOut = 256, size = 16;
        var square = ones(side, side);
        var images = ones(batch, size, size, channels).permute(0, 3, 1, 2);   // channels-last, as the networks run
        var wide = ones(wideOut, 3, 3, channels).permute(0, 3, 1, 2);
        var narrow = ones(narrowOut, 1, 1, channels).permute(0, 3, 1, 2);
        var (imagesBf16, wideBf16) = (images.to(bfloat16), wide.to(bfloat16));
        const double pixels = (double)batch * size * size;
        return new(
            Rate(2.0 * side * side * side, () => square.matmul(square)),
            Rate(2 * pixels * channels * wideOut * 9, () => nn.functional.conv2d(images, wide, padding: [1, 1])),
            Rate(2 * pixels * channels * narrowOut, () => nn.functional.conv2d(images, narrow)),
            Rate(2 * pixels * channels * wideOut * 9, () => nn.functional.conv2d(imagesBf16, wideBf16, padding: [1, 1])));
    }

    public static Finding Matmul(Speeds speeds) => new(
        "matrix product", speeds.Matmul < Floor * speeds.Wide ? Health.Warning : Health.Ok, Text($"{speeds.Matmul:F0} GFLOP/s at 512 × 512 × 512, {speeds.Matmul / speeds.Wide:F2} of the 3 × 3 convolution's"),
        "at least 0.2 of it: below, the BLAS is a generic one", "Use the libtorch package of this project (MKL and oneDNN), not one of the system; see the load above before anything else.");

    public static Finding OneByOne(Speeds speeds) => new(
        "1 × 1 convolution", speeds.Narrow < Floor * speeds.Wide ? Health.Warning : Health.Ok, Text($"{speeds.Narrow:F0} GFLOP/s, {speeds.Narrow / speeds.Wide:F2} of the 3 × 3 convolution's {speeds.Wide:F0}"),
        "at least 0.2 of it: on a generic BLAS it collapses (a ResNet-50 at 0.5 images/s beside a ResNet-18 at 12.6: a tenth of its operations a second)", "Use the libtorch package of this project; ResNet-50 tiers would take ten times as long.");

    public static Finding Bf16(Speeds speeds)
    {
        var gain = speeds.WideBf16 / speeds.Wide;
        return new("bf16", Health.Ok, Text($"a bf16 convolution runs at {gain:F1} times the rate of fp32: the default of the mini and smoke tiers {(gain >= 1.2 ? "pays" : "does not pay")}"), "from 1.2 times on it pays (needs AVX512-BF16 or AMX)", gain >= 1 ? "" : "Run with --precision=fp32: results are equal within chance (experiments/deviations.md#m6).");
    }

    /// <summary>Threads that pay.</summary>
    /// <param name="threads">Threads asked for.</param>
    /// <param name="gain">Rate with them over the rate with one.</param>
    public static Finding Scaling(int threads, double gain) => threads == 1
        ? new("threads", Health.Ok, "one thread: nothing to scale", "", "")
        : new(
            "threads", gain < 1.1 ? Health.Warning : Health.Ok, Text($"a training step is {gain:F2} times as fast with {threads} threads as with one"), "at least 1.1 (idle, two cores: about 1.5)",
            "Others use the cores, or there are fewer than asked for: --threads=1 is then as fast and steadier. The count is part of every stage key.");

    public static double ScalingGain(int threads)
    {
        using var step = new TrainingStep();
        step.Run(4);
        double[] seconds = [Seconds(1), Seconds(threads), Seconds(1), Seconds(threads)];   // in turns: the load of others changes
        return Math.Min(seconds[0], seconds[2]) / Math.Min(seconds[1], seconds[3]);

        double Seconds(int count)
        {
            set_num_threads(count);
            step.Run(1);
            var started = Stopwatch.GetTimestamp();
            step.Run(8);
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }

    /// <summary>Weights after three updates, twice from the same seed.</summary>
    public static Finding Replay(string first, string second) => first == second
        ? new("replay", Health.Ok, $"three training steps, twice from one seed, end in the same bits ({first[..12]})", "the same bits: same build, device class and thread count", "")
        : new("replay", Health.Failure, $"three training steps, twice from one seed, end in {first[..12]} and {second[..12]}", "the same bits: same build, device class and thread count", "Numbers of this machine cannot be repeated. Check the memory, set --threads=1 and try again; if it stays, report it with the lines above.");

    public static string HashAfterThreeSteps()
    {
        using var step = new TrainingStep();
        step.Run(3);
        return step.Hash;
    }

    public static Finding Gpu(string device)
    {
        var usable = cuda.is_available();
        return new(
            "GPU", device == "cuda" && !usable ? Health.Failure : Health.Ok, usable ? $"{cuda.device_count()} usable: --device=cuda" : "none: --device=cpu", device == "cuda" ? "one, as asked for" : "none is needed",
            "Build with the GPU package (dotnet build -c Release -p:Torch=cuda) on a machine with an NVIDIA driver, or use --device=cpu.");
    }

    private static double Rate(double operations, Func<Tensor> work)
    {
        var (best, started) = (double.MaxValue, Stopwatch.GetTimestamp());
        for (var round = 0; round < 3 || Stopwatch.GetElapsedTime(started) < Patience; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            work().Dispose();
            if (round > 0) best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalSeconds);   // the first one warms up
        }

        return operations / best / 1e9;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The mini tier's student learning one fixed batch.</summary>
    private sealed class TrainingStep : IDisposable
    {
        private readonly Encoder _encoder = Networks.CreateEncoder(new(Experiments.Architecture.ResNet18, 16, Experiments.Stem.SmallStrided, 1, Experiments.Precision.Fp32, false), 0, CPU);
        private readonly LinearHead _head;
        private readonly Adam _adam;
        private readonly Tensor _images = zeros(64, 1, 32, 32).add_(linspace(0, 1, 32)).DetachFromDisposeScope();
        private readonly Tensor _labels = arange(64).remainder(10).DetachFromDisposeScope();

        public TrainingStep()
        {
            _head = new LinearHead(_encoder.FeatureDimension, 10, 0);
            _adam = new Adam([.. _encoder.parameters(), .. _head.parameters()]);
        }

        public string Hash => StateDict.Hash(_encoder);

        public void Run(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                using var scope = NewDisposeScope();
                var loss = nn.functional.cross_entropy(_head.call(_encoder.call(_images)), _labels);
                _adam.ZeroGradients();
                loss.backward();
                _adam.Step(1e-3);
                loss.item<float>();
            }
        }

        public void Dispose()
        {
            _adam.Dispose();
            _head.Dispose();
            _encoder.Dispose();
            _images.Dispose();
            _labels.Dispose();
        }
    }
}
