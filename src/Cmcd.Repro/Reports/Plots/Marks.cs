namespace Cmcd.Repro.Reports.Plots;

/// <summary>What stands in a row of a plot, about y = 0.</summary>
internal static class Marks
{
    /// <summary>An interval with its ends.</summary>
    public static Html Interval(double low, double high) => Html.Of($"<path class=\"ci\" d=\"M{low} 0H{high}M{low} -4V4M{high} -4V4\"/>");

    /// <summary>A mean; filled or hollow.</summary>
    public static Html Dot(double x, bool filled) => Html.Of($"<circle class=\"{(filled ? "ours" : "ours hollow")}\" cx=\"{x}\" r=\"4\"/>");

    /// <summary>A printed value.</summary>
    public static Html Diamond(double x) => Html.Of($"<path class=\"printed\" d=\"M{x - 5} 0L{x} -5L{x + 5} 0L{x} 5Z\"/>");

    /// <summary>A seed by its place in the list: each shape is another one, so that colour is not needed.</summary>
    public static Html Seed(double x, int place) => (place % 5) switch
    {
        0 => Html.Of($"<circle class=\"seed\" cx=\"{x}\" r=\"4\"/>"),
        1 => Html.Of($"<path class=\"seed\" d=\"M{x - 4} -4H{x + 4}V4H{x - 4}Z\"/>"),
        2 => Html.Of($"<path class=\"seed\" d=\"M{x} -5L{x + 5} 4H{x - 5}Z\"/>"),
        3 => Html.Of($"<path class=\"seed\" d=\"M{x - 5} 0L{x} -5L{x + 5} 0L{x} 5Z\"/>"),
        _ => Html.Of($"<path class=\"seed\" d=\"M{x - 4} -4L{x + 4} 4M{x - 4} 4L{x + 4} -4\"/>"),
    };

    /// <summary>The name of that shape.</summary>
    public static string SeedName(int place) => (place % 5) switch { 0 => "circle", 1 => "square", 2 => "triangle", 3 => "diamond", _ => "cross" };
}
