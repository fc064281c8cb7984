using TorchSharp.Modules;
using static TorchSharp.torch;
using Adam = Cmcd.Repro.Optimizers.Adam;

namespace Cmcd.Repro.Tests.Optimizers;

public class AdamTests
{
    [Fact]
    public void Thirty_updates_match_the_formula_written_in_doubles()
    {
        using var scope = NewDisposeScope();
        double[] weights = [0.5, -1.25, 3.0];
        using var parameter = new Parameter(tensor(weights, dtype: float32));
        using var adam = new Adam([parameter]);
        double[] first = new double[3], second = new double[3];
        for (var t = 1; t <= 30; t++)
        {
            var rate = t <= 20 ? 0.01 : 0.001;
            adam.ZeroGradients();
            (parameter * parameter * parameter).sum().backward();      // gradient 3 w²
            adam.Step(rate);
            for (var i = 0; i < 3; i++)
            {
                var gradient = 3 * weights[i] * weights[i];
                first[i] = (0.9 * first[i]) + (0.1 * gradient);
                second[i] = (0.999 * second[i]) + (0.001 * gradient * gradient);
                weights[i] -= rate * (first[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(second[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
            }
        }

        var trained = parameter.data<float>().ToArray();
        for (var i = 0; i < 3; i++) Assert.Equal(weights[i], trained[i], 5e-6);
    }

    [Fact]
    public void A_parameter_outside_the_loss_never_moves()
    {
        using var scope = NewDisposeScope();
        using var used = new Parameter(ones(2));
        using var unused = new Parameter(ones(2));
        using var adam = new Adam([used, unused]);
        for (var step = 0; step < 3; step++)
        {
            adam.ZeroGradients();
            used.sum().backward();
            adam.Step(0.1);
        }

        Assert.Equal([1f, 1f], unused.data<float>().ToArray());
        Assert.All(used.data<float>().ToArray(), weight => Assert.InRange(weight, 0.69, 0.71));
    }

    [Fact]
    public void Updates_leave_no_tensors_behind()
    {
        using var parameter = new Parameter(ones(2));
        using var adam = new Adam([parameter]);
        Update();
        var before = Tensor.TotalCount;
        for (var step = 0; step < 50; step++) Update();
        Assert.Equal(before, Tensor.TotalCount);

        void Update()
        {
            using var scope = NewDisposeScope();
            adam.ZeroGradients();
            parameter.sum().backward();
            adam.Step(0.1);
        }
    }
}
