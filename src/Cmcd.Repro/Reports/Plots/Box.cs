namespace Cmcd.Repro.Reports.Plots;

/// <summary>A rectangle of a drawing; y grows downwards.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    /// <summary>About a point.</summary>
    public static Box About(double x, double y, double reach) => new(x - reach, y - reach, x + reach, y + reach);

    public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public bool IsWithin(Box other) => Left >= other.Left && Right <= other.Right && Top >= other.Top && Bottom <= other.Bottom;

    /// <summary>The point of it that is nearest to another.</summary>
    public (double X, double Y) Nearest(double x, double y) => (Math.Clamp(x, Left, Right), Math.Clamp(y, Top, Bottom));
}
