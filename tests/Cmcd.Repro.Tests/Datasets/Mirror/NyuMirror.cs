using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Tests.Datasets.Formats;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets.Mirror;

/// <summary>NYU-Depth V2 with ten images of the real size, in the real files' names and formats; their values follow from the formulas here.</summary>
/// <remarks>
/// The .mat of version 7.3 is written by make_nyu_mirror.py (h5py, so HDF5's own library), the three of version 5 by <see cref="Mat5Writer"/>. 60 label ids stand for the
/// 894: 1 to 37 for one class each, the others for the three classes of other things. Both splits have every class and unlabelled pixels; no image has all.
/// </remarks>
internal static class NyuMirror
{
    public const int Images = 10, Height = 480, Width = 640, Ids = 60;
    public const string Data = "nyu_depth_v2_labeled.mat";

    /// <summary>Images of each split, from 1.</summary>
    public static readonly int[] Train = [2, 3, 7, 9, 10], Test = [1, 4, 5, 6, 8];

    /// <summary>The 40 classes in Gupta et al.'s order.</summary>
    public static readonly string[] Classes =
    [
        "wall", "floor", "cabinet", "bed", "chair", "sofa", "table", "door", "window", "bookshelf", "picture", "counter", "blinds", "desk", "shelves", "curtain", "dresser", "pillow",
        "mirror", "floor mat", "clothes", "ceiling", "books", "refridgerator", "television", "paper", "towel", "shower curtain", "box", "whiteboard", "person", "night stand", "toilet",
        "sink", "lamp", "bathtub", "bag", "otherstructure", "otherfurniture", "otherprop",
    ];

    private static readonly string[] Thirteen = ["bed", "books", "ceiling", "chair", "floor", "furniture", "objects", "picture", "sofa", "table", "tv", "wall", "window"];
    private static readonly double[] ToThirteen =
        [12, 5, 6, 1, 4, 9, 10, 12, 13, 6, 8, 6, 13, 10, 6, 13, 6, 7, 7, 5, 7, 3, 2, 6, 11, 7, 7, 7, 7, 7, 7, 6, 7, 7, 7, 7, 7, 7, 6, 7];

    /// <summary>Writes the four files, ready to be dropped into --data.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.Copy(Fixture(Data), Path.Combine(folder, Data), overwrite: true);
        File.WriteAllBytes(Path.Combine(folder, "splits.mat"), SplitsFile(Train, Test));
        File.WriteAllBytes(Path.Combine(folder, "classMapping40.mat"), Map40File([.. Enumerable.Range(1, Ids).Select(id => (double)ClassOfId(id))]));
        File.WriteAllBytes(Path.Combine(folder, "class13Mapping.mat"), Mat5Writer.File(true, Mat5Writer.Struct(
            "classMapping13", ("labels13", Mat5Writer.Numbers("", 1, 40, ToThirteen)), ("classNames", Mat5Writer.Cells("", Thirteen.Select(name => Mat5Writer.Text("", name)))))));
    }

    /// <summary>The source of the committed catalogue with the figures of these four files, as a catalogue for a mirror needs it.</summary>
    public static DatasetSource Source(string folder)
    {
        var real = SourceCatalogue.Read(Path.Combine(DataFolder.Committed, SourceCatalogue.FileName))["nyu-depth-v2"];
        return real with { Files = [.. real.Needed.Select(file => file with { Checked = Facts(FileDigest.Of(Path.Combine(folder, file.Name))), Reported = null })] };
    }

    /// <summary>The folder of a cache that holds files of the four names, with receipts as if they had been fetched.</summary>
    public static DatasetFolder Store(string cache, Action<string>? change = null)
    {
        var folder = Path.Combine(cache, "datasets", "nyu-depth-v2");
        Write(folder);
        change?.Invoke(folder);
        var source = Source(folder);
        var store = new SourceStore(cache, source);
        foreach (var file in source.Files) store.Write(new FileReceipt(file.Name, FileDigest.Of(store.PathOf(file)), "mirror", "nothing", DateTimeOffset.UnixEpoch));
        return new PaperDataFolder(cache).Require(source).Single();
    }

    public static string Fixture(string file) => Path.Combine(Repository.Root, "tests", "Cmcd.Repro.Tests", "Datasets", "Mirror", "Fixtures", file);

    public static byte[] SplitsFile(int[] train, int[] test) => Mat5Writer.File(
        true, Mat5Writer.Numbers("trainNdxs", train.Length, 1, train.Select(image => (double)image)), Mat5Writer.Numbers("testNdxs", test.Length, 1, test.Select(image => (double)image)));

    public static byte[] Map40File(double[] classOfId) => Mat5Writer.File(
        true,
        Mat5Writer.Cells("allClassName", Enumerable.Range(1, classOfId.Length).Select(id => Mat5Writer.Text("", NameOfId(id)))),
        Mat5Writer.Cells("className", Classes.Select(name => Mat5Writer.Text("", name))),
        Mat5Writer.Numbers("mapClass", 1, classOfId.Length, classOfId),
        Mat5Writer.Numbers("mapToNYUSuperClass", 1, 40, Enumerable.Repeat(1.0, 40)),
        Mat5Writer.Numbers("mapToNYUSuperClassMat", 4, 40, Enumerable.Repeat(0.0, 160)));

    public static byte Colour(int image, int channel, int y, int x) => (byte)((37 * image) + (80 * channel) + (11 * (x / 64)) + (7 * (y / 48)));

    /// <summary>Metres.</summary>
    public static float Depth(int image, int y, int x) => 0.75f + (0.25f * ((image + (x / 64) + (2 * (y / 48))) % 37));

    /// <summary>Metres, 0 in a hole.</summary>
    public static float RawDepth(int image, int y, int x) => ((x / 32) + (y / 24) + image) % 7 == 0 ? 0 : Depth(image, y, x);

    /// <summary>0, unlabelled, to 60.</summary>
    public static int Label(int image, int y, int x) => ((7 * image) + (6 * (x / 64)) + (11 * (y / 48))) % (Ids + 1);

    /// <summary>1 to 40.</summary>
    public static int ClassOfId(int id) => id <= 37 ? (id * 8 % 37) + 1 : id <= 45 ? 38 : id <= 52 ? 39 : 40;

    public static string NameOfId(int id) => id <= 37 ? Classes[ClassOfId(id) - 1] : $"thing {id}";

    private static FileFacts Facts(FileDigest digest) => new(digest.Bytes, digest.Sha256);

    /// <summary>1 to 13.</summary>
    public static int ThirteenOf(int label) => (int)ToThirteen[label - 1];
}
