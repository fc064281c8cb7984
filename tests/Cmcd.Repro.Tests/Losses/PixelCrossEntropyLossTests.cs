using Cmcd.Repro.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Losses;

public class PixelCrossEntropyLossTests
{
    private static readonly PixelCrossEntropyLoss Loss = new();

    [Fact]
    public void Void_pixels_are_left_out_of_sum_and_count()
    {
        using var scope = NewDisposeScope();
        // Three pixels of one image: logits (2, 0), (0, 2), (1, 1).
        var logits = tensor([2f, 0, 1, 0, 2, 1], [1, 2, 1, 3]);
        Check.Close(0.410038, Loss.call(logits, tensor([0L, 255, 1], [1, 1, 3])));
        Check.Close(0.407606, Loss.call(tensor([2f, 1, 0], [1, 3, 1, 1]), tensor([0L], [1, 1, 1])));
    }

    [Fact]
    public void It_is_the_mean_over_the_labelled_pixels_of_the_batch_written_as_loops()
    {
        using var scope = NewDisposeScope();
        var logits = arange(2 * 3 * 4 * 5, dtype: ScalarType.Float64).view(2, 3, 4, 5).sin().mul(2);
        var labels = arange(2 * 4 * 5).view(2, 4, 5).remainder(4);
        labels = labels.masked_fill(labels.eq(3), 255);
        var (sum, count) = (0.0, 0);
        for (var n = 0; n < 2; n++)
            for (var y = 0; y < 4; y++)
                for (var x = 0; x < 5; x++)
                {
                    var label = labels[n, y, x].ToInt64();
                    if (label == 255) continue;
                    double[] of = [.. Enumerable.Range(0, 3).Select(k => logits[n, k, y, x].ToDouble())];
                    sum += Math.Log(of.Sum(Math.Exp)) - of[label];
                    count++;
                }

        Check.Close(sum / count, Loss.call(logits, labels), 1e-12);
        Check.GradientMatchesFiniteDifferences(at => Loss.call(at, labels), logits);
    }

    [Fact]
    public void A_batch_of_void_pixels_teaches_nothing()
    {
        using var scope = NewDisposeScope();
        var labels = full([1, 2, 2], 255L);
        Check.Close(0, Loss.call(ones(1, 3, 2, 2), labels));
        Assert.All(Check.Gradient(at => Loss.call(at, labels), ones(1, 3, 2, 2)), slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void Maps_of_another_grid_are_refused_with_both_shapes()
    {
        using var scope = NewDisposeScope();
        var message = Assert.Throws<ArgumentException>(() => Loss.call(zeros(1, 3, 2, 2), zeros([1, 2, 3], dtype: ScalarType.Int64))).Message;
        Assert.Contains("got [1, 3, 2, 2] and Int64 [1, 2, 3]", message, StringComparison.Ordinal);
    }
}
