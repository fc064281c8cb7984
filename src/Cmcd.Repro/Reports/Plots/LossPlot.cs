namespace Cmcd.Repro.Reports.Plots;

/// <summary>Mean loss of each epoch, one line a seed, in the size of a stamp.</summary>
internal static class LossPlot
{
    private const double Width = 210, Height = 104, Left = 40, Right = 8, Top = 8, Foot = 20;
    private const int MostPoints = 25;

    /// <param name="name">What it shows, for those who do not see it.</param>
    /// <param name="lines">Losses of each seed; finite; at least one.</param>
    public static Html Draw(string name, IReadOnlyList<IReadOnlyList<double>> lines)
    {
        var (low, high) = (lines.Min(line => line.Min()), lines.Max(line => line.Max()));
        if (high == low) (low, high) = (low - 0.5, high + 0.5);
        var epochs = lines.Max(line => line.Count);
        return Html.Of($"""
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{name}"><path class="axis" d="M{Left} {Top}V{Height - Foot}H{Width - Right}"/>
            <text class="tick" x="{Left - 4}" y="{Top + 6}" text-anchor="end">{Text.Loss(high)}</text><text class="tick" x="{Left - 4}" y="{Height - Foot}" text-anchor="end">{Text.Loss(low)}</text>
            <text class="tick" x="{Left}" y="{Height - 6}">1</text><text class="tick" x="{Width - Right}" y="{Height - 6}" text-anchor="end">{epochs}</text>
            {lines.Select((line, i) => Html.Of($"<path class=\"loss seed{i % 5}\" d=\"{Path(line)}\"/>"))}</svg>

            """);

        Html Path(IReadOnlyList<double> line)
        {
            var every = Math.Max(1, (line.Count + MostPoints - 1) / MostPoints);
            var shown = Enumerable.Range(0, line.Count).Where(i => i % every == 0 || i == line.Count - 1);
            return Html.Join(shown.Select((i, place) => Html.Of($"{(place == 0 ? "M" : "L")}{X(i)} {Y(line[i])}")));
        }

        double X(int epoch) => Left + (epoch / Math.Max(1.0, epochs - 1) * (Width - Left - Right));

        double Y(double loss) => Top + ((high - loss) / (high - low) * (Height - Top - Foot));
    }
}
