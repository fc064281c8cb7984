using Cmcd.Repro.Experiments;
using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Losses;
using Cmcd.Repro.Theory.Gap;
using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Theory.Gap;

/// <summary>Networks that train side by side must be the networks that train alone.</summary>
public class SideBySideTests
{
    private static readonly GapWorldSettings Settings = new(4, 3, 4, 8, 4, 0.2, 0.3, 1, 0.5);
    private static readonly GapLevel Level = new(1, 0, 45, 0.3, 64);

    [Fact]
    public void A_network_of_a_stack_computes_what_its_layers_say()
    {
        using var scope = NewDisposeScope();
        using var stack = EncoderStack.Random(3, 5, 4, 2, 0, 0);
        var input = arange(30, dtype: float32).view(6, 5) / 10 - 1.5;
        var (first, second, output) = stack.Run(input);
        var (w1, b1, w2, b2) = (stack.Parameters[0][1], stack.Parameters[1][1], stack.Parameters[2][1], stack.Parameters[3][1]);

        Assert.Equal([3L, 6, 2], output.shape);
        Near(input.matmul(w1) + b1, first[1]);
        Near((input.matmul(w1) + b1).relu().matmul(w2) + b2, second[1]);
        Near(second[1].relu(), output[1]);
        Near(stack.Run(input, 2).Output[1], output[1]);
    }

    [Fact]
    public void Copies_equal_their_originals_and_stored_weights_come_back()
    {
        using var scope = NewDisposeScope();
        using var stack = EncoderStack.Random(3, 5, 4, 2, 0, 0);
        using var copies = EncoderStack.Of((stack, 2), (stack, 0));
        using var stored = EncoderStack.From(copies.State());
        var input = arange(30, dtype: float32).view(6, 5) / 10 - 1.5;

        Near(stack.Encode(input)[2], stored.Encode(input)[0]);
        Near(stack.Encode(input)[0], stored.Encode(input)[1]);
        Assert.NotEqual(stored.Encode(input)[0].data<float>().ToArray(), stored.Encode(input)[1].data<float>().ToArray());
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Heads_and_networks_train_as_they_would_alone(bool fineTune)
    {
        using var scope = NewDisposeScope();
        using var world = new GapWorld(Settings, 0);
        var (train, test) = (world.Draw(GapPart.Train, Level, 40), world.Draw(GapPart.Test, Level, 200));
        Tensor[] views = [.. Enumerable.Range(0, 3).Select(view => world.ObserveTarget(train, Level, view))];
        using var both = EncoderStack.Random(2, 8, 16, 16, 0, 0);
        using var second = EncoderStack.Of((both, 1));
        int[][] Answers(EncoderStack encoders) => GapEvaluation.Run(new(60, 20, 1e-2), encoders, fineTune, views, train.Labels, world.ObserveTarget(test, Level, 0), 4, 0);
        var (together, alone) = (Answers(both), Answers(second));

        Assert.True(together[1].Zip(alone[0]).Count(pair => pair.First == pair.Second) >= 198, "Batched products may differ in the last bits, and move an item on the border.");
        Assert.NotEqual(together[0], together[1]);
        Assert.True(together[1].Zip(test.Labels).Count(pair => pair.First == pair.Second) > 60, "Chance is 50 of 200.");
    }

    [Fact]
    public void Students_start_as_their_rows_say_and_the_untrained_ones_stay()
    {
        using var scope = NewDisposeScope();
        using var world = new GapWorld(Settings, 0);
        using var teacher = EncoderStack.Random(1, 8, 16, 16, 7, 0);
        var pairs = world.Draw(GapPart.Pairs, Level, 64);
        Tensor[] source = [world.ObserveSource(pairs, 1), world.ObserveSource(pairs, 2)], target = [world.ObserveTarget(pairs, Level, 1), world.ObserveTarget(pairs, Level, 2)];
        GapTraining Training(double rate) => new(16, 2, 32, 1, 3, rate, 0.5, 0.07, new SocketSettings(10, 0.5), new(1, 2, 1e-3), new(1, 2, 1e-3));
        using var still = GapStudents.Train(Training(1e-9), teacher, source, target, 0);
        using var moved = GapStudents.Train(Training(1e-2), teacher, source, target, 0);
        var (before, after, own) = (still.Encoders.Encode(target[0]), moved.Encoders.Encode(target[0]), teacher.Encode(target[0])[0]);

        foreach (var method in Enum.GetValues<GapMethod>())
        {
            var random = method is GapMethod.SSL or GapMethod.Random;
            var trained = method is not (GapMethod.Random or GapMethod.Sup);
            Assert.True(random != (before[(int)method] - own).abs().max().ToDouble() < 1e-4, $"{method} starts from {(random ? "random weights" : "the teacher")}.");
            Assert.True(trained != (before[(int)method] - after[(int)method]).abs().max().ToDouble() < 1e-4, $"{method} is {(trained ? "" : "not ")}trained.");
        }
    }

    /// <summary>Why CMKD has no row here.</summary>
    [Fact]
    public void Attention_between_vectors_is_nothing()
    {
        using var scope = NewDisposeScope();
        using var attention = new AttentionTransferLoss();

        Assert.Equal(0, attention.call(rand(6, 5).view(6, 5, 1, 1), rand(6, 5).view(6, 5, 1, 1)).ToDouble(), 1e-12);
    }

    private static void Near(Tensor expected, Tensor found) => Assert.True((expected - found).abs().max().ToDouble() < 1e-5);
}
