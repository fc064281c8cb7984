using System.Globalization;
using Cmcd.Repro.Datasets.Clips;
using Cmcd.Repro.Datasets.Sounds;

namespace Cmcd.Repro.Datasets;

/// <summary>VGGSound: ten-second clips of 309 classes; pictures and sound for step 2, sounds for step 3.</summary>
/// <remarks>
/// Clips are [12, 3, FrameSide, FrameSide], sounds the spectrogram [3, SpectrogramSide, SpectrogramSide] in three equal channels, bytes 0 … 255 for -4 … 4 deviations. Which clips: <see cref="VggSoundDraw"/>.
/// Sets share no video. The list's clips are YouTube's and partly gone: what is missing or broken is replaced by the next of the draw and counted in <see cref="Coverage"/>; a set whose reserve is
/// used up is smaller. How many items a set has is therefore known once it was decoded; its hash is known before, from the list, the options, and names and lengths of the clips' files.
/// Source: H. Chen et al., VGGSound, ICASSP 2020.
/// </remarks>
/// <param name="folder">Gives the checked list and the folders of clips; called when the first set is asked for.</param>
/// <param name="packed">Where decoded clips and the split are kept.</param>
/// <param name="options">What the paper leaves open.</param>
/// <param name="progress">Told what is decoded, how many are done and how many there are.</param>
internal sealed class VggSound(Func<DatasetFolder> folder, string packed, VggSoundOptions options, Action<string, int, int>? progress = null)
{
    public const string Name = "vggsound";

    private const string ListFile = "vggsound.csv", TestFile = "test.csv", ClipFolder = "clips";
    private const byte Black = 0;

    private readonly Dictionary<string, ClipPack> _packs = [];
    private Content? _content;

    private Content Opened => _content ??= Open();

    /// <summary>What is listed, here, drawn, and, for sets that were decoded, broken.</summary>
    public IReadOnlyList<(string Name, int Count)> Coverage => [.. CoverageLines(Opened)];

    /// <summary>Clips with their sounds, one for one.</summary>
    /// <param name="limit">Takes the first clips only; null takes all.</param>
    /// <exception cref="DatasetUnavailableException">The list or the clips are not here, or the limit cannot be met.</exception>
    public PairedDataset Pairs(int? limit)
    {
        var content = Opened;
        var part = Take("pairs", content.Draw.Pairs, options.PairCount, limit);
        var (frames, sounds) = (Frames(part), Sounds(part));
        var items = part.Items(position => frames.Items.Value.IsPresent(position) && sounds.Items.Value.IsPresent(position));
        return new(
            Name, ContentHash.Of(Name, "pairs", frames.Hash, sounds.Hash, $"{part.Count}"),
            new PackedImages(frames.Items, items, options.FrameSide, options.FrameSide, Black, channels: 3, frames: ClipDecoder.Frames),
            SoundImages(sounds, items), new DeferredList(() => [.. Enumerable.Range(0, items.Count)]))
        {
            Shortfall = () => Shortfall("pairs", items.Count, limit ?? options.PairCount),
        };
    }

    /// <summary>Sounds with their class.</summary>
    /// <param name="split">"train" or "test".</param>
    /// <param name="limit">Takes the first sounds only; null takes all.</param>
    /// <exception cref="DatasetUnavailableException">The list or the clips are not here, there is no such split, or the limit cannot be met.</exception>
    public LabelledDataset Labelled(string split, int? limit)
    {
        var content = Opened;
        var part = split switch
        {
            "train" => Take(split, content.Draw.Train, options.TrainCount, limit),
            "test" => Take(split, content.Draw.Test, options.TestCount, limit),
            _ => throw new DatasetUnavailableException($"{Name} has no split \"{split}\". Allowed: train, test."),
        };
        var sounds = Sounds(part);
        var items = part.Items(position => sounds.Items.Value.IsPresent(position));
        return new(
            $"{Name}/{split}", ContentHash.Of(Name, split, content.ListHash, sounds.Hash, $"{part.Count}"), SoundImages(sounds, items),
            new DeferredList(() => [.. items.Select(position => part.Clips[position].Clip.Label)]), content.List.Classes)
        {
            Shortfall = () => Shortfall(split, items.Count, limit ?? (split == "train" ? options.TrainCount : options.TestCount)),
        };
    }

