using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Models;

/// <summary>Collects the statistics of each normalisation's input during one forward pass.</summary>
/// <param name="home">The scope that owns what is collected; block scopes end earlier.</param>
internal sealed class StatisticsRecorder(DisposeScope home)
{
    public List<(Tensor Mean, Tensor Variance)> Layers { get; } = [];

    /// <param name="input">[N, C, H, W]; the statistics are taken over (N, H, W) in float32.</param>
    public void Record(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (variance, mean) = var_mean(input.to(ScalarType.Float32), [0L, 2L, 3L], unbiased: false);
        Layers.Add(scope.MoveToOther(home, mean, variance));
    }
}
