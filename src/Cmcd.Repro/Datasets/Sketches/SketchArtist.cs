using System.Numerics;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Sketches;

/// <summary>Draws an object's contours from its photo the way an unskilled hand does: turned, out of proportion, in wobbly broken strokes.</summary>
/// <remarks>
/// A pure function of (style, photo, photo id, sketch number); random numbers come from <see cref="CounterRandom"/> at (seed 0, Sketch,
/// sample = photo id, view = sketch number). Only + - × ÷ √ are used, so the bits are the same on every platform and for any number of threads.
/// </remarks>
/// <param name="style">How badly to draw.</param>
public sealed class SketchArtist(SketchStyle style)
{
    /// <summary>Part of every dataset's hash. Raise it when sketches can change for the same style.</summary>
    public const int ArtistVersion = 1;

    /// <summary>Height and width of photos and sketches, pixels.</summary>
    public const int Side = 32;

    /// <summary>Draws sketches of every photo, several photos at a time.</summary>
    /// <param name="photos">[N × 32 × 32] bytes, white object on black.</param>
    /// <param name="firstPhotoId">Id of photo 0; photo i has id firstPhotoId + i. Unique over all sets, so that no two photos share a hand.</param>
    /// <param name="sketchesPerPhoto">At least 1.</param>
    /// <param name="threads">Most photos at a time; -1 for one per processor. The bits do not depend on it.</param>
    /// <returns>[N × sketchesPerPhoto × 32 × 32] bytes, black on white, the sketches of a photo next to each other.</returns>
    /// <exception cref="ArgumentException">photos does not hold whole photos.</exception>
    public byte[] DrawAll(byte[] photos, long firstPhotoId, int sketchesPerPhoto, int threads = -1)
    {
        ArgumentNullException.ThrowIfNull(photos);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sketchesPerPhoto);
        const int Pixels = Side * Side;
        if (photos.Length % Pixels != 0)
            throw new ArgumentException($"Expected whole photos of {Pixels} bytes, got {photos.Length} bytes.", nameof(photos));

        var sketches = new byte[photos.Length * sketchesPerPhoto];
        var share = Pixels * sketchesPerPhoto;
        Parallel.For(0, photos.Length / Pixels, new ParallelOptions { MaxDegreeOfParallelism = threads },
            photo => Draw(photos.AsSpan(photo * Pixels, Pixels), firstPhotoId + photo, sketches.AsSpan(photo * share, share)));
        return sketches;
    }

    /// <summary>Fills drawn with sketches 0, 1, … of one photo.</summary>
    private void Draw(ReadOnlySpan<byte> photo, long photoId, Span<byte> drawn)
    {
        var curves = EdgeTracer.Trace(photo, style);
        for (var sketch = 0; sketch < drawn.Length / photo.Length; sketch++)
        {
            var random = new CounterRandom(seed: 0, Purpose.Sketch, epoch: 0, sample: photoId, view: sketch);
            var placement = new Placement(style, ref random);
            var paper = new Paper();
            var pen = random.NextUniform(style.ThinPen, style.ThickPen);
            foreach (var curve in curves)
                DrawCurve(curve, placement, pen, paper, ref random);
            paper.CopyTo(drawn.Slice(sketch * photo.Length, photo.Length));
        }
    }

    /// <summary>Cuts the curve into strokes. Its points are about one pixel apart, so lengths count points.</summary>
    private void DrawCurve(Vector2[] curve, Placement placement, float pen, Paper paper, ref CounterRandom random)
    {
        for (var start = 0f; start < curve.Length - 2;)
        {
            var length = random.NextUniform(style.ShortestStroke, style.LongestStroke);
            var isForgotten = random.NextBool(style.Forgotten);
            var stroke = curve[(int)start..Math.Min((int)(start + length) + 1, curve.Length)];
            if (!isForgotten && stroke.Length > 2)
                DrawStroke(stroke, placement, pen, paper, ref random);
            start = MathF.Max(start + length + random.NextUniform(-style.Gap, style.Gap), start + 1);
        }
    }

    private void DrawStroke(Vector2[] stroke, Placement placement, float pen, Paper paper, ref CounterRandom random)
    {
        var middle = stroke[stroke.Length / 2];
        var turn = Placement.Rotation(random.NextUniform(-style.StrokeTurn, style.StrokeTurn));
        var shift = Placement.Offset(style.StrokeShift, ref random);
        var (from, to) = (Tremble(ref random), Tremble(ref random));
        var from1 = Vector2.Zero;
        var radius1 = 0f;
        const int Period = 5;                                          // points between two jerks of the hand
        for (var i = 0; i < stroke.Length; i++)
        {
            if (i > 0 && i % Period == 0)
                (from, to) = (to, Tremble(ref random));
            var part = Placement.Ease((float)(i % Period) / Period);
            var tremble = ((1 - part) * from) + (part * to);          // x, y: displacement; z: pressure
            var point = placement.Apply(middle + Placement.Turned(stroke[i] - middle, turn)) + shift + new Vector2(tremble.X, tremble.Y);
            var radius = pen * (1 + tremble.Z);
            if (i > 0)
                paper.Line(from1, point, 0.5f * (radius1 + radius));
            (from1, radius1) = (point, radius);
        }
    }

    private Vector3 Tremble(ref CounterRandom random)
    {
        var jerk = Placement.Offset(style.Tremor, ref random);
        return new(jerk.X, jerk.Y, random.NextUniform(-style.Pressure, style.Pressure));
    }
}
