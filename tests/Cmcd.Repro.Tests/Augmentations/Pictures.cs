using System.Runtime.InteropServices;
using Cmcd.Repro.Randomness;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Augmentations;

/// <summary>Made-up test images and what the tests ask of results.</summary>
internal static class Pictures
{
    /// <summary>uint8 [count, channels, height, width]: noise of every brightness, in patches of three pixels, with some pure black and white.</summary>
    public static Tensor Noise(int count, int channels, int height, int width)
    {
        var pixels = new byte[count * channels * height * width];
        for (var plane = 0; plane < count * channels; plane++)
        {
            var random = new CounterRandom(11, Purpose.Test, sample: plane);
            for (var i = 0; i < height * width; i++)
            {
                var value = (int)random.NextUniform(-40, 296);
                var at = (plane * height * width) + i;
                pixels[at] = (byte)Math.Clamp(i % 3 == 0 ? value : pixels[at - 1] + (value % 16), 0, 255);
            }
        }

        return tensor(pixels, [count, channels, height, width]);
    }

    public static float[] Values(Tensor result) => MemoryMarshal.Cast<byte, float>(result.contiguous().bytes).ToArray();

    /// <summary>Image n of uint8 images as doubles from 0 to 1, [channel][y, x].</summary>
    public static double[][,] Plain(Tensor images, int n)
    {
        var (channels, height, width) = ((int)images.shape[1], (int)images.shape[2], (int)images.shape[3]);
        var bytes = images.bytes;
        var image = new double[channels][,];
        for (var c = 0; c < channels; c++)
        {
            image[c] = new double[height, width];
            for (var i = 0; i < height * width; i++) image[c][i / width, i % width] = bytes[(((n * channels) + c) * height * width) + i] / 255.0;
        }

        return image;
    }

    /// <summary>Largest difference between view n of a float tensor and a plain image.</summary>
    public static double Distance(Tensor views, int n, double[][,] expected)
    {
        var actual = Values(views[n]);
        var flat = expected.SelectMany(channel => channel.Cast<double>()).ToArray();
        Assert.Equal(flat.Length, actual.Length);
        return flat.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
    }
}
