using Cmcd.Repro.Datasets;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Tests.Pipeline;

/// <summary>Small pictures of four quarters, each of a texture that is its class: upright stripes, level stripes, a checkerboard; equally bright on average. Void seams.</summary>
internal static class SyntheticScenes
{
    public const int Side = 32;

    private const int Quarter = Side / 2;

    public static SegmentedDataset Of(int count, int firstItem, bool mirroredLabels = false, Action<byte[]>? spoil = null)
    {
        var (pixels, labels) = (new byte[count * Side * Side], new byte[count * Side * Side]);
        for (var n = 0; n < count; n++)
        {
            var random = new CounterRandom(0, Purpose.Test, sample: firstItem + n, view: 1);
            var (classes, phase) = (new int[4], new int[4]);
            for (var quarter = 0; quarter < 4; quarter++) (classes[quarter], phase[quarter]) = (random.NextInt(3), random.NextInt(4));
            for (var y = 0; y < Side; y++)
                for (var x = 0; x < Side; x++)
                {
                    var quarter = (y / Quarter * 2) + (x / Quarter);
                    var (across, down) = ((x + phase[quarter]) / 2 % 2, (y + phase[quarter]) / 2 % 2);
                    var bright = classes[quarter] switch { 0 => across, 1 => down, _ => across ^ down };
                    pixels[(((n * Side) + y) * Side) + x] = (byte)((bright * 120) + random.NextInt(136));
                    var seam = y % Quarter == 0 || x % Quarter == 0;
                    labels[(((n * Side) + y) * Side) + (mirroredLabels ? Side - 1 - x : x)] = seam ? SegmentedDataset.Void : (byte)classes[quarter];
                }
        }

        spoil?.Invoke(labels);
        return new("scenes", $"hash-{count}-{firstItem}", Images(count, pixels), Images(count, labels), ["upright", "level", "checkered"]);
    }

    private static ResidentImages Images(int count, byte[] bytes) => new(count, Side, Side, 0, () => bytes);
}
