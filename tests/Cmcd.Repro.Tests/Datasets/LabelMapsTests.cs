using Cmcd.Repro.Datasets;

namespace Cmcd.Repro.Tests.Datasets;

public class LabelMapsTests
{
    private const int Pixels = 4;

    [Fact]
    public void Classes_and_some_void_are_accepted() => LabelMaps.Check("set", [0, 12, 255, 255, 255, 255, 255, 5], Pixels, 13);

    [Fact]
    public void All_void_map_and_label_outside_the_classes_are_told_together_with_item_pixel_and_remedy()
    {
        var message = Assert.Throws<DatasetUnavailableException>(() => LabelMaps.Check("rooms/test", [0, 1, 2, 3, 255, 255, 255, 255, 0, 255, 13, 254], Pixels, 13)).Message;

        Assert.Equal("rooms/test: map 1 is void everywhere, so it teaches and tests nothing: leave the item out; "
            + "map 2 has label 13 at pixel 2: allowed are 0 to 12, and 255 for void; map it to one of these.", message);
    }

    [Fact]
    public void Many_faults_are_counted() =>
        Assert.EndsWith("; and 2 more.", Assert.Throws<DatasetUnavailableException>(() => LabelMaps.Check("set", Enumerable.Repeat((byte)255, 12 * Pixels).ToArray(), Pixels, 13)).Message);

    [Theory]
    [InlineData(3, 64, 64, 1, 2, 64, 64, "label map 2 is the first without image")]
    [InlineData(2, 64, 64, 1, 3, 64, 64, "image 2 is the first without label map")]
    [InlineData(2, 48, 64, 1, 2, 64, 64, "images are 64 x 64, label maps 48 x 64")]
    [InlineData(2, 64, 64, 3, 2, 64, 64, "one channel of class numbers, not colours")]
    public void Maps_that_do_not_fit_their_images_are_refused(int maps, int height, int width, int channels, int images, int imageHeight, int imageWidth, string found)
    {
        var message = Assert.Throws<DatasetUnavailableException>(() => Set(new(maps, height, width, 255, () => [], channels), new(images, imageHeight, imageWidth, 0, () => []))).Message;

        Assert.StartsWith("mine/test: ", message, StringComparison.Ordinal);
        Assert.Contains(found, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Smaller_map_of_the_same_shape_is_accepted() => Assert.Equal(16, Set(new(2, 16, 16, 255, () => []), new(2, 64, 64, 0, () => [])).Labels.Height);

    [Fact]
    public void Set_without_classes_is_refused() => Assert.Contains("there are 0 classes: allowed are 1 to 255",
        Assert.Throws<DatasetUnavailableException>(() => new SegmentedDataset("mine", "", new ResidentImages(1, 4, 4, 0, () => []), new ResidentImages(1, 4, 4, 255, () => []), [])).Message, StringComparison.Ordinal);

    private static SegmentedDataset Set(ResidentImages labels, ResidentImages images) => new("mine/test", "", images, labels, ["wall", "floor"]);
}
