using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>Wall, light and lumber behind an event, the same in every frame of a clip; and the tone of what stands before it.</summary>
internal sealed class Background
{
    private const int Grid = 5;                      // corners of the texture along one side

    private readonly float[] _wall = new float[Canvas.Side * Canvas.Side];
    private readonly float _ink;

    public Background(RecordingStyle style, ref CounterRandom random)
    {
        var wall = random.NextUniform();
        // Ink lies at least the smallest contrast above or below the wall, as far as there is room.
        var (below, above) = (Math.Max(0, wall - style.SmallestContrast), Math.Max(0, 1 - wall - style.SmallestContrast));
        var place = random.NextUniform(0, below + above);
        _ink = place < below ? place : wall + style.SmallestContrast + (place - below);

        var (slopeX, slopeY) = (random.NextUniform(-0.15f, 0.15f), random.NextUniform(-0.15f, 0.15f));
        var texture = random.NextUniform(0, style.Texture);
        var corners = new float[Grid * Grid];
        for (var i = 0; i < corners.Length; i++) corners[i] = random.NextUniform(-texture, texture);
        for (var i = 0; i < _wall.Length; i++)
        {
            var (x, y) = (i % Canvas.Side / (float)Canvas.Side, i / Canvas.Side / (float)Canvas.Side);
            _wall[i] = wall + (slopeX * (x - 0.5f)) + (slopeY * (y - 0.5f)) + Smooth(corners, x * (Grid - 1), y * (Grid - 1));
        }

        Clutter(random.NextInt(style.Clutter + 1), wall, ref random);
    }

    /// <summary>The tone of a pixel that ink covers in part.</summary>
    public float Under(int pixel, float ink) => _wall[pixel] + (ink * (_ink - _wall[pixel]));

    private static float Smooth(float[] corners, float x, float y)
    {
        var (left, top) = ((int)x, (int)y);
        var (right, down) = (x - left, y - top);
        var at = (top * Grid) + left;
        return ((1 - down) * (((1 - right) * corners[at]) + (right * corners[at + 1])))
            + (down * (((1 - right) * corners[at + Grid]) + (right * corners[at + Grid + 1])));
    }

    /// <summary>A few pale discs and bars that have nothing to do with the event.</summary>
    private void Clutter(int things, float wall, ref CounterRandom random)
    {
        var canvas = new Canvas(Camera.Plain);
        for (var thing = 0; thing < things; thing++)
        {
            var (x, y) = (random.NextUniform(), random.NextUniform());
            if (random.NextBool(0.5)) canvas.Disc(x, y, random.NextUniform(0.03f, 0.12f), 1);
            else canvas.Line(x, y, x + random.NextUniform(-0.4f, 0.4f), y + random.NextUniform(-0.4f, 0.4f), random.NextUniform(0.02f, 0.06f), 1);
        }

        var tone = 0.3f * (_ink - wall);
        for (var i = 0; i < _wall.Length; i++) _wall[i] += canvas.Ink[i] * tone;
    }
}
