using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Losses;

/// <summary>What every loss is asked.</summary>
internal static class Check
{
    /// <summary>float32 inputs, values of order 1.</summary>
    public const double Tolerance = 1e-5;

    public static void Close(double expected, Tensor actual, double tolerance = Tolerance)
    {
        Assert.Empty(actual.shape);
        Assert.InRange(actual.ToDouble(), expected - tolerance, expected + tolerance);
    }

    public static void Close(double[] expected, Tensor actual, double tolerance = Tolerance)
    {
        var values = Values(actual);
        Assert.Equal(expected.Length, values.Length);
        Assert.All(values.Zip(expected), pair => Assert.InRange(pair.First, pair.Second - tolerance, pair.Second + tolerance));
    }

    public static double[] Values(Tensor tensor) => tensor.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();

    public static double[] Gradient(Func<Tensor, Tensor> loss, Tensor at)
    {
        var input = at.detach().clone().requires_grad_();
        loss(input).backward();
        return Values(input.grad!);
    }

    /// <summary>The gradient at a float64 point is the central difference of the value, in every coordinate.</summary>
    public static void GradientMatchesFiniteDifferences(Func<Tensor, Tensor> loss, Tensor at)
    {
        const double Step = 1e-6;      // Truncation, of order step², stays below the rounding, of order 1e-16 / step.
        Assert.Equal(ScalarType.Float64, at.dtype);
        var gradient = Gradient(loss, at);
        var (values, differences) = (Values(at), new double[gradient.Length]);
        for (var i = 0; i < values.Length; i++) differences[i] = (Moved(i, Step) - Moved(i, -Step)) / (2 * Step);

        Assert.Contains(gradient, slope => Math.Abs(slope) > 1e-3);      // A flat loss would pass without saying anything.
        var tolerance = 1e-7 * Math.Max(1, gradient.Max(Math.Abs));
        Assert.All(gradient.Zip(differences), pair => Assert.InRange(pair.First - pair.Second, -tolerance, tolerance));

        double Moved(int place, double step)
        {
            var moved = (double[])values.Clone();
            moved[place] += step;
            return loss(tensor(moved).view(at.shape)).ToDouble();
        }
    }

    /// <summary>Backward reaches the first tensor and leaves the second without gradient.</summary>
    public static void OnlyFirstIsTrained(Func<Tensor, Tensor, Tensor> loss, Tensor student, Tensor teacher)
    {
        var (trained, frozen) = (student.detach().clone().requires_grad_(), teacher.detach().clone().requires_grad_());
        loss(trained, frozen).backward();
        Assert.True(trained.grad!.abs().sum().ToDouble() > 1e-3);
        Assert.True(frozen.grad is null || frozen.grad.IsInvalid || frozen.grad.abs().sum().ToDouble() == 0);
    }

    /// <summary>50 calls with backward leave as many live tensors as there were.</summary>
    public static void NothingLeaks(Func<Tensor> loss)
    {
        CallOnce();
        GC.Collect();
        GC.WaitForPendingFinalizers();      // What earlier tests left behind must not be released between the two counts.
        var before = Tensor.TotalCount;
        for (var i = 0; i < 50; i++) CallOnce();
        Assert.Equal(before, Tensor.TotalCount);

        void CallOnce()
        {
            using var value = loss();
            value.backward();
        }
    }

    public static void Refuses(Func<object> call, params string[] facts)
    {
        var message = Assert.Throws<ArgumentException>(call).Message;
        Assert.All(facts, fact => Assert.Contains(fact, message, StringComparison.Ordinal));
    }
}
