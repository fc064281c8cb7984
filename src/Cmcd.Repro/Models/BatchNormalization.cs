using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Models;

/// <summary>Batch normalisation of [N, C] or [N, C, H, W], float32 or bfloat16; parameters and statistics are float32.</summary>
/// <remarks>Train mode: batch statistics, and running ones move by 0.1 (unbiased variance, as PyTorch). Eval mode: running ones, unmoved.</remarks>
internal sealed class BatchNormalization : Module<Tensor, Tensor>
{
    private const double Momentum = 0.1;
    private const double Epsilon = 1e-5;

    // The fields' names are the state-dict keys.
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;
    private readonly Tensor num_batches_tracked;

    public BatchNormalization(int channels) : base(nameof(BatchNormalization))
    {
        using var scope = NewDisposeScope();
        weight = new Parameter(ones(channels));
        bias = new Parameter(zeros(channels));
        running_mean = zeros(channels);
        running_var = ones(channels);
        num_batches_tracked = zeros([], dtype: ScalarType.Int64);
        scope.Detach(weight, bias, running_mean, running_var, num_batches_tracked);
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
        register_buffer(nameof(running_mean), running_mean);
        register_buffer(nameof(running_var), running_var);
        register_buffer(nameof(num_batches_tracked), num_batches_tracked);
    }

    /// <summary>The layer's own tensors: read them, do not dispose them.</summary>
    public (Tensor Mean, Tensor Variance) RunningStatistics => (running_mean, running_var);

    public override Tensor forward(Tensor x)
    {
        if (training) num_batches_tracked.add_(HeldScalar.One, HeldScalar.One);
        return functional.batch_norm(x, running_mean, running_var, weight, bias, training, Momentum, Epsilon);
    }
}
