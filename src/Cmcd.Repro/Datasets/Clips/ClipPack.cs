using System.Collections.Concurrent;

namespace Cmcd.Repro.Datasets.Clips;

/// <summary>One side of some clips, decoded once into one file; a clip that cannot be decoded leaves a gap, and its reason stands in a text file beside it.</summary>
/// <param name="folder">Where decoded sets are kept.</param>
/// <param name="name">What it holds, such as "vggsound-pairs-frames".</param>
/// <param name="content">Hash of the clips, their order and what they are decoded to.</param>
/// <param name="clips">A position is one in this list.</param>
/// <param name="itemBytes">Length of what each gives.</param>
/// <param name="decoder">Decodes one clip; asked for when something is to be decoded, and not before.</param>
/// <param name="progress">Told the name, how many are done and how many there are.</param>
internal sealed class ClipPack(
    string folder, string name, string content, IReadOnlyList<DrawnClip> clips, int itemBytes, Lazy<Func<DrawnClip, Decoded<byte[]>>> decoder, Action<string, int, int>? progress)
{
    private readonly ConcurrentQueue<string> _said = new();
    private Lazy<PackedItems>? _items;

    /// <summary>Over everything that decides the pixels; known without decoding.</summary>
    public string Hash { get; } = ContentHash.Of(content, $"decoder {ClipDecoder.Version}");

    /// <summary>Clips, those that could not be decoded included.</summary>
    public int Count => clips.Count;

    /// <summary>Whether the clips lie there decoded.</summary>
    public bool IsDecoded => _items is { IsValueCreated: true } || File.Exists(Path.Combine(folder, $"{name}-{Hash[..16]}.pack"));

    /// <summary>The items; all are decoded when the first is read.</summary>
    public Lazy<PackedItems> Items => _items ??= new(Open);

    private string FaultsPath => Path.Combine(folder, $"{name}-{Hash[..16]}.faults.txt");

    /// <summary>How many clips gave nothing, by reason; empty before they were decoded.</summary>
    /// <remarks>A reason is unknown where the program was killed between a clip and its line.</remarks>
    public IReadOnlyList<(string Reason, int Count)> Faults()
    {
        if (!IsDecoded) return [];
        var told = File.Exists(FaultsPath) ? File.ReadLines(FaultsPath).Select(line => line.Split('\t')).Where(fields => fields.Length > 1).ToArray() : [];
        var reasons = told.DistinctBy(fields => fields[0]).ToDictionary(fields => fields[0], fields => fields[1]);
        var gaps = Enumerable.Range(0, clips.Count).Where(position => !Items.Value.IsPresent(position)).Select(position => reasons.GetValueOrDefault(clips[position].Clip.Name, "unknown"));
        return [.. gaps.CountBy(reason => reason).OrderBy(reason => reason.Key, StringComparer.Ordinal).Select(reason => (reason.Key, reason.Value))];
    }

    private PackedItems Open()
    {
        // Without ffmpeg nothing can begin, and a fault on one of the decoding threads would be wrapped.
        if (!IsDecoded) _ = decoder.Value;
        try
        {
            return PackedItems.Open(folder, name, Hash, clips.Count, itemBytes, Decode, Done);
        }
        catch (AggregateException faults) when (faults.InnerException is { } first)
        {
            throw new DatasetUnavailableException($"{name} could not be decoded: {first.Message}", faults);
        }
    }

    private byte[]? Decode(int position)
    {
        var clip = clips[position];
        var decoded = decoder.Value(clip);
        if (decoded.Value is null) _said.Enqueue($"{clip.Clip.Name}\t{decoded.Fault}\t{decoded.Detail.Replace('\t', ' ')}");
        return decoded.Value;
    }

    private void Done(int done)
    {
        var lines = new List<string>();
        while (_said.TryDequeue(out var line)) lines.Add(line);
        if (lines.Count > 0) File.AppendAllLines(FaultsPath, lines);
        progress?.Invoke(name, done, clips.Count);
    }
}
