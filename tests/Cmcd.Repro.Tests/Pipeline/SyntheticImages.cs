using Cmcd.Repro.Datasets;
using Cmcd.Repro.Randomness;
using TorchSharp;

namespace Cmcd.Repro.Tests.Pipeline;

/// <summary>Small images of a class each: a bright bar whose place tells the class, on noise that tells the item.</summary>
internal sealed class SyntheticImages(int count, int classes, byte background, int firstItem = 0) : IImageSet
{
    public const int Side = 16;

    public int Count => count;

    public int Channels => 1;

    public int Height => Side;

    public int Width => Side;

    public byte Background => background;

    public IReadOnlyList<int> Labels => [.. Enumerable.Range(0, count).Select(item => item % classes)];

    public torch.Tensor Read(ReadOnlySpan<int> indices)
    {
        var bytes = new byte[indices.Length * Side * Side];
        for (var n = 0; n < indices.Length; n++)
        {
            var random = new CounterRandom(0, Purpose.Test, sample: firstItem + indices[n]);
            var bar = indices[n] % classes * Side / classes;
            for (var y = 0; y < Side; y++)
                for (var x = 0; x < Side; x++)
                {
                    var ink = (byte)(random.NextInt(60) + (y >= bar && y < bar + 3 ? 190 : 0));
                    bytes[(((n * Side) + y) * Side) + x] = background == 0 ? ink : (byte)(255 - ink);
                }
        }

        return torch.tensor(bytes, dtype: torch.uint8).reshape(indices.Length, 1, Side, Side);
    }
}
