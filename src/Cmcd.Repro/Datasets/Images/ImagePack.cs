using System.Collections.Concurrent;

namespace Cmcd.Repro.Datasets.Images;

/// <summary>Image files decoded once into one file of equal images; one that cannot be decoded leaves a gap.</summary>
/// <param name="folder">Where decoded sets are kept.</param>
/// <param name="name">What it holds, such as "sketchy-photos".</param>
/// <param name="content">Hash of the files' content and order.</param>
/// <param name="files">Paths; a position is one in this list.</param>
/// <param name="shape">What every image is brought to.</param>
/// <param name="progress">Told the name, how many are done and how many there are.</param>
/// <param name="refuseBroken">One error instead of gaps.</param>
internal sealed class ImagePack(
    string folder, string name, string content, IReadOnlyList<string> files, ImageShape shape, Action<string, int, int>? progress, bool refuseBroken = false)
{
    private const int Shown = 10;

    private readonly ConcurrentDictionary<int, string> _faults = new();
    private Lazy<PackedItems>? _items;

    /// <summary>Over everything that decides the pixels; known without decoding.</summary>
    public string Hash { get; } = ContentHash.Of(content, $"{shape}", $"decoder {ImageDecoder.Version}");

    /// <summary>Whether the images lie there decoded.</summary>
    public bool IsDecoded => _items is { IsValueCreated: true } || File.Exists(Path.Combine(folder, $"{name}-{Hash[..16]}.pack"));

    /// <summary>The images; all are decoded when the first is read.</summary>
    public Lazy<PackedItems> Items => _items ??= new(Open);

    /// <summary>Whether the file at that position gave an image; decodes where that was not done yet.</summary>
    public bool IsPresent(int position) => Items.Value.IsPresent(position);

    /// <summary>Files that gave none, with the reason where this process decoded them.</summary>
    public IEnumerable<string> Broken() => Faults(Items.Value);

    /// <summary>Those positions whose image has the same pixels as one at the others: the same drawing under two names.</summary>
    public IReadOnlySet<int> Twins(IEnumerable<int> positions, IEnumerable<int> others)
    {
        var bySum = others.Where(IsPresent).ToLookup(Items.Value.SumOf);
        return positions.Where(position => IsPresent(position) && bySum[Items.Value.SumOf(position)].Any(other => Pixels(other).AsSpan().SequenceEqual(Pixels(position)))).ToHashSet();
    }

    /// <summary>The images at these positions.</summary>
    /// <param name="positions">In this order.</param>
    /// <param name="asColour">Grey images are shown with three equal channels.</param>
    public IImageSet Images(IReadOnlyList<int> positions, bool asColour = false)
    {
        var images = new PackedImages(Items, positions, shape.Side, shape.Side, shape.Background, shape.Channels);
        return asColour && shape.Channels == 1 ? new RepeatedChannel(images, 3) : images;
    }

    /// <summary>One message for many files.</summary>
    public static DatasetUnavailableException Refusal(string where, IReadOnlyList<string> faults) => new(
        $"{where}: {faults.Count} files are no whole images, the first:{string.Concat(faults.Take(Shown).Select(fault => $"\n  {fault}"))}\nReplace or remove them, or set option Broken to LeaveOut.");

    private byte[] Pixels(int position)
    {
        var pixels = new byte[shape.Bytes];
        Items.Value.Read(position, pixels);
        return pixels;
    }

    private PackedItems Open()
    {
        var items = PackedItems.Open(folder, name, Hash, files.Count, shape.Bytes, Decode, done => progress?.Invoke(name, done, files.Count));
        if (!refuseBroken || Faults(items).ToArray() is not { Length: > 0 } faults) return items;
        items.Dispose();
        throw Refusal(name, faults);
    }

    private IEnumerable<string> Faults(PackedItems items) => from position in Enumerable.Range(0, files.Count)
                                                             where !items.IsPresent(position)
                                                             select _faults.TryGetValue(position, out var fault) ? fault : $"{files[position]} could not be decoded.";

    private byte[]? Decode(int position)
    {
        // A file that vanished or a disk that fails is no broken image: recording it would leave it out for ever.
        if (!File.Exists(files[position])) throw new DatasetUnavailableException($"{files[position]} was there a moment ago and is gone. Put it back and start again.");
        try
        {
            return shape.Of(ImageDecoder.Read(files[position], shape.Channels));
        }
        catch (DatasetUnavailableException fault) when (fault.InnerException is null)
        {
            _faults[position] = fault.Message;
            return null;
        }
    }
}