    private Content Open()
    {
        options.Require();
        var data = folder();
        var list = VggSoundList.Read(data[ListFile]);
        string[] folders = [.. data.Folders(ClipFolder), .. data.Receipts.Keys.Where(file => file.EndsWith(".tar.gz", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(file => data[file])];
        var shelf = new ClipShelf(folders);
        var draw = new VggSoundDraw(list, shelf, options);
        var listHash = data.Receipts[ListFile].Digest.Sha256;
        foreach (var (what, drawn) in new[] { ("of the training split with pictures", draw.Pairs), ("of the training split besides the pairs", draw.Train), ("of the test split", draw.Test) })
        {
            if (drawn.Count == 0)
                throw new DatasetUnavailableException(
                    $"{Name}: no clip {what} is here. {shelf.Count} clips were found in {(folders.Length == 0 ? "no folder" : string.Join(", ", folders))}. {data.Source.ByHand} Then: ./build.sh --target=Datasets --name={Name} --data=DIR");
        }

        SplitRecord.Write(
            packed, $"{Name}-split", ContentHash.Of([listHash, $"seed {options.SplitSeed}", .. Parts(draw).SelectMany(part => part.Clips.Select(drawn => drawn.Clip.Name))]),
            $"{Name}, seed {options.SplitSeed}; of each part the first that can be decoded are its items",
            Parts(draw).SelectMany(part => part.Clips.Select(drawn => (part.Name, drawn.Clip.Name))));
        return new(list, listHash, data.Receipts.ContainsKey(TestFile) ? data[TestFile] : null, shelf, draw);
    }

    private IEnumerable<Part> Parts(VggSoundDraw draw) =>
        [Take("pairs", draw.Pairs, options.PairCount, null), Take("train", draw.Train, options.TrainCount, null), Take("test", draw.Test, options.TestCount, null)];

    private static string? Shortfall(string part, int here, int wanted) =>
        here < wanted ? string.Create(CultureInfo.InvariantCulture, $"{here:N0} of {wanted:N0} clips of {Name}/{part}, the others are missing or broken") : null;

    private static Part Take(string name, IReadOnlyList<DrawnClip> drawn, int wanted, int? limit)
    {
        var count = Limit.Apply(limit, Math.Min(wanted, drawn.Count), 1, $"{Name}/{name} clips");
        return new(name, [.. drawn.Take(VggSoundDraw.WithReserve(count))], count);
    }

    private ClipPack Frames(Part part) => Pack(
        $"{Name}-{part.Name}-frames", ContentHash.Of([$"frames of {options.FrameSide}", .. Names(part, clip => clip.Files.Video!)]), part,
        ClipDecoder.Frames * 3 * options.FrameSide * options.FrameSide, new(() =>
        {
            var decoder = new ClipDecoder(options.FrameSide);
            return clip => decoder.DecodeFrames(clip.Files.Video!.FullName);
        }));

    private ClipPack Sounds(Part part) => Pack(
        $"{Name}-{part.Name}-sounds", ContentHash.Of([$"{options.Spectrogram} spectrogram of {options.SpectrogramSide}", .. Names(part, clip => clip.Files.Heard)]), part,
        options.SpectrogramSide * options.SpectrogramSide, new(() =>
        {
            var decoder = new ClipDecoder(options.FrameSide);
            return clip => Shown(decoder.DecodeSound(clip.Files.Heard.FullName));
        }));

    private static IEnumerable<string> Names(Part part, Func<DrawnClip, FileInfo> file) => part.Clips.Select(clip => $"{clip.Clip.Name} {file(clip).Name} {file(clip).Length}");

    private ClipPack Pack(string name, string content, Part part, int itemBytes, Lazy<Func<DrawnClip, Decoded<byte[]>>> decoder)
    {
        if (!_packs.TryGetValue(name + content, out var pack)) _packs[name + content] = pack = new(packed, name, content, part.Clips, itemBytes, decoder, progress);
        return pack;
    }

    private Decoded<byte[]> Shown(Decoded<double[]> sound)
    {
        if (sound.Value is not { } samples) return new(null, sound.Fault, sound.Detail);
        var power = Spectrogram.LogPower(samples);
        Spectrogram.Standardise(power);
        var image = new byte[options.SpectrogramSide * options.SpectrogramSide];
        SpectrogramImage.Write(power, Spectrogram.Columns(samples.Length), image, options.SpectrogramSide);
        return new(image);
    }

    // A spectrogram's low tones lie at its lower edge; beyond its edges it goes on as its mean.
    private RepeatedChannel SoundImages(ClipPack sounds, IReadOnlyList<int> items) =>
        new(new PackedImages(sounds.Items, items, options.SpectrogramSide, options.SpectrogramSide, SpectrogramImage.Mean, reachesEdges: true), 3);

    private IEnumerable<(string Name, int Count)> CoverageLines(Content content)
    {
        var (list, shelf, draw) = (content.List, content.Shelf, content.Draw);
        yield return ("clips listed (199,467 published)", list.Clips.Count);
        yield return ("classes (309 published)", list.Classes.Count);
        foreach (var test in new[] { false, true })
        {
            var (split, recalled) = test ? ("test", "15,496") : ("training", "183,971");
            ListedClip[] clips = [.. list.Clips.Where(clip => clip.IsTest == test)];
            yield return ($"{split} split ({recalled} recalled)", clips.Length);
            yield return ($"{split} split, missing here", clips.Count(clip => shelf[clip] is null));
            yield return ($"{split} split, here as sound alone", clips.Count(clip => shelf[clip] is { Video: null }));
        }

        if (content.TestFile is { } path) yield return ("clips of test.csv (15,446 published)", File.ReadLines(path).Count(line => line.Length > 0));
        yield return ("clips left out, another one of their video is listed", draw.SecondClips);
        yield return ("clips here, listed or not", shelf.Count);
        yield return ("clips here as empty files only", shelf.Empty);
        yield return ("files not named like a clip", shelf.Strangers);
        foreach (var part in Parts(draw))
        {
            var printed = part.Name == "pairs" ? "4,625" : "10,000";
            yield return ($"{part.Name} ({printed} printed)", part.Count);
            yield return ($"{part.Name}, with those in reserve", part.Clips.Length);
            ClipPack[] packs = part.Name == "pairs" ? [Frames(part), Sounds(part)] : [Sounds(part)];
            if (!packs.All(pack => pack.IsDecoded)) continue;
            foreach (var (reason, count) in packs.SelectMany(pack => pack.Faults())) yield return ($"{part.Name}, not decodable: {reason}", count);
            yield return ($"{part.Name}, decoded", part.Items(position => packs.All(pack => pack.Items.Value.IsPresent(position))).Count);
        }
    }

    /// <summary>Clips of one use, those in reserve behind the others.</summary>
    private sealed record Part(string Name, DrawnClip[] Clips, int Count)
    {
        /// <summary>Positions of the first <see cref="Count"/> clips that could be decoded.</summary>
        public DeferredList Items(Func<int, bool> present) => new(() =>
        {
            int[] found = [.. Enumerable.Range(0, Clips.Length).Where(present).Take(Count)];
            return found.Length > 0 ? found : throw new DatasetUnavailableException(
                $"None of the {Clips.Length} clips drawn for {VggSound.Name}/{Name} can be decoded. The reasons stand beside the decoded set ({VggSound.Name}-{Name}-*.faults.txt); replace the clips and start again.");
        });
    }

    private sealed record Content(VggSoundList List, string ListHash, string? TestFile, ClipShelf Shelf, VggSoundDraw Draw);
}
