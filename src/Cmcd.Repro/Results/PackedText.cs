using System.IO.Compression;
using System.Text;

namespace Cmcd.Repro.Results;

/// <summary>A text file in gzip, replaced whole or not at all; equal texts give equal bytes.</summary>
internal static class PackedText
{
    /// <exception cref="ReproException">The file cannot be written.</exception>
    public static void Replace(string path, string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(ResultFile.Encoding.GetBytes(text));
        ResultFile.Replace(path, packed.ToArray());
    }

    /// <exception cref="ReproException">It is missing, cut, no gzip, or no text.</exception>
    public static string Read(string path)
    {
        try
        {
            return ResultFile.Guard(path, () =>
            {
                using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
                using var unpacked = new MemoryStream();
                gzip.CopyTo(unpacked);
                return ResultFile.Encoding.GetString(unpacked.ToArray());
            });
        }
        catch (Exception fault) when (fault is InvalidDataException or DecoderFallbackException)
        {
            throw new ReproException($"{path} is damaged: {fault.Message} {CsvText.Advice}", fault);
        }
    }
}
