using static TorchSharp.torch;

namespace Cmcd.Repro.Models;

/// <summary>A tensor's elements as bytes: row-major, little-endian, whatever its strides and device.</summary>
internal static class RawBytes
{
    /// <summary>Receives the bytes; they are valid only during the call.</summary>
    public delegate void Reader(ReadOnlySpan<byte> bytes);

    /// <summary>Hands the tensor's bytes to a reader; an empty tensor hands an empty span.</summary>
    public static void Use(Tensor tensor, Reader reader)
    {
        if (tensor.numel() == 0)
        {
            reader([]);
            return;
        }

        using var scope = NewDisposeScope();
        reader(tensor.detach().cpu().contiguous().bytes);
    }
}
