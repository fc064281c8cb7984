using SkiaSharp;

namespace Cmcd.Repro.Tests.Datasets.Mirror;

/// <summary>Small honest images for mirrors of the paper's data: a shape with as many corners as its class and two, placed by the item.</summary>
internal static class MirrorImages
{
    /// <summary>A colour photo as JPEG.</summary>
    public static byte[] Photo(int kind, int item, int side) => Encode(side, new SKColor((byte)(40 + (30 * kind)), (byte)(200 - (25 * kind)), (byte)(90 + (7 * item))), SKColors.Orange, kind, item, SKEncodedImageFormat.Jpeg);

    /// <summary>Dark strokes on white as PNG.</summary>
    public static byte[] Sketch(int kind, int item, int side) => Encode(side, SKColors.White, new SKColor(20, 20, 20), kind, item, SKEncodedImageFormat.Png);

    private static byte[] Encode(int side, SKColor background, SKColor ink, int kind, int item, SKEncodedImageFormat format)
    {
        using var surface = SKSurface.Create(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var paint = new SKPaint { Color = ink, Style = SKPaintStyle.Stroke, StrokeWidth = Math.Max(1, side / 24f), IsAntialias = true };
        surface.Canvas.Clear(background);
        var (x, y, reach) = (side * (0.35f + (item * 0.037f % 0.3f)), side * (0.65f - (item * 0.051f % 0.3f)), side * (0.14f + (0.02f * (item % 5))));
        for (var (corner, corners) = (0, kind + 2); corner < corners; corner++)
        {
            var (from, to) = (2 * MathF.PI * corner / corners, 2 * MathF.PI * (corner + 1) / corners);
            surface.Canvas.DrawLine(x + (reach * MathF.Cos(from)), y + (reach * MathF.Sin(from)), x + (reach * MathF.Cos(to)), y + (reach * MathF.Sin(to)), paint);
        }

        using var image = surface.Snapshot();
        using var data = image.Encode(format, 92);
        return data.ToArray();
    }
}
