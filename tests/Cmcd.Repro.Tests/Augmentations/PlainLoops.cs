using Cmcd.Repro.Augmentations;

namespace Cmcd.Repro.Tests.Augmentations;

/// <summary>Every image operation once more, pixel by pixel in doubles. An image is [channel][y, x], values 0 to 1.</summary>
internal static class PlainLoops
{
    public static double[][,] View(double[][,] image, Crop crop, PhotometricDraw draw, int size, Interpolation interpolation, bool ink = false)
    {
        var view = Resize(image, crop, size, interpolation);
        view = Colour(view, draw, ink);
        return draw.BlurSigma > 0 ? Blur(view, (2 * (size / 10 / 2)) + 1, draw.BlurSigma) : view;
    }

    /// <summary>One weighted mean over the whole crop for each output pixel.</summary>
    public static double[][,] Resize(double[][,] image, Crop crop, int size, Interpolation interpolation, bool clip = true)
    {
        var result = Like(image, size);
        double scaleY = (double)crop.Height / size, scaleX = (double)crop.Width / size;
        for (var c = 0; c < image.Length; c++)
        {
            for (var y = 0; y < size; y++)
            {
                for (var x = 0; x < size; x++)
                {
                    double sum = 0, weights = 0;
                    for (var v = 0; v < crop.Height; v++)
                    {
                        for (var u = 0; u < crop.Width; u++)
                        {
                            var weight = Kernel(interpolation, (v + 0.5 - (scaleY * (y + 0.5))) / Math.Max(scaleY, 1))
                                * Kernel(interpolation, (u + 0.5 - (scaleX * (x + 0.5))) / Math.Max(scaleX, 1));
                            sum += weight * image[c][crop.Top + v, crop.Left + u];
                            weights += weight;
                        }
                    }

                    result[c][y, crop.Flip ? size - 1 - x : x] = clip ? Clip(sum / weights) : sum / weights;
                }
            }
        }

        return result;
    }

    public static double[][,] Colour(double[][,] view, PhotometricDraw draw, bool ink)
    {
        foreach (ColourOperation operation in draw.Jittered ? draw.Order : [])
        {
            view = operation switch
            {
                ColourOperation.Brightness when ink => Each(view, p => p.Select(x => 1 - (draw.Brightness * (1 - x)))),
                ColourOperation.Brightness => Each(view, p => p.Select(x => draw.Brightness * x)),
                ColourOperation.Contrast when ink => Each(view, p => p.Select(x => 1 - (draw.Contrast * (1 - x)))),
                ColourOperation.Contrast => Contrast(view, draw.Contrast),
                ColourOperation.Saturation => Each(view, p => p.Select(x => (draw.Saturation * x) + ((1 - draw.Saturation) * Grey(p)))),
                _ => view.Length == 1 ? view : Each(view, p => ShiftHue(p[0], p[1], p[2], draw.Hue)),
            };
        }

        return draw.Greyscale ? Each(view, p => p.Select(_ => Grey(p))) : view;
    }

    public static double[][,] Blur(double[][,] view, int kernelSize, double sigma)
    {
        var result = Like(view, view[0].GetLength(0));
        var (size, radius) = (view[0].GetLength(0), kernelSize / 2);
        int Reflect(int i) => i < 0 ? -i : i >= size ? (2 * size) - 2 - i : i;
        for (var c = 0; c < view.Length; c++)
        {
            for (var y = 0; y < size; y++)
            {
                for (var x = 0; x < size; x++)
                {
                    double sum = 0, weights = 0;
                    for (var dy = -radius; dy <= radius; dy++)
                    {
                        for (var dx = -radius; dx <= radius; dx++)
                        {
                            var weight = Math.Exp(-((dy * dy) + (dx * dx)) / (2 * sigma * sigma));
                            sum += weight * view[c][Reflect(y + dy), Reflect(x + dx)];
                            weights += weight;
                        }
                    }

                    result[c][y, x] = sum / weights;
                }
            }
        }

        return result;
    }

    private static double[][,] Contrast(double[][,] view, double factor)
    {
        double sum = 0;
        Each(view, p =>
        {
            sum += Grey(p);
            return p;
        });
        var mean = sum / view[0].Length;
        return Each(view, p => p.Select(x => (factor * x) + ((1 - factor) * mean)));
    }

    /// <summary>RGB to HSV and back by the six sectors, as in textbooks.</summary>
    private static double[] ShiftHue(double r, double g, double b, double turns)
    {
        double max = Math.Max(r, Math.Max(g, b)), chroma = max - Math.Min(r, Math.Min(g, b));
        if (chroma == 0) return [r, g, b];

        var hue = max == r ? (g - b) / chroma : max == g ? ((b - r) / chroma) + 2 : ((r - g) / chroma) + 4;
        hue += 6 * turns;
        hue -= 6 * Math.Floor(hue / 6);
        var saturation = chroma / max;
        var sector = (int)hue % 6;
        var fraction = hue - Math.Floor(hue);
        var p = max * (1 - saturation);
        var q = max * (1 - (saturation * fraction));
        var t = max * (1 - (saturation * (1 - fraction)));
        return sector switch
        {
            0 => [max, t, p],
            1 => [q, max, p],
            2 => [p, max, t],
            3 => [p, q, max],
            4 => [t, p, max],
            _ => [max, p, q],
        };
    }

    private static double Grey(double[] pixel) => pixel.Length == 1 ? pixel[0] : (0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]);

    private static double Kernel(Interpolation interpolation, double x)
    {
        x = Math.Abs(x);
        if (interpolation == Interpolation.Bilinear) return Math.Max(0, 1 - x);

        return x < 1 ? (1.5 * x * x * x) - (2.5 * x * x) + 1 : x < 2 ? (-0.5 * x * x * x) + (2.5 * x * x) - (4 * x) + 2 : 0;
    }

    private static double[][,] Each(double[][,] view, Func<double[], IEnumerable<double>> change)
    {
        var result = Like(view, view[0].GetLength(0));
        for (var y = 0; y < view[0].GetLength(0); y++)
        {
            for (var x = 0; x < view[0].GetLength(1); x++)
            {
                var changed = change([.. view.Select(channel => channel[y, x])]).ToArray();
                for (var c = 0; c < view.Length; c++) result[c][y, x] = Clip(changed[c]);
            }
        }

        return result;
    }

    private static double[][,] Like(double[][,] image, int size) => [.. image.Select(_ => new double[size, size])];

    private static double Clip(double x) => Math.Clamp(x, 0, 1);
}
