using System.Buffers.Binary;
using System.Text;
using Cmcd.Repro.Models.Import.TensorFlow;
using Cmcd.Repro.Models.Import.Torch;

namespace Cmcd.Repro.Models.Import;

/// <summary>Opens a weight file by what it holds, not by its name.</summary>
public static class WeightFile
{
    private const string Known = "Known: a TensorFlow checkpoint (.index), a PyTorch state dict (.pth, .pt, .pth.tar), safetensors";

    /// <param name="path">A file; of a TensorFlow checkpoint its .index, or its name without ending (model.ckpt-225206).</param>
    /// <returns>The open file, its names and sizes checked; values are checked as they are read.</returns>
    /// <exception cref="ReproException">There is no such file, it cannot be read, is of no known kind, or damaged.</exception>
    public static IWeightFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (!File.Exists(path) && File.Exists(path + TensorBundle.Suffix)) path += TensorBundle.Suffix;
            if (!File.Exists(path)) throw new ReproException($"{path} does not exist. {Known}.");
            return path.EndsWith(TensorBundle.Suffix, StringComparison.Ordinal) && !IsPage(Start(path)) ? TensorBundle.Open(path) : OpenByStart(path, Start(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ReproException($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    private static IWeightFile OpenByStart(string path, ReadOnlySpan<byte> start)
    {
        var length = new FileInfo(path).Length;
        if (length == 0) throw new ReproException($"{path} is empty. Download it again.");
        if (IsPage(start)) throw new ReproException($"{path} is a web page, not weights ({length:N0} bytes): a login, quota or error page? Open the link in a browser, and save the file itself.");
        if (start.StartsWith("PK\x03\x04"u8)) return TorchFile.Open(path, legacy: false);
        if (LegacyArchive.StartsAs(start)) return TorchFile.Open(path, legacy: true);
        if (start.Length > sizeof(ulong) && start[sizeof(ulong)] == '{' && BinaryPrimitives.ReadUInt32LittleEndian(start[4..]) == 0) return SafetensorsFile.Open(path);

        var name = Path.GetFileName(path);
        var part = name.Contains(".data-", StringComparison.Ordinal) ? name[..name.IndexOf(".data-", StringComparison.Ordinal)] : Path.ChangeExtension(name, null);
        if (File.Exists(Path.Combine(Path.GetDirectoryName(path) ?? "", part + TensorBundle.Suffix)))
            throw new ReproException($"{path} is one part of a TensorFlow checkpoint. Give {part}{TensorBundle.Suffix}, with all parts beside it.");
        throw new ReproException($"{path} is no weight file: it starts with {Convert.ToHexString(start[..Math.Min(8, start.Length)])}. {Known}. Download it again, or unpack it.");
    }

    private static byte[] Start(string path)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[512];
        return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }

    private static bool IsPage(ReadOnlySpan<byte> start) => Encoding.Latin1.GetString(start).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n') is ['<', ..];
}
