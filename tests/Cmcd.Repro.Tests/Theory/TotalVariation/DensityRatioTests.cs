using Cmcd.Repro.Theory.TotalVariation;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Theory.TotalVariation;

public class DensityRatioTests
{
    private const double Step = 1e-3, Reach = 20;

    [Fact]
    public void Posteriors_computed_by_hand() => Assert.Equal(0.4, DensityRatio.Of(new([0.9, 0.6], [0.5, 0.2])), 1e-12);

    public static TheoryData<string, double> ClosedForms => new()
    {
        { "N(0,1) and N(0.1,1)", 0.039878 }, { "N(0,1) and N(0.25,1)", 0.099476 }, { "N(0,1) and N(0.5,1)", 0.197413 },
        { "N(0,1) and N(1,1)", 0.382925 }, { "N(0,1) and N(2,1)", 0.682689 }, { "N(0,1) and N(0,2)", 0.322675 },
        { "U(0,1) and U(0.1,1.1)", 0.1 }, { "L(0,1) and L(1,1)", 0.393469 },
    };

    /// <summary>With the true posterior, E |2 η - 1| over both densities is total variation itself: each expectation is an integral on a grid.</summary>
    [Theory, MemberData(nameof(ClosedForms))]
    public void True_posteriors_give_the_closed_form(string laws, double expected)
    {
        var densities = laws.Split(" and ").Select(Density).ToArray();
        var integral = 0.0;
        for (var x = -Reach + (Step / 2); x < Reach; x += Step)
        {
            var (p, q) = (densities[0](x), densities[1](x));
            if (p + q > 0) integral += Step * ((p * DensityRatio.Of(new([p / (p + q)], [0.5]))) + (q * DensityRatio.Of(new([0.5], [p / (p + q)]))));
        }

        Assert.Equal(expected, integral, 1e-5);
    }

    [Theory]
    [InlineData(0.1, 0.039878), InlineData(0.25, 0.099476), InlineData(0.5, 0.197413), InlineData(1, 0.382925), InlineData(-2, 0.682689)]
    [InlineData(0.100307, 0.04), InlineData(0.150540, 0.06), InlineData(0.251323, 0.10)]
    public void Shifted_Gaussians_have_their_closed_form(double shift, double expected) => Assert.Equal(expected, GaussianDistance.Of(shift), 1e-6);

    [Fact]
    public void A_shift_in_two_dimensions_counts_by_its_length() => Assert.Equal(0.197413, GaussianDistance.Of(Math.Sqrt((0.3 * 0.3) + (0.4 * 0.4))), 1e-6);

    [Fact]
    public void A_fitted_posterior_comes_near_on_shifted_Gaussians()
    {
        using var scope = NewDisposeScope();
        var heldOut = Discriminator.Fit(ClassifierBoundTests.Gaussian(0, 6000, 1), ClassifierBoundTests.Gaussian(1, 6000, 1) + 1, 0, 0);

        Assert.Equal(GaussianDistance.Of(1), DensityRatio.Of(heldOut), 0.03);
    }

    private static Func<double, double> Density(string law)
    {
        var parameters = law[2..^1].Split(',').Select(double.Parse).ToArray();
        return law[0] switch
        {
            'N' => x => Math.Exp(-Math.Pow((x - parameters[0]) / parameters[1], 2) / 2) / (parameters[1] * Math.Sqrt(2 * Math.PI)),
            'U' => x => x >= parameters[0] && x < parameters[1] ? 1 / (parameters[1] - parameters[0]) : 0,
            _ => x => Math.Exp(-Math.Abs(x - parameters[0]) / parameters[1]) / (2 * parameters[1]),
        };
    }
}
