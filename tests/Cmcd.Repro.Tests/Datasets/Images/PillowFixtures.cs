using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets.Images;

/// <summary>What make_pillow_images.py wrote: images, and what Pillow 9.4.0 makes of them.</summary>
internal static class PillowFixtures
{
    public const int Height = 20, Width = 24;

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Cmcd.Repro.Tests", "Datasets", "Images", "Fixtures");

    public static string Image(string name) => Path.Combine(Folder, name);

    /// <summary>[20, 24, 3].</summary>
    public static byte[] Pixels(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".rgb"));

    /// <summary>The pattern that Pillow resized, [height, width, channels].</summary>
    public static byte[] Pattern(int height, int width, int channels)
    {
        var pixels = new byte[height * width * channels];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (y, x, c) = (i / channels / width, i / channels % width, i % channels);
            pixels[i] = (byte)((37 * y) + (101 * x) + (7 * x * y) + (53 * c));
        }

        return pixels;
    }

    /// <summary>Mean and largest absolute difference.</summary>
    public static (double Mean, int Largest) Difference(byte[] ours, byte[] theirs)
    {
        Assert.Equal(theirs.Length, ours.Length);
        var differences = ours.Zip(theirs, (a, b) => Math.Abs(a - b)).ToArray();
        return (differences.Average(), differences.Max());
    }
}
