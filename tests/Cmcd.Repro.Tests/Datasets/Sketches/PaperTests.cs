using System.Numerics;
using Cmcd.Repro.Datasets.Sketches;

namespace Cmcd.Repro.Tests.Datasets.Sketches;

public class PaperTests
{
    [Fact]
    public void Line_covers_its_area()
    {
        var image = Drawn(new(6, 10.3f), new(24, 17.8f), radius: 0.8f);

        var ink = image.Sum(value => 1 - (value / 255.0));
        var area = (2 * 0.8 * Math.Sqrt((18 * 18) + (7.5 * 7.5))) + (Math.PI * 0.8 * 0.8);       // a bar with two half discs
        Assert.InRange(ink, 0.93 * area, 1.07 * area);
    }

    [Fact]
    public void Pixels_on_the_line_are_black_beside_it_grey_and_away_from_it_white()
    {
        var image = Drawn(new(4, 16.5f), new(28, 16.5f), radius: 0.75f);

        Assert.Equal((255, 191, 0, 191, 255), (image[(14 * 32) + 16], image[(15 * 32) + 16], image[(16 * 32) + 16], image[(17 * 32) + 16], image[(18 * 32) + 16]));
    }

    [Theory, InlineData(-40f), InlineData(70f)]
    public void Line_outside_the_sheet_leaves_it_white(float x) => Assert.All(Drawn(new(x, 5), new(x, 20), 0.6f), value => Assert.Equal(255, value));

    private static byte[] Drawn(Vector2 from, Vector2 to, float radius)
    {
        var paper = new Paper();
        paper.Line(from, to, radius);
        var image = new byte[32 * 32];
        paper.CopyTo(image);
        return image;
    }
}
