using System.Text;
using SkiaSharp;

namespace Cmcd.Repro.Datasets.Images;

/// <summary>JPEG and PNG files → uint8 pixels, grey or colour.</summary>
/// <remarks>
/// Palettes, 1 to 16 bits and grey are brought to 8 bits a channel; transparency is laid over white, the paper of a sketch. Colour profiles and
/// the camera's orientation are ignored, as by the loaders the paper's field uses. Grey is ITU-R 601 luma in Pillow's integers, so a grey file keeps its bytes.
/// An image whose end is missing is broken, not half read. For any number of threads.
/// </remarks>
internal static class ImageDecoder
{
    /// <summary>Raised when other pixels come out for the same file: part of every hash over decoded images.</summary>
    public const int Version = 1;

    /// <summary>Largest image, in pixels: a small file can claim a huge one.</summary>
    public const long MostPixels = 100_000_000;

    private const string Remedy = "Get the file again, or leave it out";

    /// <summary>Reads a file.</summary>
    /// <param name="path">A JPEG or PNG file; its ending is not believed.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <exception cref="DatasetUnavailableException">It is missing, unreadable, of another kind, cut short or damaged.</exception>
    public static DecodedImage Read(string path, int channels) => Decode(Bytes(path), path, channels);

    /// <summary>Decodes bytes in memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">Named in messages.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <exception cref="DatasetUnavailableException">They are of another kind, cut short or damaged.</exception>
    public static DecodedImage Decode(byte[] bytes, string path, int channels)
    {
        if (channels is not (1 or 3)) throw new ArgumentOutOfRangeException(nameof(channels), channels, "Expected 1 or 3.");
        using var codec = Open(bytes, path);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);   // no colour space: no conversion
        var pixels = new byte[info.BytesSize];
        var result = Fill(codec, info, pixels);
        if (result != SKCodecResult.Success)
        {
            var fault = result is SKCodecResult.IncompleteInput ? "it ends before its last line" : $"its pixels are damaged ({result})";
            throw new DatasetUnavailableException($"{path} is not a whole image: {fault}. {Remedy}.");
        }

        return new(channels == 3 ? Colours(pixels) : Greys(pixels), info.Height, info.Width, channels);
    }

    /// <summary>Height and width from the header alone; finds files of another kind without the cost of decoding.</summary>
    /// <param name="bytes">The file, or its beginning.</param>
    /// <param name="path">Named in messages.</param>
    /// <exception cref="DatasetUnavailableException">No JPEG or PNG begins so.</exception>
    public static (int Height, int Width) Size(byte[] bytes, string path)
    {
        using var codec = Open(bytes, path);
        return (codec.Info.Height, codec.Info.Width);
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetUnavailableException($"{path} cannot be read: {fault.Message} {Remedy}.", fault);
        }
    }

    private static SKCodec Open(byte[] bytes, string path)
    {
        // Skia reads more kinds than these two; only they are promised, and only they have been compared with another decoder.
        var known = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        if (!known) throw new DatasetUnavailableException($"{path} is no JPEG or PNG image: {Beginning(bytes)}. {Remedy}.");
        using var data = SKData.CreateCopy(bytes);
        var codec = SKCodec.Create(data) ?? throw new DatasetUnavailableException($"{path} begins like an image, but its header cannot be read. {Remedy}.");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width > 0 && height > 0 && (long)width * height <= MostPixels) return codec;
        codec.Dispose();
        throw new DatasetUnavailableException($"{path} claims {width:N0} x {height:N0} pixels; allowed are 1 to {MostPixels:N0} in all. {Remedy}, or make it smaller.");
    }

    private static unsafe SKCodecResult Fill(SKCodec codec, SKImageInfo info, byte[] pixels)
    {
        fixed (byte* first = pixels) return codec.GetPixels(info, (nint)first);
    }

    private static string Beginning(byte[] bytes)
    {
        if (bytes.Length == 0) return "it is empty";
        var head = bytes.AsSpan(0, Math.Min(bytes.Length, 16));
        return head.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E)
            ? $"it begins with the bytes {Convert.ToHexString(head)}"
            : $"it begins with the text \"{Encoding.ASCII.GetString(head)}\"";
    }

    private static byte[] Colours(byte[] pixels)
    {
        var colours = new byte[pixels.Length / 4 * 3];
        for (int from = 0, to = 0; from < pixels.Length; from += 4)
            for (var channel = 0; channel < 3; channel++) colours[to++] = OverWhite(pixels[from + channel], pixels[from + 3]);
        return colours;
    }

    private static byte[] Greys(byte[] pixels)
    {
        var greys = new byte[pixels.Length / 4];
        for (var i = 0; i < greys.Length; i++)
        {
            var (red, green, blue, alpha) = (pixels[4 * i], pixels[(4 * i) + 1], pixels[(4 * i) + 2], pixels[(4 * i) + 3]);
            greys[i] = (byte)(((OverWhite(red, alpha) * 19595) + (OverWhite(green, alpha) * 38470) + (OverWhite(blue, alpha) * 7471) + 0x8000) >> 16);
        }

        return greys;
    }

    private static byte OverWhite(byte colour, byte alpha) => (byte)(((colour * alpha) + (255 * (255 - alpha)) + 127) / 255);
}
