using System.Text;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace Cmcd.Repro.Models.Import.TensorFlow;

/// <summary>A TensorFlow V2 checkpoint: an .index file of names and places, and data files of raw numbers.</summary>
/// <remarks>
/// Source: tensorflow/core/util/tensor_bundle. Neither .meta nor graph.pbtxt is needed. The index lies in memory (some 20 kB for a ResNet-50),
/// values are read from the data files tensor by tensor, each against its CRC-32C.
/// </remarks>
public sealed class TensorBundle : IWeightFile
{
    /// <summary>How an index file's name ends.</summary>
    public const string Suffix = ".index";

    private const long LargestIndex = 64 << 20;

    private readonly Dictionary<string, TensorPlace> _places;
    private readonly SafeFileHandle[] _shards;
    private readonly ReadBuffer _buffer;

    private TensorBundle(string path, Dictionary<string, TensorPlace> places, SafeFileHandle[] shards)
    {
        (Path, _places, _shards) = (path, places, shards);
        Entries = [.. places.Where(place => place.Value.Type is not null).Select(place => new WeightEntry(place.Key, place.Value.Type!.Value, place.Value.Shape))];
        Skipped = [.. places.Where(place => place.Value.Type is null).Select(place => new SkippedWeight(place.Key, $"of TensorFlow type {place.Value.TypeCode}, no numbers"))];
        _buffer = ReadBuffer.For(Entries);
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public string Format => "TensorFlow checkpoint";

    /// <inheritdoc/>
    public IReadOnlyList<WeightEntry> Entries { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SkippedWeight> Skipped { get; }

    /// <summary>Reads the index and checks every place it names against the data files' sizes.</summary>
    /// <param name="path">The .index file; its data files lie beside it.</param>
    /// <exception cref="ReproException">The index is damaged, a data file is missing or cut short, or the checkpoint is of a kind that is not read.</exception>
    public static TensorBundle Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!path.EndsWith(Suffix, StringComparison.Ordinal)) throw new ArgumentException($"A checkpoint's index is called …{Suffix}, got {path}.", nameof(path));
        if (new FileInfo(path).Length is > LargestIndex and var length)
            throw new ReproException($"{path} has {length:N0} bytes; a checkpoint's index has at most {LargestIndex:N0}. Give the .index file, not the data.");

        var places = new Dictionary<string, TensorPlace>(StringComparer.Ordinal);
        var shards = 0;
        try
        {
            foreach (var (key, value) in SortedTable.Read(File.ReadAllBytes(path)))
            {
                if (key.Length == 0) shards = ShardCount(value);
                else if (!places.TryAdd(Encoding.UTF8.GetString(key), TensorPlace.Parse(value))) throw new InvalidDataException("it names a tensor twice");
            }

            if (shards is < 1 or > 99_999) throw new InvalidDataException($"it names {shards} data files");
        }
        catch (InvalidDataException fault)
        {
            throw new ReproException($"{path} is no whole TensorFlow checkpoint index: {fault.Message}. Download it again.", fault);
        }

        string[] files = [.. Enumerable.Range(0, shards).Select(shard => $"{path[..^Suffix.Length]}.data-{shard:D5}-of-{shards:D5}")];
        if (Array.FindAll(files, file => !File.Exists(file)) is { Length: > 0 } missing)
            throw new ReproException($"{path} needs its data beside it: {string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} missing. Download {(missing.Length == 1 ? "it" : "them")} too.");

        var handles = new List<SafeFileHandle>();
        try
        {
            foreach (var file in files) handles.Add(File.OpenHandle(file, options: FileOptions.SequentialScan));
            foreach (var (name, place) in places) Require(name, place, files, handles);
            return new TensorBundle(path, places, [.. handles]);
        }
        catch
        {
            foreach (var handle in handles) handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Tensor Read(WeightEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var place = _places[entry.Name];
        var bytes = _buffer.Room(entry.Type, entry.Elements);
        for (var read = 0; read < bytes.Length;)
        {
            var step = RandomAccess.Read(_shards[place.Shard], bytes[read..], place.Offset + read);
            read += step > 0 ? step : throw new ReproException($"{Path}: the data ended inside {entry.Name}: the file was changed while it was read.");
        }

        var found = Crc32C.Masked(bytes);
        if (found != place.Crc) throw new ReproException($"{Path}: {entry.Name} has the CRC {found:X8}, the index says {place.Crc:X8}: the data file is damaged, or not of this index. Download both again.");
        return _buffer.View(entry.Type, entry.Elements).reshape(entry.Shape);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _buffer.Dispose();
        foreach (var shard in _shards) shard.Dispose();
    }

    /// <summary>TensorFlow's BundleHeaderProto: number of data files, byte order.</summary>
    private static int ShardCount(ReadOnlySpan<byte> header)
    {
        var count = 0;
        var fields = new ProtobufFields(header);
        while (fields.Next())
        {
            if (fields.Field == 1) count = (int)fields.Number;
            if (fields.Field == 2 && fields.Number != 0) throw new InvalidDataException("its numbers are big-endian, little-endian ones are read");
        }

        return count;
    }

    private static void Require(string name, TensorPlace place, string[] files, List<SafeFileHandle> handles)
    {
        if (place.Sliced) throw new ReproException($"{files[0]}: variable {name} is stored in slices, which are not read. SimCLR's checkpoints have none; save it unpartitioned.");
        if (place.Shard < 0 || place.Shard >= files.Length) throw new ReproException($"{files[0]}: {name} lies in data file {place.Shard} of {files.Length}: the index is damaged. Download it again.");
        if (place.Type is not { } type) return;

        var needed = new WeightEntry(name, type, place.Shape).Bytes;
        if (place.Size != needed || needed > int.MaxValue)
            throw new ReproException($"{files[place.Shard]}: {name} {type} [{string.Join(", ", place.Shape)}] needs {needed} bytes (at most {int.MaxValue}), the index says {place.Size}. Download both again.");

        var length = RandomAccess.GetLength(handles[place.Shard]);
        if (place.Offset < 0 || place.Offset > length - place.Size)
            throw new ReproException($"{files[place.Shard]} has {length:N0} bytes, but {name} ends at byte {(Int128)place.Offset + place.Size:N0}: cut short. Download it again.");
    }
}
