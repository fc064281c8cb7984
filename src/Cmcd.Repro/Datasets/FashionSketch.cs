using Cmcd.Repro.Datasets.Sketches;

namespace Cmcd.Repro.Datasets;

/// <summary>Product photos (Fashion-MNIST, MIT) and sketches drawn from them: the mini tier's stand-in for Sketchy.</summary>
/// <remarks>
/// Sets share no photo. Photos are white objects on black, sketches black lines on white, all [1, 32, 32]; photos are stored as 28 x 28
/// and padded with black. Every set comes in rounds of one item per class, so any prefix of 10 k items is balanced. Labelled sets show
/// one sketch per photo, pairs four.
/// </remarks>
internal sealed class FashionSketch(PackFolder packs, SketchStyle style)
{
    public const string Name = "fashion-sketch";
    public const int SketchesPerPhoto = 4;
    public const int Side = SketchArtist.Side;

    private const int StoredSide = 28;
    private const byte Black = 0, White = 255;

    private readonly SketchArtist _artist = new(style);

    public Pack Pack => packs.Pack(Name);

    public UnlabelledDataset Unlabelled(int? limit)
    {
        var file = Verified("unlabelled-photos.idx.gz");
        var count = Limit.Apply(limit, file.Count, 1, $"{Name} unlabelled photos");
        return new(Name, ContentHash.Of(Name, "unlabelled", file.Sha256, $"{count}"), Photos(file, count));
    }

    public PairedDataset Pairs(int? limit)
    {
        var file = Verified("pairs-photos.idx.gz");
        var count = Limit.Apply(limit, file.Count, 1, $"{Name} photos with pairs");
        var sourceOfTarget = Enumerable.Range(0, count * SketchesPerPhoto).Select(target => target / SketchesPerPhoto).ToArray();
        return new(Name, HashOfSketches("pairs", file, count, SketchesPerPhoto), Photos(file, count), Sketches(file, "pairs", count, SketchesPerPhoto), sourceOfTarget);
    }

    public LabelledDataset Labelled(string split, int? limit)
    {
        var (photos, labels) = (Verified($"{split}-photos.idx.gz"), Pack.File($"{split}-labels.idx.gz"));
        var count = Limit.Apply(limit, photos.Count, Pack.Classes.Count, $"{Name}/{split} sketches");
        var hash = ContentHash.Of(HashOfSketches(split, photos, count, 1), labels.Sha256);
        return new($"{Name}/{split}", hash, Sketches(photos, split, count, 1), Limit.Labels(packs.Read(labels), count, Pack.Classes, labels.Path), Pack.Classes);
    }

    /// <summary>The photos behind a labelled split, in its order, [count × 32 × 32].</summary>
    internal byte[] PhotosOf(string split, int count) => Padded(Verified($"{split}-photos.idx.gz"), count);

    /// <summary>The sketches numbered 0 … of those photos; sketch 0 is the one in the labelled split.</summary>
    internal byte[] SketchesOf(string split, int count, int sketchesPerPhoto) => _artist.DrawAll(PhotosOf(split, count), FirstPhotoId(split), sketchesPerPhoto);

    /// <summary>Each set has its own hundred thousand ids, so that no two photos are drawn with the same random numbers.</summary>
    private static long FirstPhotoId(string set) => set switch
    {
        "pairs" => 0,
        "train" => 100_000,
        "validation" => 200_000,
        "test" => 300_000,
        _ => throw new ArgumentOutOfRangeException(nameof(set), set, "A set without photo ids."),
    };

    private PackFile Verified(string file)
    {
        var entry = Pack.File(file);
        packs.Verified(entry);             // a damaged pack is told before any work, not when its first image is read
        return entry;
    }

    private string HashOfSketches(string set, PackFile photos, int count, int perPhoto) =>
        ContentHash.Of(Name, set, photos.Sha256, $"artist {SketchArtist.ArtistVersion}", style.ToString(), $"first id {FirstPhotoId(set)}", $"{count} x {perPhoto}");

    private ResidentImages Photos(PackFile file, int count) => new(count, Side, Side, Black, () => Padded(file, count));

    private ResidentImages Sketches(PackFile file, string set, int count, int perPhoto) =>
        new(count * perPhoto, Side, Side, White, () => _artist.DrawAll(Padded(file, count), FirstPhotoId(set), perPhoto));

    private byte[] Padded(PackFile file, int count)
    {
        const int Margin = (Side - StoredSide) / 2;
        var stored = packs.Read(file);
        var padded = new byte[count * Side * Side];
        for (var row = 0; row < count * StoredSide; row++)
        {
            var (photo, y) = (row / StoredSide, row % StoredSide);
            stored.AsSpan(row * StoredSide, StoredSide).CopyTo(padded.AsSpan((((photo * Side) + y + Margin) * Side) + Margin));
        }

        return padded;
    }
}
