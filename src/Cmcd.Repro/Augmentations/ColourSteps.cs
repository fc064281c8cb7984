using static TorchSharp.torch;

namespace Cmcd.Repro.Augmentations;

/// <summary>Colour jitter and greyscale for a whole batch, each image with its own parameters and order.</summary>
/// <remarks>
/// Brightness, contrast, saturation and greyscale are one form, x ← keep·x + mean·m + grey·g + white, clipped to [0, 1] after each,
/// where g is the grey image (ITU-R 601) and m its mean; only the four coefficients differ. So one step serves all images,
/// whatever operation each has at that place; images without jitter get keep = 1 and stay as they are, to the bit. Hue goes through
/// the images that have it at that place. On one channel saturation, hue and greyscale do nothing: two cheap steps remain.
/// Departs: the official code's contrast uses each channel's own mean; this is torchvision's definition.
/// Every tensor operation here works element by element or along one row, so that results do not depend on batch or threads.
/// </remarks>
internal static class ColourSteps
{
    private readonly record struct Blend(float Keep, float Mean, float Grey, float White);

    private static readonly Blend Unchanged = new(1, 0, 0, 0);
    private static readonly Blend OnlyGrey = new(0, 0, 1, 0);

    /// <summary>Changes the views in place.</summary>
    /// <param name="views">[N, C, S, S], float, in [0, 1].</param>
    /// <param name="draws">Parameters of the N views.</param>
    /// <param name="ink">Brightness and contrast blend with white instead of black and the mean: they scale 1 - x.</param>
    public static void Apply(Tensor views, ReadOnlySpan<PhotometricDraw> draws, bool ink)
    {
        using var scope = NewDisposeScope();
        var colour = views.shape[1] == 3;
        var steps = colour ? 5 : 2;
        var blends = new Blend[steps, draws.Length];
        var hues = new List<(int Image, float Turns)>[steps];
        for (var i = 0; i < draws.Length; i++) Schedule(draws[i], i, colour, ink, blends, hues);

        var coefficients = Upload(blends, views.device);                                  // [steps, 4, N, 1, 1, 1]
        for (var step = 0; step < steps; step++)
        {
            var of = coefficients[step].unbind(0);                                        // keep, mean, grey, white: [N, 1, 1, 1]
            var grey = colour ? Grey(views) : views;                                      // [N, 1, S, S]
            // In two stages: libtorch splits the sum over a whole tensor by threads, which would change its last bits.
            var offset = grey.mean([-1], keepdim: true).mean([-2], keepdim: true).mul_(of[1]).add_(of[3]);   // [N, 1, 1, 1]
            views.mul_(of[0]).add_(colour ? grey.mul_(of[2]).add_(offset) : offset);
            UnitRange.Clip(views);
            if (hues[step] is { } list) RotateHues(views, list);
        }
    }

    private static void Schedule(PhotometricDraw draw, int image, bool colour, bool ink, Blend[,] blends, List<(int, float)>[] hues)
    {
        var step = 0;
        foreach (ColourOperation operation in draw.Order)
        {
            if (!colour && operation is ColourOperation.Saturation or ColourOperation.Hue) continue;

            blends[step, image] = draw.Jittered ? BlendOf(operation, draw, ink) : Unchanged;
            if (draw.Jittered && operation == ColourOperation.Hue) (hues[step] ??= []).Add((image, draw.Hue));
            step++;
        }

        if (colour) blends[step, image] = draw.Greyscale ? OnlyGrey : Unchanged;
    }

    private static Blend BlendOf(ColourOperation operation, PhotometricDraw draw, bool ink) => operation switch
    {
        ColourOperation.Brightness => new(draw.Brightness, 0, 0, ink ? 1 - draw.Brightness : 0),
        ColourOperation.Contrast when ink => new(draw.Contrast, 0, 0, 1 - draw.Contrast),
        ColourOperation.Contrast => new(draw.Contrast, 1 - draw.Contrast, 0, 0),
        ColourOperation.Saturation => new(draw.Saturation, 0, 1 - draw.Saturation, 0),
        _ => Unchanged,
    };

    private static Tensor Upload(Blend[,] blends, Device device)
    {
        var (steps, count) = (blends.GetLength(0), blends.GetLength(1));
        var values = new float[steps * 4 * count];
        for (var step = 0; step < steps; step++)
        {
            for (var i = 0; i < count; i++)
            {
                var blend = blends[step, i];
                var at = (step * 4 * count) + i;
                (values[at], values[at + count], values[at + (2 * count)], values[at + (3 * count)]) = (blend.Keep, blend.Mean, blend.Grey, blend.White);
            }
        }

        return tensor(values, [steps, 4, count, 1, 1, 1], device: device);
    }

    private static Tensor Grey(Tensor views)
    {
        var channels = views.mul(tensor([0.299f, 0.587f, 0.114f], [1, 3, 1, 1], device: views.device)).split(1, dim: 1);
        return channels[0].add(channels[1]).add_(channels[2]);
    }

    private static void RotateHues(Tensor views, List<(int Image, float Turns)> list)
    {
        var images = tensor(list.ConvertAll(item => (long)item.Image).ToArray(), device: views.device);
        var turns = tensor(list.ConvertAll(item => item.Turns).ToArray(), [list.Count, 1, 1, 1], device: views.device);
        views.index_copy_(0, images, HueRotation.Apply(views.index_select(0, images), turns));
    }
}
