namespace Cmcd.Repro.Datasets;

/// <summary>Black line emoji drawn by people (OpenMoji, CC BY-SA 4.0), eight Unicode groups as classes: the mini tier's stand-in for TU-Berlin.</summary>
/// <remarks>Black lines on white, [1, 32, 32]. Variants of one drawing and near copies never straddle the splits; items.csv says what each is.</remarks>
internal sealed class EmojiLine(PackFolder packs)
{
    public const string Name = "emoji-line";

    private const int Side = 32;
    private const byte White = 255;

    public Pack Pack => packs.Pack(Name);

    public LabelledDataset Labelled(string split, int? limit)
    {
        var (images, labels) = (Pack.File($"{split}-images.idx.gz"), Pack.File($"{split}-labels.idx.gz"));
        packs.Verified(images);            // a damaged pack is told before any work, not when its first image is read
        var count = Limit.Apply(limit, images.Count, Pack.Classes.Count, $"{Name}/{split} drawings");
        var resident = new ResidentImages(count, Side, Side, White, () => packs.Read(images)[..(count * Side * Side)]);
        return new($"{Name}/{split}", ContentHash.Of(Name, split, images.Sha256, labels.Sha256, $"{count}"),
            resident, Limit.Labels(packs.Read(labels), count, Pack.Classes, labels.Path), Pack.Classes);
    }
}
