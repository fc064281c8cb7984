using static TorchSharp.torch;

namespace Cmcd.Repro.Models.Import;

/// <summary>A safetensors file whose tensors are read one at a time.</summary>
public sealed class SafetensorsFile : IWeightFile
{
    private readonly FileStream _stream;
    private readonly long _start;
    private readonly Dictionary<string, SafetensorsEntry> _places;
    private readonly ReadBuffer _buffer;

    private SafetensorsFile(string path, FileStream stream, List<SafetensorsEntry> entries)
    {
        Path = path;
        (_stream, _start, _places) = (stream, stream.Position, entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal));
        Entries = [.. entries.Select(entry => new WeightEntry(entry.Name, entry.Type, entry.Shape))];
        _buffer = ReadBuffer.For(Entries);
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public string Format => "safetensors";

    /// <inheritdoc/>
    public IReadOnlyList<WeightEntry> Entries { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SkippedWeight> Skipped => [];

    /// <summary>Reads the header and holds it against the file's length.</summary>
    /// <exception cref="ReproException">The file is cut short, too long or breaks a rule of the format.</exception>
    public static SafetensorsFile Open(string path)
    {
        var stream = File.OpenRead(path);
        try
        {
            return new SafetensorsFile(path, stream, Safetensors.ReadHeader(stream).Entries);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Tensor Read(WeightEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var place = _places[entry.Name];
        _stream.Position = _start + place.Begin;
        _stream.ReadExactly(_buffer.Room(entry.Type, entry.Elements));
        return _buffer.View(entry.Type, entry.Elements).reshape(entry.Shape);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _buffer.Dispose();
        _stream.Dispose();
    }
}
