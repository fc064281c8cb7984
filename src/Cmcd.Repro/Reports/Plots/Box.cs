namespace Cmcd.Repro.Reports.Plots;

/// <summary>A rectangle of a drawing; y grows downwards.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    /// <summary>About a point.</summary>
    public static Box About(double x, double y, double reach) => new(x - reach, y - reach, x + reach, y + reach);

    public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public bool IsWithin(Box other) => Left >= other.Left && Right <= other.Right && Top >= other.Top && Bottom <= other.Bottom;

    /// <summary>A straight line passes through it; looked at every twentieth of the line.</summary>
    public bool IsCut((double X, double Y) from, (double X, double Y) to)
    {
        for (var i = 0; i <= 20; i++)
        {
            var (x, y) = (from.X + ((to.X - from.X) * i / 20), from.Y + ((to.Y - from.Y) * i / 20));
            if (x > Left && x < Right && y > Top && y < Bottom) return true;
        }

        return false;
    }

    /// <summary>The point of it that is nearest to another.</summary>
    public (double X, double Y) Nearest(double x, double y) => (Math.Clamp(x, Left, Right), Math.Clamp(y, Top, Bottom));
}
