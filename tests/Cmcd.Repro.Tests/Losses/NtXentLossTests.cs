using Cmcd.Repro.Losses;
using TorchSharp;
using static Cmcd.Repro.Tests.Losses.Given;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Losses;

public class NtXentLossTests
{
    private static readonly double[][] First = [[1, 0], [0, 1]];
    private static readonly double[][] Second = [[0.6, 0.8], [-0.8, 0.6]];

    [Theory]
    [InlineData(0.5, 0.308957, 1.027123, 0.668040, 1.445306)]
    [InlineData(0.1, 0.002477, 2.127223, 1.064850, 4.080583)]
    [InlineData(1.0, 0.585233, 1.018925, 0.802079, 1.319897)]
    public void Known_values_come_out(double temperature, double outer, double inner, double mean, double meanWithoutMask)
    {
        Check.Close(mean, new NtXentLoss(temperature).call(Matrix(First), Matrix(Second)));

        // The loops that judge the other tests agree with the same table, and tell the masked form from the common mistake.
        Assert.Equal([outer, inner, inner, outer], NaiveLosses.NtXentPerView(First, Second, temperature).Select(loss => Math.Round(loss, 6)));
        Assert.Equal(meanWithoutMask, NaiveLosses.NtXentPerView(First, Second, temperature, maskSelf: false).Average(), 6);
    }

    [Theory]
    [InlineData(2, 3, 0.1), InlineData(3, 2, 0.5), InlineData(7, 5, 0.2), InlineData(16, 8, 1.0), InlineData(33, 4, 0.07), InlineData(512, 16, 0.1)]
    public void Batch_matches_the_formula_written_as_loops(int rows, int columns, double temperature)
    {
        var (first, second) = (Wave(rows, columns, 0.3), Wave(rows, columns, 1.1));
        Check.Close(NaiveLosses.NtXentPerView(first, second, temperature).Average(), new NtXentLoss(temperature).call(Matrix(first), Matrix(second)));
    }

    [Theory]
    [InlineData(8, 2.708050), InlineData(64, 4.844187), InlineData(16, 3.433987)]
    public void Equal_features_give_log_of_the_number_of_others(int rows, double expected)
    {
        var equal = full([rows, 4], 0.5f);
        foreach (var temperature in new[] { 0.07, 0.1, 0.5, 1.0 }) Check.Close(expected, new NtXentLoss(temperature).call(equal, equal));
    }

    [Fact]
    public void Scaling_the_features_changes_nothing()
    {
        var (first, second) = (Matrix(Wave(5, 3, 0)), Matrix(Wave(5, 3, 1)));
        var expected = new NtXentLoss(0.2).call(first, second).ToDouble();
        Check.Close(expected, new NtXentLoss(0.2).call(first * 40, second * 0.01));
    }

    [Fact]
    public void Both_views_play_the_same_role()
    {
        var (first, second) = (Matrix(Wave(5, 3, 0)), Matrix(Wave(5, 3, 1)));
        Check.Close(new NtXentLoss(0.2).call(first, second).ToDouble(), new NtXentLoss(0.2).call(second, first));
    }

    [Theory]
    [InlineData(0.1), InlineData(0.5)]
    public void Gradient_of_either_view_matches_finite_differences(double temperature)
    {
        var (first, second) = (Matrix(Wave(4, 3, 0), ScalarType.Float64), Matrix(Wave(4, 3, 1), ScalarType.Float64));
        Check.GradientMatchesFiniteDifferences(x => new NtXentLoss(temperature).call(x, second), first);
        Check.GradientMatchesFiniteDifferences(x => new NtXentLoss(temperature).call(first, x), second);
    }

    [Fact]
    public void Zero_vector_gives_a_finite_value_and_gradient()
    {
        var second = Matrix(Wave(3, 2, 1));
        var first = Matrix([[0, 0], [1, 2], [3, 1]]);
        Assert.True(double.IsFinite(new NtXentLoss(0.5).call(first, second).ToDouble()));
        Assert.All(Check.Gradient(x => new NtXentLoss(0.5).call(x, second), first), slope => Assert.True(double.IsFinite(slope)));
    }

    [Fact]
    public void Different_batch_sizes_are_refused_with_both_shapes_in_the_message() =>
        Check.Refuses(() => new NtXentLoss(0.5).call(zeros(64, 128), zeros(63, 128)),
            "Expected two [N, D] feature matrices of one shape, got [64, 128] and [63, 128].");

    [Fact]
    public void Single_item_is_refused_because_nothing_contrasts_with_it() =>
        Check.Refuses(() => new NtXentLoss(0.5).call(zeros(1, 128), zeros(1, 128)), "at least 2", "[1, 128]");

    [Theory]
    [InlineData(0), InlineData(-0.1), InlineData(double.NaN)]
    public void Temperature_that_is_not_positive_is_refused(double temperature) =>
        Assert.Equal("temperature", Assert.Throws<ArgumentOutOfRangeException>(() => new NtXentLoss(temperature)).ParamName);

    [Fact]
    public void Repeated_calls_leave_no_tensor_behind()
    {
        var (loss, first, second) = (new NtXentLoss(0.5), Matrix(Wave(4, 3, 0)).requires_grad_(), Matrix(Wave(4, 3, 1)));
        Check.NothingLeaks(() => loss.call(first, second));
    }
}
