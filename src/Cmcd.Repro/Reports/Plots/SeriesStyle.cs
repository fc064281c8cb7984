namespace Cmcd.Repro.Reports.Plots;

/// <summary>A series looks the same in every figure: class c0, c1, … for colour and line, and a shape of its own, so that colour is not needed.</summary>
internal static class SeriesStyle
{
    /// <summary>What a tier measured, where it stands beside <see cref="Printed"/>.</summary>
    public const string Ours = "ours";

    /// <summary>What the paper prints.</summary>
    public const string Printed = "printed";

    private static readonly string[] Known = ["CMC", "CMD", "CMKD", "PreSSL", "CMST", "SOCKET", "SSL", "Sup", "ShuffledCMD", "Random", Ours, Printed];

    /// <summary>Number of the style; a series that is not known by name takes the last of the methods' ones.</summary>
    public static int Of(string series) => Array.IndexOf(Known, series) is var place && place >= 0 ? place : Array.IndexOf(Known, "Random");

    /// <summary>Subpaths of the shape about a point.</summary>
    public static Html Shape(int style, double x, double y) => style switch
    {
        0 or 6 or 10 => Html.Of($"M{x - 3.5} {y}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0"),       // circle
        1 or 7 => Html.Of($"M{x - 3.2} {y - 3.2}h6.4v6.4h-6.4z"),                               // square
        2 => Html.Of($"M{x} {y - 4.3}l4.2 7.4h-8.4z"),                                          // triangle
        3 or 11 => Html.Of($"M{x} {y - 4.8}l4.8 4.8l-4.8 4.8l-4.8 -4.8z"),                      // diamond
        4 => Html.Of($"M{x} {y + 4.3}l4.2 -7.4h-8.4z"),                                         // triangle on its tip
        5 => Html.Of($"M{x - 3.3} {y - 3.3}l6.6 6.6m0 -6.6l-6.6 6.6"),                          // x
        8 => Html.Of($"M{x - 4} {y}h8m-4 -4v8"),                                                // plus
        _ => Html.Of($"M{x - 4} {y}h8"),                                                        // bar
    };

    /// <summary>A piece of line with the shape in its middle, 26 wide and 12 high.</summary>
    public static Html Key(int style, bool joined) => Html.Of($"{(joined ? Html.Of($"<path class=\"line\" d=\"M1 6H25\"/>") : default)}<path class=\"mark\" d=\"{Shape(style, 13, 6)}\"/>");
}
