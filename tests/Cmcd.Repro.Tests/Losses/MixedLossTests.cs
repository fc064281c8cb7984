using Cmcd.Repro.Losses;
using TorchSharp;
using static Cmcd.Repro.Tests.Losses.Given;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Losses;

public class MixedLossTests
{
    [Theory]
    [InlineData(0, 0.978846), InlineData(0.25, 0.905104), InlineData(0.5, 0.831361), InlineData(0.75, 0.757618), InlineData(1, 0.683875)]
    public void Known_values_come_out(double lambda, double expected) =>
        Check.Close(expected, Mixed(lambda, 0.5).call(Matrix(Student), Matrix(Teacher), null));

    [Theory]
    [InlineData(2, 3, 0.1, 0.3), InlineData(7, 5, 0.2, 0.5), InlineData(16, 8, 0.07, 0.9)]
    public void Batch_with_shared_photos_matches_the_formula_written_as_loops(int rows, int columns, double temperature, double lambda)
    {
        var (student, teacher) = (Wave(rows, columns, 0.3), Wave(rows, columns, 0.9));
        long[] photos = [.. Enumerable.Range(0, rows).Select(i => (long)(i % 3))];
        var expected = (lambda * NaiveLosses.Cmc(student, teacher, temperature, photos))
            + ((1 - lambda) * NaiveLosses.Cmd(student, teacher, temperature, temperature));
        Check.Close(expected, Mixed(lambda, temperature).call(Matrix(student), Matrix(teacher), tensor(photos)));
    }

    [Theory]
    [InlineData(0), InlineData(0.25), InlineData(1)]
    public void Equal_similarities_give_log_of_batch_size(double lambda) =>
        Check.Close(2.772589, Mixed(lambda, 0.1).call(ones(16, 4), ones(16, 4), null));

    [Fact]
    public void Scaling_the_features_changes_nothing()
    {
        var (student, teacher) = (Matrix(Wave(5, 3, 0)), Matrix(Wave(5, 3, 1)));
        var expected = Mixed(0.4, 0.2).call(student, teacher, null).ToDouble();
        Check.Close(expected, Mixed(0.4, 0.2).call(student * 40, teacher * 0.01, null));
    }

    [Fact]
    public void Gradient_matches_finite_differences()
    {
        var (student, teacher) = (Matrix(Wave(4, 3, 0), ScalarType.Float64), Matrix(Wave(4, 3, 1), ScalarType.Float64));
        Check.GradientMatchesFiniteDifferences(x => Mixed(0.3, 0.2).call(x, teacher, tensor(new long[] { 5, 8, 5, 6 })), student);
    }

    [Fact]
    public void No_gradient_reaches_the_teacher() =>
        Check.OnlyFirstIsTrained((student, teacher) => Mixed(0.5, 0.5).call(student, teacher, null), Matrix(Student), Matrix(Teacher));

    [Fact]
    public void Different_batch_sizes_are_refused_with_both_shapes_in_the_message() =>
        Check.Refuses(() => Mixed(0.5, 0.5).call(zeros(64, 128), zeros(63, 128), null), "[64, 128] and [63, 128]");

    [Theory]
    [InlineData(-0.01), InlineData(1.01)]
    public void Share_outside_zero_to_one_is_refused(double lambda) =>
        Assert.Equal("lambda", Assert.Throws<ArgumentOutOfRangeException>(() => Mixed(lambda, 0.5)).ParamName);

    [Fact]
    public void Repeated_calls_leave_no_tensor_behind()
    {
        var (loss, student, teacher) = (Mixed(0.5, 0.5), Matrix(Student).requires_grad_(), Matrix(Teacher));
        Check.NothingLeaks(() => loss.call(student, teacher, null));
    }

    private static MixedLoss Mixed(double lambda, double temperature) => new(new CmcLoss(temperature), new CmdLoss(temperature, temperature), lambda);
}
