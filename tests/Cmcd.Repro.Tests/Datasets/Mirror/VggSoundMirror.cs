using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Archives;
using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Tests.Datasets.Download;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets.Mirror;

/// <summary>A small VGGSound, true to the format: the lists and a few ten-second clips of four classes under their real names, as users put them into --data. Needs ffmpeg.</summary>
/// <remarks>
/// Four good clips a class and split. Traps: ids that begin with dashes, labels with a comma, and, all in the training split and without a good twin: a clip listed and not
/// here, one of no bytes, one without sound, one without pictures, one cut off, one that is a web page. Clips lie in the folder clips, two of them in an archive of the public copy.
/// </remarks>
internal static class VggSoundMirror
{
    public const int PerClassAndSplit = 4;

    private const string List = "vggsound.csv", Tests = "test.csv", Counts = "stat.csv", Archive = "vggsound_00.tar.gz";
    private const string InArchive = "scratch/shared/beegfs/hchen/train_data/VGGSound_final/video/";

    /// <summary>Ordered by code point, as the class index is.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["cattle, bovinae cowbell", "people marching", "race car, auto racing", "waterfall burbling"];

    /// <summary>Clips of the training split that cannot be used, and what is wrong with each.</summary>
    public static IReadOnlyList<(string Video, string Trouble)> Traps { get; } =
        [("trap-missin", "missing"), ("trap-empty_", "empty"), ("-trapsilent", "no sound"), ("trap_soundo", "no pictures"), ("trap-cutoff", "cut off"), ("trap-webpag", "web page")];

    /// <summary>Writes the folder vggsound into the folder that --data shall name.</summary>
    public static void Write(string drop)
    {
        var own = Directory.CreateDirectory(Path.Combine(drop, VggSound.Name)).FullName;
        var clips = Directory.CreateDirectory(Path.Combine(own, "clips")).FullName;
        Clip[] good = [.. Good()];
        var lines = good.Select(clip => Line(clip.Video, clip.Start, clip.Label, clip.IsTest)).Concat(Traps.Select((trap, place) => Line(trap.Video, 60 + place, place % Classes.Count, isTest: false)));
        Text(own, List, "\n", lines);
        Text(own, Tests, "\r\n", good.Where(clip => clip.IsTest).Select(clip => $"{clip.Name}.mp4,{Quoted(clip.Label)}"));
        Text(own, Counts, "\r\n", Classes.Select((_, label) => $"{Quoted(label)},{good.Count(clip => clip.Label == label)},others"));

        Parallel.ForEach(good, new ParallelOptions { MaxDegreeOfParallelism = 2 }, clip => Film(clip, Path.Combine(clips, clip.File)));
        Pack(own, clips, [.. good.Where(clip => !clip.IsTest).Take(2)]);
        Trouble(clips, good.First(clip => !clip.File.Contains("_10000", StringComparison.Ordinal) && File.Exists(Path.Combine(clips, clip.File))));
        File.WriteAllText(Path.Combine(clips, "where these are from.txt"), "Made by a test.\n");
    }

    /// <summary>The catalogue's entry for what was written, with its own hashes.</summary>
    public static DatasetSource Source(string drop) => new(
        VggSound.Name, "A small mirror of VGGSound", new("http://127.0.0.1/"), "None.", "Nobody.", "Put the clips you have into the folder vggsound/clips of --data.",
        [
            .. new[] { List, Tests, Counts }.Select(name => new RemoteFile(name, [new($"http://127.0.0.1:9/{name}")], DownloadBench.Facts(File.ReadAllBytes(Path.Combine(drop, VggSound.Name, name))))),
            new(Archive, [new($"http://127.0.0.1:9/{Archive}")], new(), AtMost: 10_000_000, OnRequest: "Two clips.", Archive: new ArchiveLimits(100, 10_000_000, 100)),
        ]);

    private static IEnumerable<Clip> Good()
    {
        for (var label = 0; label < Classes.Count; label++)
        {
            for (var place = 0; place < 2 * PerClassAndSplit; place++)
            {
                var (number, isTest) = ((label * 2 * PerClassAndSplit) + place, place % 2 == 1);
                var (video, start) = (label, place) switch
                {
                    (1, 1) => ("---g-f_I2yQ", 1),               // rows of the authors' list
                    (3, 0) => ("--0PQM4-hqg", 30),
                    _ => ($"clp_{label}-{place:00}_{number:x2}", 10 * place),
                };
                yield return new(video, start, label, isTest, number, place == 3 ? $"{video}_{start * 1000}_{(start + 10) * 1000}.mp4" : $"{video}_{start:000000}.mp4");
            }
        }
    }

    private static string Line(string video, int start, int label, bool isTest) => string.Create(CultureInfo.InvariantCulture, $"{video},{start},{Quoted(label)},{(isTest ? "test" : "train")}");

    private static string Quoted(int label) => Classes[label].Contains(',', StringComparison.Ordinal) ? $"\"{Classes[label]}\"" : Classes[label];

    private static void Text(string folder, string name, string lineEnd, IEnumerable<string> lines) => File.WriteAllText(Path.Combine(folder, name), string.Concat(lines.Select(line => line + lineEnd)));

    /// <summary>Ten seconds of a moving picture in a colour of its own, and a tone of its own, low for the first class and high for the last.</summary>
    private static void Film(Clip clip, string path) => Ffmpeg.Run(
        "-f", "lavfi", "-i", $"testsrc2=s={(clip.Number % 2 == 0 ? "64x48" : "48x64")}:r=5:d=10,hue=h={clip.Number * 11}",
        "-f", "lavfi", "-i", $"sine=f={(400 * (clip.Label + 1)) + (7 * clip.Number)}:beep_factor={2 + (clip.Number % 3)}:r=22050:d=10",
        "-c:v", "libx264", "-preset", "ultrafast", "-threads", "1", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "32k", "-ac", "2", path);

    private static void Pack(string own, string clips, Clip[] packed)
    {
        using (var file = File.Create(Path.Combine(own, Archive)))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var clip in packed) tar.WriteEntry(Path.Combine(clips, clip.File), $"{InArchive}{clip.Name}.mp4");
        }

        foreach (var clip in packed) File.Delete(Path.Combine(clips, clip.File));
    }

    private static void Trouble(string clips, Clip good)
    {
        var whole = Path.Combine(clips, good.File);
        foreach (var ((video, trouble), place) in Traps.Select((trap, place) => (trap, place)))
        {
            var path = Path.Combine(clips, $"{video}_{60 + place:000000}.mp4");
            if (trouble == "empty") File.WriteAllBytes(path, []);
            else if (trouble == "no sound") Ffmpeg.Run("-i", whole, "-an", "-c:v", "copy", path);
            else if (trouble == "no pictures") SoundAlone(new(video, 60 + place, place % Classes.Count, IsTest: false, Number: 20, ""), Path.ChangeExtension(path, ".wav"));
            else if (trouble == "cut off") File.WriteAllBytes(path, File.ReadAllBytes(whole)[..5000]);
            else if (trouble == "web page") File.WriteAllText(path, "<!DOCTYPE html><html><body>Video unavailable</body></html>\n");
        }
    }

    private static void SoundAlone(Clip clip, string path)
    {
        var film = path + ".mp4";
        Film(clip, film);
        Ffmpeg.Run("-i", film, "-vn", "-ac", "1", "-ar", "16000", path);
        File.Delete(film);
    }

    private sealed record Clip(string Video, int Start, int Label, bool IsTest, int Number, string File)
    {
        public string Name => string.Create(CultureInfo.InvariantCulture, $"{Video}_{Start:000000}");
    }
}
