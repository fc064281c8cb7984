using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Smooth noise over the plane: random values on the whole-numbered points, eased between them.</summary>
internal sealed class Grain
{
    private const int Period = 256;

    private readonly int[] _order;
    private readonly float[] _values = new float[Period];

    public Grain(ref CounterRandom random)
    {
        _order = random.NextPermutation(Period);
        for (var i = 0; i < Period; i++) _values[i] = random.NextUniform();
    }

    /// <returns>A value in [0, 1).</returns>
    public float At(float x, float y)
    {
        var (left, top) = (MathF.Floor(x), MathF.Floor(y));
        var (right, down) = (Ease(x - left), Ease(y - top));
        var (column, row) = ((int)left, (int)top);
        var above = Mix(Corner(column, row), Corner(column + 1, row), right);
        var below = Mix(Corner(column, row + 1), Corner(column + 1, row + 1), right);
        return Mix(above, below, down);
    }

    /// <summary>The value of one whole-numbered point.</summary>
    public float Corner(int x, int y) => _values[(_order[x & (Period - 1)] + y) & (Period - 1)];

    private static float Ease(float part) => part * part * (3 - (2 * part));

    private static float Mix(float a, float b, float part) => a + ((b - a) * part);
}
