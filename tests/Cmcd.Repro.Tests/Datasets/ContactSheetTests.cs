using Cmcd.Repro.Datasets;
using SkiaSharp;

namespace Cmcd.Repro.Tests.Datasets;

public class ContactSheetTests
{
    private readonly DatasetCatalogue _catalogue = new(DataFolder.Committed, DataFolder.Generated);

    [Theory]
    [InlineData("fashion-sketch", 15, 10)]      // three photos with four sketches each per row, ten classes
    [InlineData("emoji-line", 15, 8)]
    public void Sheet_is_a_png_of_the_expected_size_with_the_images_in_place(string name, int columns, int rows)
    {
        var path = Path.GetTempFileName();
        try
        {
            _catalogue.WriteContactSheet(name, path);
            using var page = SKBitmap.Decode(path);

            const int Cell = (32 * ContactSheet.Zoom) + ContactSheet.Gap;
            Assert.Equal((ContactSheet.Gap + (columns * Cell), ContactSheet.Gap + (rows * Cell)), (page.Width, page.Height));
            Assert.Equal(new SKColor(200, 200, 200), page.GetPixel(0, 0));
            var background = name == "emoji-line" ? SKColors.White : SKColors.Black;                     // the first cell is a photo
            Assert.Equal(background, page.GetPixel(ContactSheet.Gap, ContactSheet.Gap));
            Assert.Equal(SKColors.White, page.GetPixel(ContactSheet.Gap + (14 * Cell), ContactSheet.Gap));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Rooms_sheet_has_colour_depth_and_coloured_labels_side_by_side()
    {
        var path = Path.GetTempFileName();
        try
        {
            _catalogue.WriteContactSheet("rooms", path);
            using var page = SKBitmap.Decode(path);
            using var labels = _catalogue.Segmented("rooms", "train", 24).Labels.Read([23]);

            const int Cell = (64 * ContactSheet.Zoom) + ContactSheet.Gap, Last = ContactSheet.Gap + (5 * Cell);
            Assert.Equal((ContactSheet.Gap + (12 * Cell), ContactSheet.Gap + (6 * Cell)), (page.Width, page.Height));
            var maps = Enumerable.Range(0, 64 * 64).Select(i => (Label: labels.bytes[i], Colour: At(11, i))).Distinct().ToArray();
            Assert.Equal(maps.Length, maps.DistinctBy(pixel => pixel.Label).Count());              // one colour for each label
            Assert.Equal(maps.Length, maps.DistinctBy(pixel => pixel.Colour).Count());
            Assert.All(Enumerable.Range(0, 64 * 64).Select(i => At(10, i)), colour => Assert.True(colour.Red == colour.Green && colour.Green == colour.Blue));
            Assert.Contains(Enumerable.Range(0, 64 * 64).Select(i => At(9, i)), colour => colour.Red != colour.Blue);

            SKColor At(int column, int pixel) =>
                page.GetPixel(ContactSheet.Gap + (column * Cell) + (pixel % 64 * ContactSheet.Zoom), Last + (pixel / 64 * ContactSheet.Zoom));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Sheet_of_clips_shows_three_of_each_class_as_frames_and_spectrogram()
    {
        var path = Path.GetTempFileName();
        try
        {
            _catalogue.WriteContactSheet("impacts", path);
            using var page = SKBitmap.Decode(path);
            using var second = _catalogue.Pairs("impacts", 36).Source.Read([12]);       // the first class' second clip

            const int Cell = (64 * ContactSheet.Zoom) + ContactSheet.Gap;
            Assert.Equal((ContactSheet.Gap + (13 * Cell), ContactSheet.Gap + (36 * Cell)), (page.Width, page.Height));
            var corner = second[11, 0, 0, 0].item<byte>();                              // of its last frame
            Assert.Equal(new SKColor(corner, corner, corner), page.GetPixel(ContactSheet.Gap + (11 * Cell), ContactSheet.Gap + Cell));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Unknown_dataset_is_refused() => Assert.Throws<DatasetUnavailableException>(() => _catalogue.WriteContactSheet("sketchy", "unused.png"));
}
