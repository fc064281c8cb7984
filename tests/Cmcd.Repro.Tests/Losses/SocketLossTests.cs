using Cmcd.Repro.Losses;
using TorchSharp;
using static Cmcd.Repro.Tests.Losses.Given;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Losses;

public class SocketLossTests
{
    /// <summary>Two images of two channels, one row of two pixels.</summary>
    private static Tensor Batch => tensor(new float[] { 1, 3, 0, 2, 5, 7, 2, 4 }).view(2, 2, 1, 2);

    private static (Tensor Mean, Tensor Variance) Source => (tensor(new[] { 3f, 2.5f }), tensor(new[] { 4f, 1f }));

    [Fact]
    public void Statistics_are_the_mean_and_the_biased_variance_of_each_channel()
    {
        var (mean, variance) = SocketLoss.Statistics(Batch);
        Check.Close([4, 2], mean);
        Check.Close([5, 2], variance);      // Unbiased, it would be 6.666667 and 2.666667.
    }

    [Fact]
    public void Known_values_come_out()
    {
        var student = SocketLoss.Statistics(Batch);
        Check.Close(2.532248, new SocketLoss(firstLayerWeight: 1, weight: 1).call([student], [Source]));
        Check.Close(25.322476, new SocketLoss(weight: 1).call([student], [Source]));
        Check.Close(12.661238, new SocketLoss().call([student], [Source]));
    }

    [Fact]
    public void Only_the_first_layer_has_its_own_weight()
    {
        var student = SocketLoss.Statistics(Batch);
        Check.Close(0.5 * (10 + 1 + 1) * 2.532248, new SocketLoss().call([student, student, student], [Source, Source, Source]), 2e-5);
        Check.Close(0.5 * 2.532248, new SocketLoss().call([Source, student], [Source, Source]));
    }

    [Theory]
    [InlineData(1, 4), InlineData(3, 7), InlineData(6, 2)]
    public void Layers_match_the_formula_written_as_loops(int layers, int channels)
    {
        var (student, teacher) = (Wave(2 * layers, channels, 0.2), Wave(2 * layers, channels, 0.8));
        var expected = 0.0;
        for (var row = 0; row < 2 * layers; row++)
            expected += 0.5 * (row < 2 ? 10 : 1) * Math.Sqrt(student[row].Zip(teacher[row], (s, t) => (s - t) * (s - t)).Sum());

        Check.Close(expected, new SocketLoss().call(Pairs(student), Pairs(teacher)), 1e-10);
    }

    [Fact]
    public void Value_doubles_with_the_difference_because_norms_are_not_squared()
    {
        var (student, teacher) = (Pairs(Wave(4, 3, 0)), Pairs(Wave(4, 3, 1)));
        var doubled = student.Zip(teacher, (s, t) => (t.Mean + (2 * (s.Mean - t.Mean)), t.Variance + (2 * (s.Variance - t.Variance)))).ToArray();
        Check.Close(2 * new SocketLoss().call(student, teacher).ToDouble(), new SocketLoss().call(doubled, teacher), 1e-10);
    }

    [Fact]
    public void Equal_statistics_give_zero_with_zero_gradient()
    {
        var teacher = SocketLoss.Statistics(Batch);
        Check.Close(0, new SocketLoss().call([SocketLoss.Statistics(Batch)], [teacher]), 0);
        Assert.All(Check.Gradient(x => new SocketLoss().call([SocketLoss.Statistics(x)], [teacher]), Batch), slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void Gradient_through_the_statistics_matches_finite_differences()
    {
        var teacher = Pairs(Wave(4, 3, 0.8));
        Check.GradientMatchesFiniteDifferences(
            x => new SocketLoss().call([SocketLoss.Statistics(x), SocketLoss.Statistics(x * 2)], teacher), Map([2, 3, 2, 2], 0.2));
    }

    [Fact]
    public void No_gradient_reaches_the_teacher() =>
        Check.OnlyFirstIsTrained((student, teacher) => new SocketLoss().call([SocketLoss.Statistics(student)], [SocketLoss.Statistics(teacher)]),
            Map([2, 3, 2, 2], 0.2), Map([2, 3, 2, 2], 0.8));

    [Fact]
    public void Different_shapes_are_refused_with_both_in_the_message()
    {
        Check.Refuses(() => new SocketLoss().call([(zeros(3), zeros(3))], [(zeros(3), zeros(4))]),
            "Expected two [C] channel statistics of one length, got [3] and [4].");
        Check.Refuses(() => new SocketLoss().call([Source], [Source, Source]), "layers", "got 1 and 2");
    }

    [Theory]
    [InlineData(-1, 0.5, "firstLayerWeight"), InlineData(10, -0.5, "weight")]
    public void Negative_weight_is_refused_by_name(double firstLayerWeight, double weight, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new SocketLoss(firstLayerWeight, weight)).ParamName);

    [Fact]
    public void Repeated_calls_leave_no_tensor_behind()
    {
        var (loss, student, teacher) = (new SocketLoss(), Pairs(Wave(4, 3, 0)), Pairs(Wave(4, 3, 1)));
        student[0].Mean.requires_grad_();
        Check.NothingLeaks(() => loss.call(student, teacher));
    }

    /// <summary>Rows 0 and 1 as the first layer's mean and variance, 2 and 3 as the second's, and so on; float64.</summary>
    private static (Tensor Mean, Tensor Variance)[] Pairs(double[][] rows) =>
        [.. rows.Chunk(2).Select(pair => (tensor(pair[0]), tensor(pair[1])))];
}
