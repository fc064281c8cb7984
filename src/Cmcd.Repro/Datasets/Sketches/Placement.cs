using System.Numerics;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Sketches;

/// <summary>Where one whole drawing lands in its frame: a smooth wrong proportion, then stretch, size, turn and shift about the middle.</summary>
internal sealed class Placement
{
    private const int Corners = 4;                     // of the proportion grid, along each side
    private const float Middle = SketchArtist.Side / 2f;

    private readonly Vector2[] _warp = new Vector2[Corners * Corners];
    private readonly Vector2 _turn, _size, _shift;

    public Placement(SketchStyle style, ref CounterRandom random)
    {
        _turn = Rotation(random.NextUniform(-style.Turn, style.Turn));
        var size = random.NextUniform(style.SmallestSize, style.LargestSize);
        _size = new(size * (1 + random.NextUniform(-style.Stretch, style.Stretch)), size);
        _shift = Offset(style.Shift, ref random);
        for (var i = 0; i < _warp.Length; i++)
            _warp[i] = Offset(style.Warp, ref random);
    }

    /// <param name="point">Pixels of the frame.</param>
    public Vector2 Apply(Vector2 point) => new Vector2(Middle) + _shift + Turned((point + Warp(point) - new Vector2(Middle)) * _size, _turn);

    /// <summary>Cosine and sine of nearly the given angle: exactly a rotation, from √ and ÷ alone (half-angle tangent, cubic series).</summary>
    public static Vector2 Rotation(float angle)
    {
        var tangent = angle * (0.5f + (angle * angle / 24f));
        var scale = 1 / (1 + (tangent * tangent));
        return new((1 - (tangent * tangent)) * scale, 2 * tangent * scale);
    }

    public static Vector2 Turned(Vector2 point, Vector2 rotation) =>
        new((point.X * rotation.X) - (point.Y * rotation.Y), (point.X * rotation.Y) + (point.Y * rotation.X));

    /// <summary>Uniform in a square of plus or minus size.</summary>
    public static Vector2 Offset(float size, ref CounterRandom random)
    {
        var x = random.NextUniform(-size, size);
        return new(x, random.NextUniform(-size, size));
    }

    /// <summary>From 0 to 1 with flat ends, so that pieces join without a kink.</summary>
    public static float Ease(float part) => part * part * (3 - (2 * part));

    private Vector2 Warp(Vector2 point)
    {
        var x = Math.Clamp(point.X / SketchArtist.Side, 0, 0.999f) * (Corners - 1);
        var y = Math.Clamp(point.Y / SketchArtist.Side, 0, 0.999f) * (Corners - 1);
        var corner = ((int)y * Corners) + (int)x;
        var (right, down) = (Ease(x - (int)x), Ease(y - (int)y));
        var top = (_warp[corner] * (1 - right)) + (_warp[corner + 1] * right);
        var bottom = (_warp[corner + Corners] * (1 - right)) + (_warp[corner + Corners + 1] * right);
        return (top * (1 - down)) + (bottom * down);
    }
}
