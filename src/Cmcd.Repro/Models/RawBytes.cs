using static TorchSharp.torch;

namespace Cmcd.Repro.Models;

/// <summary>A tensor's elements as bytes: row-major, little-endian, whatever its strides and device.</summary>
internal static class RawBytes
{
    private const long PieceBytes = 16 << 20;

    /// <summary>Receives the bytes; they are valid only during the call.</summary>
    public delegate void Reader(ReadOnlySpan<byte> bytes);

    /// <summary>Hands the tensor's bytes to a reader, in order: at once where they lie so in memory, else piece by piece, so that no second copy of a large tensor is made. An empty tensor hands an empty span.</summary>
    public static void Use(Tensor tensor, Reader reader)
    {
        if (tensor.numel() == 0)
        {
            reader([]);
            return;
        }

        using var scope = NewDisposeScope();
        var values = tensor.detach();
        if (values.dim() == 0 || values.is_contiguous())
        {
            reader(values.cpu().contiguous().bytes);
            return;
        }

        var rows = values.shape[0];
        var atOnce = Math.Max(1, PieceBytes / (values.numel() / rows * values.element_size()));
        for (var row = 0L; row < rows; row += atOnce)
        {
            using var piece = NewDisposeScope();
            reader(values.narrow(0, row, Math.Min(atOnce, rows - row)).cpu().contiguous().bytes);
        }
    }
}
