using Cmcd.Repro.Augmentations;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Tests.Augmentations;

public class CropTests
{
    private const int Draws = 20_000;

    [Fact]
    public void Area_and_aspect_stay_in_range_and_have_the_means_of_the_accepted_boxes()
    {
        const int height = 400, width = 300;      // large, so that rounding to pixels does not matter
        var options = new ViewOptions();
        var crops = Sample(options, height, width);
        var areas = crops.Select(crop => (double)crop.Height * crop.Width / (height * width)).ToArray();
        var aspects = crops.Select(crop => (double)crop.Width / crop.Height).ToArray();

        Assert.All(areas, area => Assert.InRange(area, 0.08 - 0.01, 1));
        Assert.All(aspects, aspect => Assert.InRange(aspect, 0.75 - 0.01, (4.0 / 3) + 0.02));

        // Expected means: area uniform in [0.08, 1], aspect uniform in [3/4, 4/3], boxes that do not fit left out; midpoint rule.
        double count = 0, areaSum = 0, aspectSum = 0;
        const int grid = 1000;
        for (var i = 0; i < grid; i++)
        {
            for (var j = 0; j < grid; j++)
            {
                var (area, aspect) = (0.08 + (0.92 * (i + 0.5) / grid), 0.75 + (7.0 / 12 * (j + 0.5) / grid));
                if (area * aspect * height / width > 1 || area / aspect * width / height > 1) continue;

                count++;
                areaSum += area;
                aspectSum += aspect;
            }
        }

        // Five standard errors: sd of area below 0.92/√12 = 0.27, of aspect below 0.583/√12 = 0.17.
        Assert.Equal(areaSum / count, areas.Average(), 5 * 0.27 / Math.Sqrt(Draws));
        Assert.Equal(aspectSum / count, aspects.Average(), 5 * 0.17 / Math.Sqrt(Draws));
    }

    [Fact]
    public void Boxes_lie_inside_the_image_and_reach_every_edge()
    {
        var crops = Sample(new ViewOptions(), 20, 30);

        Assert.All(crops, crop => Assert.True(
            crop is { Top: >= 0, Left: >= 0, Height: >= 1, Width: >= 1 } && crop.Top + crop.Height <= 20 && crop.Left + crop.Width <= 30));
        Assert.Contains(crops, crop => crop.Height < 20 && crop.Top == 0);
        Assert.Contains(crops, crop => crop.Height < 20 && crop.Top + crop.Height == 20);
        Assert.Contains(crops, crop => crop.Width < 30 && crop.Left + crop.Width == 30);
    }

    [Theory]
    [InlineData(0.5, 0.018)]    // five standard errors: 5·√(p(1-p)/20,000)
    [InlineData(0.1, 0.011)]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, 0.0)]
    public void Share_of_flips_is_the_probability(double probability, double tolerance)
    {
        var share = Sample(new ViewOptions { FlipProbability = probability }, 32, 32).Average(crop => crop.Flip ? 1.0 : 0);
        Assert.InRange(share, probability - tolerance, probability + tolerance);
    }

    [Fact]
    public void Shapes_that_never_fit_give_the_whole_image()
    {
        var options = new ViewOptions { MinArea = 1, MinAspect = 2, MaxAspect = 3 };
        Assert.All(Sample(options, 16, 16).Take(100), crop => Assert.Equal((0, 0, 16, 16), (crop.Top, crop.Left, crop.Height, crop.Width)));
    }

    private static Crop[] Sample(ViewOptions options, int height, int width)
    {
        var crops = new Crop[Draws];
        for (var i = 0; i < Draws; i++)
        {
            var random = new CounterRandom(5, Purpose.Geometry, sample: i);
            crops[i] = Crop.Draw(ref random, options, height, width);
        }

        return crops;
    }
}
