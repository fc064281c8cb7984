using System.Buffers.Binary;

namespace Cmcd.Repro.Models.Import.Torch;

/// <summary>The form before PyTorch 1.6: five pickles (magic number, version, system, object, keys), then each key's element count and elements.</summary>
/// <remarks>Source: torch/serialization.py, _legacy_save. The form has no check sums: only its lengths can be checked.</remarks>
internal sealed class LegacyArchive : ITorchArchive
{
    private const long Version = 1001;

    // The pickle of the magic number 0x1950A86A20F9469CFC6C.
    private static readonly byte[] Start = [0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'];

    private readonly FileStream _stream;
    private readonly Dictionary<string, long> _places = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">It is cut short, or not as PyTorch writes it.</exception>
    public LegacyArchive(string path)
    {
        _stream = File.OpenRead(path);
        try
        {
            _stream.Position = Start.Length;
            if (StateDictPickle.Read(_stream, []) is not Version and var version) throw new InvalidDataException($"its version is {version ?? "None"}, {Version} is read");
            if (StateDictPickle.Read(_stream, []) is not PickleDict system || system.Find("little_endian") is not true) throw new InvalidDataException("its numbers are not said to be little-endian");

            var storages = new Dictionary<string, TorchStorage>(StringComparer.Ordinal);
            Root = StateDictPickle.Read(_stream, storages);
            if (StateDictPickle.Read(_stream, []) is not List<object?> keys) throw new InvalidDataException("its list of storages is missing");
            Span<byte> count = stackalloc byte[sizeof(long)];
            foreach (var key in keys)
            {
                if (key is not string name || !storages.TryGetValue(name, out var storage)) throw new InvalidDataException($"it lists the storage {key ?? "None"}, which no tensor uses");
                if (_stream.ReadAtLeast(count, count.Length, throwOnEndOfStream: false) < count.Length) throw new InvalidDataException($"it is cut short before storage {name}");
                if (BinaryPrimitives.ReadInt64LittleEndian(count) is var found && found != storage.Count) throw new InvalidDataException($"storage {name} has {found} elements, the pickle says {storage.Count}");
                if (storage.Bytes > _stream.Length - _stream.Position) throw new InvalidDataException($"it is cut short in storage {name}");
                _places[name] = _stream.Position;
                _stream.Position += storage.Bytes;
            }
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    public string Format => "PyTorch file (before 1.6)";

    public object? Root { get; }

    /// <summary>Does a file start as this form does?</summary>
    public static bool StartsAs(ReadOnlySpan<byte> start) => start.StartsWith(Start);

    public void Fill(TorchStorage storage, Span<byte> bytes)
    {
        if (!_places.TryGetValue(storage.Key, out var place)) throw new InvalidDataException($"storage {storage.Key} is missing");
        _stream.Position = place;
        if (_stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw new InvalidDataException($"it is cut short in storage {storage.Key}");
    }

    public void Dispose() => _stream.Dispose();
}
