using Cmcd.Repro.Models;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models;

public class StageAdaptersTests
{
    [Fact]
    public void Output_matches_a_matrix_at_every_place_written_as_loops()
    {
        using var scope = NewDisposeScope();
        using var adapters = new StageAdapters([3, 5], [3, 2], first: 0, seed: 1);
        var (same, other) = (FormulaWeights.Input(2, 3, 4, 4), FormulaWeights.Input(2, 5, 2, 3));
        var adapted = adapters.call([same, other]);
        var (weight, bias) = (adapters.state_dict()["1.weight"], adapters.state_dict()["1.bias"]);

        Assert.Same(same, adapted[0]);
        Assert.Equal([2, 2, 2, 3], adapted[1].shape);
        for (var n = 0; n < 2; n++)
            for (var to = 0; to < 2; to++)
                for (var place = 0; place < 6; place++)
                {
                    var expected = bias[to].item<float>() + Enumerable.Range(0, 5).Sum(from => weight[to, from].item<float>() * other[n, from, place / 3, place % 3].item<float>());
                    Assert.Equal(expected, adapted[1][n, to, place / 3, place % 3].item<float>(), tolerance: 1e-5f);
                }
    }

    [Fact]
    public void Stages_before_the_first_pass_whatever_their_channels()
    {
        using var adapters = new StageAdapters([3, 5], [4, 2], first: 1, seed: 1);
        Assert.Equal(["1.bias", "1.weight"], adapters.state_dict().Keys.Order());
        Assert.True(adapters.Any);
        using var none = new StageAdapters([3, 5], [3, 5], first: 0, seed: 1);
        Assert.False(none.Any);
    }

    [Fact]
    public void Weights_are_the_seeds_and_not_those_of_a_projector()
    {
        using var first = new StageAdapters([5], [2], 0, seed: 3);
        using var again = new StageAdapters([5], [2], 0, seed: 3);
        using var other = new StageAdapters([5], [2], 0, seed: 4);
        using var projector = Projector.LinearOnly(5, 2, seed: 3);

        Assert.Equal(StateDict.Hash(first), StateDict.Hash(again));
        Assert.NotEqual(StateDict.Hash(first), StateDict.Hash(other));
        Assert.NotEqual(StateDict.Hash(first), StateDict.Hash(projector));
    }

    [Fact]
    public void Gradients_reach_weights_and_maps_and_different_stage_counts_are_refused()
    {
        using var scope = NewDisposeScope();
        using var adapters = new StageAdapters([5], [2], 0, seed: 3);
        var map = FormulaWeights.Input(2, 5, 2, 3).requires_grad_();
        adapters.call([map])[0].square().sum().backward();

        Assert.True(map.grad!.abs().sum().item<float>() > 0);
        Assert.All(adapters.parameters(), parameter => Assert.True(parameter.grad!.abs().sum().item<float>() > 0));
        Assert.Contains("got 1 and 2", Assert.Throws<ArgumentException>(() => new StageAdapters([5], [2, 3], 0, 0)).Message, StringComparison.Ordinal);
    }
}
