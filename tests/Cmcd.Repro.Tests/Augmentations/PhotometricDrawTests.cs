using Cmcd.Repro.Augmentations;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Tests.Augmentations;

public class PhotometricDrawTests
{
    private const int Draws = 20_000;

    [Fact]
    public void Factors_are_uniform_around_one_and_hue_around_zero()
    {
        var draws = Sample(new ViewOptions { Brightness = 0.4, Contrast = 0.2, Saturation = 0.6, Hue = 0.1, BlurProbability = 1 });

        Uniform(draws.Select(draw => draw.Brightness), 0.6, 1.4);
        Uniform(draws.Select(draw => draw.Contrast), 0.8, 1.2);
        Uniform(draws.Select(draw => draw.Saturation), 0.4, 1.6);
        Uniform(draws.Select(draw => draw.Hue), -0.1, 0.1);
        Uniform(draws.Select(draw => draw.BlurSigma), 0.1, 2.0);
    }

    [Fact]
    public void Strength_above_one_is_cut_at_factor_zero() =>
        Uniform(Sample(new ViewOptions { Brightness = 1.5 }).Select(draw => draw.Brightness), 0, 2.5);

    [Fact]
    public void Switches_have_their_probabilities()
    {
        var draws = Sample(new ViewOptions { BlurProbability = 0.3 });

        // Five standard errors, at most 5·√(0.21/20,000) = 0.017.
        Assert.Equal(0.8, draws.Average(draw => draw.Jittered ? 1.0 : 0), 0.017);
        Assert.Equal(0.2, draws.Average(draw => draw.Greyscale ? 1.0 : 0), 0.017);
        Assert.Equal(0.3, draws.Average(draw => draw.BlurSigma > 0 ? 1.0 : 0), 0.017);
    }

    [Fact]
    public void Every_order_of_the_operations_is_equally_likely()
    {
        var orders = Sample(new ViewOptions()).CountBy(draw => string.Join("", draw.Order)).ToArray();

        Assert.Equal(24, orders.Length);
        var expected = Draws / 24.0;
        Assert.All(orders, order => Assert.InRange(order.Value, expected - (5 * Math.Sqrt(expected)), expected + (5 * Math.Sqrt(expected))));
    }

    [Fact]
    public void One_switch_does_not_move_the_other_numbers()
    {
        var plain = Sample(new ViewOptions())[7];
        var other = Sample(new ViewOptions { JitterProbability = 0, BlurProbability = 1, Brightness = 0 })[7];

        Assert.Equal((plain.Contrast, plain.Saturation, plain.Hue, plain.Greyscale), (other.Contrast, other.Saturation, other.Hue, other.Greyscale));
        Assert.Equal(plain.Order, other.Order);
    }

    private static void Uniform(IEnumerable<float> values, double low, double high)
    {
        var list = values.ToArray();
        Assert.All(list, value => Assert.InRange(value, low - 1e-6, high + 1e-6));
        var sd = (high - low) / Math.Sqrt(12);
        Assert.Equal((low + high) / 2, list.Average(value => (double)value), 5 * sd / Math.Sqrt(Draws));
        // The sample variance of a uniform has relative standard error √(0.8/n).
        var mean = (low + high) / 2;
        Assert.Equal(sd * sd, list.Average(value => (value - mean) * (value - mean)), 5 * sd * sd * Math.Sqrt(0.8 / Draws));
    }

    private static PhotometricDraw[] Sample(ViewOptions options)
    {
        var draws = new PhotometricDraw[Draws];
        for (var i = 0; i < Draws; i++)
        {
            var random = new CounterRandom(6, Purpose.Photometry, sample: i);
            draws[i] = PhotometricDraw.Draw(ref random, options);
        }

        return draws;
    }
}
