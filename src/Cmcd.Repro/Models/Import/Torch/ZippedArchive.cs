using System.IO.Compression;
using System.Text;

namespace Cmcd.Repro.Models.Import.Torch;

/// <summary>The zip form, since PyTorch 1.6: NAME/data.pkl is the pickle, NAME/data/KEY are the storages.</summary>
/// <remarks>Source: PyTorch's notes on serialization. Entries are stored unpacked; packed ones are read too. Check sums are compared.</remarks>
internal sealed class ZippedArchive : ITorchArchive
{
    public const string Pickle = "data.pkl";
    private const long LargestPickle = 64 << 20;   // some 200 bytes a tensor

    private readonly ZipArchive _zip;
    private readonly string _folder;

    /// <exception cref="InvalidDataException">It is no such archive, or damaged.</exception>
    public ZippedArchive(string path)
    {
        _zip = ZipFile.OpenRead(path);
        try
        {
            var pickle = _zip.Entries.SingleOrDefault(entry => entry.Name == Pickle && entry.FullName.Count(letter => letter == '/') == 1)
                ?? throw new InvalidDataException($"it is a zip without a NAME/{Pickle}{Hint()}");
            _folder = pickle.FullName[..^Pickle.Length];
            if (pickle.Length > LargestPickle) throw new InvalidDataException($"{pickle.FullName} has {pickle.Length:N0} bytes; a state dict's has at most {LargestPickle:N0}");
            if (_zip.GetEntry(_folder + "byteorder") is { Length: < 16 } order && Encoding.UTF8.GetString(Contents(order)) is not "little" and var found)
                throw new InvalidDataException($"its numbers are {found}-endian, little-endian ones are read");
            Root = StateDictPickle.Read(new MemoryStream(Contents(pickle)), []);
        }
        catch
        {
            _zip.Dispose();
            throw;
        }
    }

    public string Format => "PyTorch file (zip)";

    public object? Root { get; }

    public void Fill(TorchStorage storage, Span<byte> bytes)
    {
        var name = $"{_folder}data/{storage.Key}";
        var entry = _zip.GetEntry(name) ?? throw new InvalidDataException($"{name} is missing");
        if (entry.Length != bytes.Length) throw new InvalidDataException($"{name} has {entry.Length} bytes, the pickle says {bytes.Length}");
        Read(entry, bytes);
    }

    public void Dispose() => _zip.Dispose();

    private static byte[] Contents(ZipArchiveEntry entry)
    {
        var bytes = new byte[entry.Length];
        Read(entry, bytes);
        return bytes;
    }

    private static void Read(ZipArchiveEntry entry, Span<byte> bytes)
    {
        using var stream = entry.Open();
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw new InvalidDataException($"{entry.FullName} is cut short");
        if (Crc32.Of(bytes) is var found && found != entry.Crc32)
            throw new InvalidDataException($"{entry.FullName} has the CRC {found:X8}, the archive says {entry.Crc32:X8}: damaged, or saved with set_crc32_options(False)");
    }

    private string Hint() => _zip.Entries.Any(entry => entry.Name.EndsWith(".index", StringComparison.Ordinal))
        ? ", but with a TensorFlow checkpoint. Unpack it and give the .index file" : "";
}
