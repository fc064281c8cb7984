using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Augmentations;

/// <summary>Moves the hue of HSV by part of a turn; saturation and value stay.</summary>
/// <remarks>
/// With value v = max, chroma c = max - min and hue h in sixths of a turn, channel i of (R, G, B) is
/// v - c·clip(min(k, 4 - k), 0, 1), k = (h + (5, 3, 1)ᵢ) mod 6: the six sectors of the textbook in one expression.
/// </remarks>
internal static class HueRotation
{
    private static readonly Scalar Zero = 0f.ToScalar();
    private static readonly Scalar One = 1f.ToScalar();
    private static readonly Scalar Two = 2f.ToScalar();
    private static readonly Scalar Four = 4f.ToScalar();
    private static readonly Scalar Six = 6f.ToScalar();

    /// <param name="colours">[N, 3, H, W] in [0, 1].</param>
    /// <param name="turns">[N, 1, 1, 1].</param>
    /// <returns>[N, 3, H, W] in [0, 1].</returns>
    public static Tensor Apply(Tensor colours, Tensor turns)
    {
        using var scope = NewDisposeScope();
        var channels = colours.split(1, dim: 1);
        var (red, green, blue) = (channels[0], channels[1], channels[2]);                       // [N, 1, H, W]
        var value = colours.amax([1], keepdim: true);
        var chroma = value.sub(colours.amin([1], keepdim: true));
        var divisor = chroma.masked_fill(chroma.eq(Zero), One);                                 // grey has no hue: any will do

        var hue = where(
            red.eq(value),
            green.sub(blue).div_(divisor),
            where(green.eq(value), blue.sub(red).div_(divisor).add_(Two), red.sub(green).div_(divisor).add_(Four)));
        var places = tensor([5f, 3f, 1f], [1, 3, 1, 1], device: colours.device);
        var sixths = hue.add_(turns.mul(Six)).add(places);                                      // [N, 3, H, W]
        var sector = sixths.sub(sixths.div(Six).floor_().mul_(Six));                            // remainder(6), whose own kernel is slow
        var rise = minimum(sector, sector.neg().add_(Four)).clamp_(Zero, One);
        return UnitRange.Clip(value.sub(chroma.mul(rise))).MoveToOuterDisposeScope();
    }
}
