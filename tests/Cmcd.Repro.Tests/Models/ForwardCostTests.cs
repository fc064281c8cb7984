using Cmcd.Repro.Models;

namespace Cmcd.Repro.Tests.Models;

public class ForwardCostTests
{
    /// <summary>torchvision publishes 1.814 and 4.089 GFLOPS (multiply-adds) with the classifier, which has 0.0005 and 0.002 of them.</summary>
    [Theory]
    [InlineData(Architecture.ResNet18, 1.8136e9), InlineData(Architecture.ResNet50, 4.0872e9)]
    public void Width_64_at_224_pixels_has_the_published_multiply_adds(Architecture architecture, double published) =>
        Assert.Equal(published, ForwardCost.Of(new(architecture, 64, Stem.ImageNet), 224), published * 1e-3);

    [Fact]
    public void Cost_grows_with_the_square_of_width_and_side()
    {
        var narrow = ForwardCost.Of(new(Architecture.ResNet18, 32, Stem.SmallStrided, 32), 64);
        Assert.Equal(4, ForwardCost.Of(new(Architecture.ResNet18, 64, Stem.SmallStrided, 64), 64) / narrow, 6);
        Assert.Equal(4, ForwardCost.Of(new(Architecture.ResNet18, 32, Stem.SmallStrided, 32), 128) / narrow, 6);
        Assert.Equal(4, ForwardCost.Of(new(Architecture.ResNet18, 32, Stem.Small, 32), 64) / narrow, 6);   // no stride in the stem
    }
}
