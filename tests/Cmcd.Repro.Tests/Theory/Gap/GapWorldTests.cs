using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Metrics;
using Cmcd.Repro.Theory.Gap;
using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Theory.Gap;

public sealed class GapWorldTests : IDisposable
{
    private static readonly GapWorldSettings Settings = new(
        Classes: 5, Content: 4, Style: 6, Observed: 13, Separation: 4, Slope: 0.2, SourceNoise: 0, SourceStyleShare: 1, TargetStyleShare: 0.5);

    private static readonly GapLevel Base = new(PairCorrelation: 1, Shift: 0, Angle: 0, Noise: 0, Pairs: 100);

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly GapWorld _world = new(Settings, 3);

    public void Dispose()
    {
        _world.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(1), InlineData(0.8), InlineData(0)]
    public void Pair_correlation_is_that_of_the_latents_and_leaves_their_law_alone(double correlation)
    {
        var items = _world.Draw(GapPart.Test, Base with { PairCorrelation = correlation }, 20_000);
        var (source, target) = (Within(items.Source, items.Labels), Within(items.Target, items.Labels));

        Assert.Equal(correlation, ((source * target).mean() / (source.square().mean() * target.square().mean()).sqrt()).ToDouble(), 0.01);
        Assert.Equal(1, target.square().mean().ToDouble(), 0.02);
    }

    [Fact]
    public void Shift_moves_all_target_content_by_its_length()
    {
        var (straight, shifted) = (_world.Draw(GapPart.Test, Base, 50).Target, _world.Draw(GapPart.Test, Base with { Shift = 1.5 }, 50).Target);

        Assert.All((shifted - straight).norm(1).data<float>().ToArray(), length => Assert.Equal(1.5, length, 1e-5));
    }

    [Theory]
    [InlineData(30), InlineData(90)]
    public void Angle_turns_observations_without_losing_anything(double angle)
    {
        var items = _world.Draw(GapPart.Test, Base, 60);
        var (straight, turned) = (_world.ObserveTarget(items, Base, 0), _world.ObserveTarget(items, Base with { Angle = angle }, 0));
        var (before, after) = (straight.matmul(straight.t()), turned.matmul(turned.t()));

        Assert.True((before - after).abs().max().ToDouble() < 1e-4);                                    // all lengths and angles between items stay
        Assert.True((straight - turned).norm().ToDouble() > 0.4 * straight.norm().ToDouble());           // 2 sin(15°) = 0.52 of the twelve turned dimensions
    }

    [Fact]
    public void Source_and_target_of_the_base_level_show_the_same_content()
    {
        var items = _world.Draw(GapPart.Test, Base, 10);
        Assert.Equal(items.Source.data<float>().ToArray(), items.Target.data<float>().ToArray());
        Assert.NotEqual(_world.ObserveSource(items, 0).data<float>().ToArray(), _world.ObserveTarget(items, Base, 0).data<float>().ToArray());   // style is each side's own
    }

    [Fact]
    public void Views_change_style_alone_and_the_target_keeps_half_of_it()
    {
        using var plain = new GapWorld(Settings with { Style = 0 }, 3);
        var items = plain.Draw(GapPart.Test, Base, 10);
        Assert.Equal(plain.ObserveSource(items, 0).data<float>().ToArray(), plain.ObserveSource(items, 7).data<float>().ToArray());

        var own = _world.Draw(GapPart.Test, Base, 2000);
        double Moved(Func<int, Tensor> observe) => (observe(1) - observe(2)).square().mean().ToDouble();
        var ratio = Moved(view => _world.ObserveTarget(own, Base, view)) / Moved(view => _world.ObserveSource(own, view));
        Assert.InRange(ratio, 0.3, 0.7);
    }

    /// <summary>Two classes along one line: the Bayes rule's accuracy is Φ(distance / 2 / √(1 + noise²)).</summary>
    [Theory]
    [InlineData(0), InlineData(1)]
    public void Bayes_rule_answers_as_often_right_as_theory_says_whatever_the_shift(double noise)
    {
        using var two = new GapWorld(Settings with { Classes = 2 }, 4);
        var items = two.Draw(GapPart.Test, Base with { Noise = noise, Shift = 2 }, 20_000);
        var means = Enumerable.Range(0, 2).Select(label => items.Source[tensor(Array.ConvertAll(items.Labels, of => of == label))].mean([0])).ToArray();
        var distance = (means[0] - means[1]).norm().ToDouble();
        var expected = 100 * (1 + erf(tensor(distance / 2 / Math.Sqrt(1 + (noise * noise)) / Math.Sqrt(2), dtype: float64)).ToDouble()) / 2;

        Assert.Equal(expected, Top1.Accuracy(items.Bayes, items.Labels), 0.8);
    }

    [Fact]
    public void Larger_draws_begin_with_the_smaller_and_parts_share_nothing()
    {
        var (few, many, others) = (_world.Draw(GapPart.Pairs, Base, 20).Target, _world.Draw(GapPart.Pairs, Base, 40).Target, _world.Draw(GapPart.Held, Base, 20).Target);

        Assert.Equal(few.data<float>().ToArray(), many[..20].contiguous().data<float>().ToArray());
        Assert.True((few - others).abs().min().ToDouble() > 0);
    }

    private static Tensor Within(Tensor content, int[] labels)
    {
        var ids = tensor(labels, dtype: int64);
        var means = stack([.. Enumerable.Range(0, 5).Select(label => content[ids.eq(label)].mean([0]))]);
        return content - means[ids];
    }
}
