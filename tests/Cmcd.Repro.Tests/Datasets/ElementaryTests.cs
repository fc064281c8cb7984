using Cmcd.Repro.Datasets;

namespace Cmcd.Repro.Tests.Datasets;

public class ElementaryTests
{
    [Fact]
    public void Functions_agree_with_the_platforms()
    {
        for (var i = -2000; i <= 2000; i++)
        {
            var x = i * 0.377;
            Assert.Equal(Math.Sin(x), Elementary.Sin(x), tolerance: 4e-16);
            Assert.Equal(Math.Cos(x), Elementary.Cos(x), tolerance: 4e-16);
            Assert.Equal(1, Elementary.Exp(x / 2) / Math.Exp(x / 2), tolerance: 1e-15);
            Assert.Equal(x / 2, Elementary.Log(Math.Exp(x / 2)), tolerance: 1e-15 * Math.Max(1, Math.Abs(x)));
        }

        Assert.Equal(Math.Sin(999_999.5), Elementary.Sin(999_999.5), tolerance: 1e-15);
    }

    [Fact]
    public void Known_values_come_out()
    {
        Assert.Equal((0, 1, 1, 0), (Elementary.Sin(0), Elementary.Cos(0), Elementary.Exp(0), Elementary.Log(1)));
        Assert.Equal(0, Elementary.Exp(-1000));
        Assert.Equal(-16.118095650958319, Elementary.Log(1e-7), tolerance: 1e-14);
    }
}
