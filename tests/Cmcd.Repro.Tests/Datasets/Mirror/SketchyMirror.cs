using System.Text;
using SharpCompress.Writers.SevenZip;

namespace Cmcd.Repro.Tests.Datasets.Mirror;

/// <summary>Sketchy in small: rendered_256x256.7z and info-06-04.7z with the real names, layout and traps, as datasets.md describes them.</summary>
/// <remarks>
/// Four classes. Each has <see cref="PhotosPerClass"/> photos with 5 to 8 sketches, gap-free but for one; two synsets in one class; all six sketch renderings and both photo renderings.
/// Traps: a JPEG that is a text file, a photo without sketches, a sketch without its photo, a gap in the numbers, a stray file, class names with spaces in stats.csv.
/// </remarks>
internal static class SketchyMirror
{
    public const int PhotosPerClass = 10;
    public const string Rendered = "rendered_256x256.7z", Info = "info-06-04.7z";

    public static readonly string[] Classes = ["airplane", "alarm_clock", "car_(sedan)", "zebra"];
    public static readonly string[] PhotoRenderings = ["tx_000000000000", "tx_000100000000"];
    public static readonly string[] SketchRenderings = ["tx_000000000000", "tx_000100000000", "tx_000000000010", "tx_000000000110", "tx_000000001010", "tx_000000001110"];

    /// <summary>A JPEG that is a text file; its sketches stay in step 3.</summary>
    public const string TextPhoto = "airplane/n02691156_1003";

    /// <summary>A photo that nobody sketched.</summary>
    public const string LonelyPhoto = "zebra/n02391049_9999";

    /// <summary>A sketch whose photo is not in the archive.</summary>
    public const string OrphanSketch = "zebra/n02391049_8888-1";

    /// <summary>A sketch that is cut short.</summary>
    public const string CutSketch = "alarm_clock/n02694662_1000-2";

    /// <summary>Flags of a sketch as stats.csv writes them: Error?, Context?, Ambiguous?, WrongPose?.</summary>
    public static string Flags(int label, int photo, int number) => (((label * 7) + (photo * 5) + number) % 11) switch
    {
        0 => "1,0,0,0",
        3 => "0,1,0,0",
        5 => "0,0,1,1",
        _ => "0,0,0,0",
    };

    /// <summary>class/stem, label, photo and number of every honest sketch, in order.</summary>
    public static IEnumerable<(string Item, int Label, int Photo, int Number)> Sketches() =>
        from label in Enumerable.Range(0, Classes.Length)
        from photo in Enumerable.Range(0, PhotosPerClass)
        from number in Enumerable.Range(1, 5 + (photo % 4))
        where (label, photo, number) != (2, 0, 3)   // the gap
        select ($"{Classes[label]}/{Stem(label, photo)}-{number}", label, photo, number);

    /// <summary>A second synset from the sixth photo on.</summary>
    public static string Stem(int label, int photo) => (label, photo < 5) switch
    {
        (0, _) => $"n02691156_{1000 + photo}",
        (1, true) => $"n02694662_{1000 + photo}",
        (1, false) => $"n02708093_{1000 + photo}",
        (2, _) => $"n02958343_{1000 + photo}",
        _ => $"n02391049_{1000 + photo}",
    };

    /// <summary>Writes both archives.</summary>
    /// <param name="folder">Where to; it is made.</param>
    /// <param name="side">Pixels; 256 in the real data.</param>
    public static void Write(string folder, int side = 256)
    {
        Directory.CreateDirectory(folder);
        SevenZip(Path.Combine(folder, Rendered), RenderedFiles(side));
        SevenZip(Path.Combine(folder, Info), InfoFiles());
    }

    /// <summary>What rendered_256x256.7z holds, for tests that need no archive.</summary>
    public static IEnumerable<(string Name, byte[] Content)> RenderedFiles(int side)
    {
        yield return ("README.txt", "The Sketchy Database"u8.ToArray());
        foreach (var (rendering, turn) in PhotoRenderings.Select((name, turn) => (name, turn)))
        {
            for (var label = 0; label < Classes.Length; label++)
            {
                for (var photo = 0; photo < PhotosPerClass; photo++)
                {
                    var item = $"{Classes[label]}/{Stem(label, photo)}";
                    yield return ($"256x256/photo/{rendering}/{item}.jpg", item == TextPhoto ? "This file is no longer available."u8.ToArray() : MirrorImages.Photo(label, photo + (20 * turn), side));
                }
            }

            yield return ($"256x256/photo/{rendering}/{LonelyPhoto}.jpg", MirrorImages.Photo(3, 11, side));
        }

        foreach (var (rendering, turn) in SketchRenderings.Select((name, turn) => (name, turn)))
        {
            foreach (var (item, label, photo, number) in Sketches())
            {
                var sketch = MirrorImages.Sketch(label, (photo * 9) + number + (100 * turn), side);
                yield return ($"256x256/sketch/{rendering}/{item}.png", item == CutSketch ? sketch[..(sketch.Length / 2)] : sketch);
            }

            yield return ($"256x256/sketch/{rendering}/{OrphanSketch}.png", MirrorImages.Sketch(3, 12, side));
        }

        yield return ($"256x256/sketch/{SketchRenderings[0]}/zebra/Thumbs.db", [1, 2, 3]);
    }

    /// <summary>What info-06-04.7z holds. The lines of each invalid list are written as another copy of the data writes them.</summary>
    public static IEnumerable<(string Name, byte[] Content)> InfoFiles(bool withTable = true)
    {
        yield return ("info/README.txt", "stats.csv: one line per sketch"u8.ToArray());
        yield return ("info/testset.txt", Text(Classes.Select((name, label) => $"{name}/{Stem(label, 9)}.jpg")));
        var sketches = Sketches().ToArray();
        if (withTable)
        {
            // Other columns and another order than loaders name: they must be found by name.
            yield return ("info/stats.csv", Text([
                "CategoryID,Category,ImageNetID,SketchID,Difficulty,Stroke_Count,Eraser_Count,Error?,Context?,Ambiguous?,WrongPose?,WorkerTag",
                .. sketches.Select(each => $"{each.Label},{Classes[each.Label].Replace('_', ' ')},{Stem(each.Label, each.Photo)},{each.Number},2,14,0,{Flags(each.Label, each.Photo, each.Number)},\"tag, quoted\""),
                "3,zebra,n02391049_7777,1,2,14,0,0,0,0,0,of a sketch that is not there",
            ]));
        }

        foreach (var (file, column, form) in new (string, int, Func<string, string, int, string>)[]
        {
            ("error", 0, (name, stem, number) => $"{name}/{stem}-{number}"), ("context", 2, (_, stem, number) => $"{stem},{number}"),
            ("ambiguous", 4, (_, stem, number) => $"{stem}-{number};"), ("pose", 6, (name, stem, number) => $"{name} {stem} - {number}"),
        })
        {
            yield return ($"info/invalid-{file}.txt", Text(sketches.Where(each => Flags(each.Label, each.Photo, each.Number)[column] == '1').Select(each => form(Classes[each.Label], Stem(each.Label, each.Photo), each.Number))));
        }
    }

    private static void SevenZip(string path, IEnumerable<(string Name, byte[] Content)> files)
    {
        using var file = File.Create(path);
        using var archive = new SevenZipWriter(file, new SevenZipWriterOptions());
        foreach (var (name, content) in files)
        {
            using var stream = new MemoryStream(content);
            archive.Write(name, stream, new DateTime(2016, 6, 4, 0, 0, 0, DateTimeKind.Utc));
        }
    }

    private static byte[] Text(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
}
