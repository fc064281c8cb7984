using Cmcd.Repro.Models;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models;

public class SegmentationHeadTests
{
    [Fact]
    public void Logits_are_enlarged_with_half_pixel_centres()
    {
        using var scope = NewDisposeScope();
        using var head = Fixed(1, 1, [1f]);
        var enlarged = head.call(tensor([0f, 1, 2, 3], [1, 1, 2, 2]), 4, 4);

        Assert.Equal([0, 0.25f, 0.75f, 1], enlarged[0, 0, 0].data<float>().ToArray());
        Assert.Equal([0.5f, 0.75f, 1.25f, 1.5f], enlarged[0, 0, 1].data<float>().ToArray());
    }

    [Fact]
    public void Each_place_is_a_linear_layer_of_its_own()
    {
        using var scope = NewDisposeScope();
        using var head = Fixed(2, 3, [1f, 0, 0, 1, 2, -1]);
        var map = tensor([1f, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2]);
        var logits = head.call(map, 2, 2);   // at its own size nothing is mixed

        Assert.Equal([1f, 2, 3, 4, 5, 6, 7, 8, -3, -2, -1, 0], logits.contiguous().data<float>().ToArray());
        Assert.Equal((3, 320), ((int)head.Classes, (int)head.call(zeros(1, 2, 15, 20), 240, 320).shape[3]));
    }

    [Fact]
    public void First_weights_follow_the_seed_and_are_shared_with_no_linear_head()
    {
        using var head = new SegmentationHead(64, 8, seed: 1);
        using var again = new SegmentationHead(64, 8, seed: 1);
        using var other = new SegmentationHead(64, 8, seed: 2);
        using var linear = new LinearHead(64, 8, seed: 1);
        var weights = new[] { Weights(head), Weights(again), Weights(other), Weights(linear) };

        Assert.Equal(weights[0], weights[1]);
        Assert.NotEqual(weights[0], weights[2]);
        Assert.NotEqual(weights[0], weights[3]);
        Assert.InRange(Math.Sqrt(weights[0].Average(weight => weight * weight)), 0.009, 0.011);
        Assert.Equal(["weight", "bias"], head.state_dict().Keys);

        static float[] Weights(nn.Module module) => module.parameters().First().data<float>().ToArray();
    }

    [Fact]
    public void A_map_of_another_width_is_refused()
    {
        using var head = new SegmentationHead(4, 2, 0);
        using var map = zeros(1, 3, 2, 2);
        Assert.Contains("Expected a map [N, 4, h, w], got [1, 3, 2, 2]", Assert.Throws<ArgumentException>(() => head.call(map, 4, 4)).Message, StringComparison.Ordinal);
    }

    private static SegmentationHead Fixed(int channels, int classes, float[] weights)
    {
        var head = new SegmentationHead(channels, classes, 0);
        using var noGradient = no_grad();
        using var values = tensor(weights, [classes, channels, 1, 1]);
        head.parameters().First().copy_(values);
        return head;
    }
}
