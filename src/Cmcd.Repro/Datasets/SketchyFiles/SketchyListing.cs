using System.Globalization;
using System.Text.RegularExpressions;

namespace Cmcd.Repro.Datasets.SketchyFiles;

/// <summary>The photos and sketches of one rendering each, with classes and pairs by name.</summary>
internal sealed partial class SketchyListing
{
    private const string Archive = "rendered_256x256.7z";

    private SketchyListing(IReadOnlyList<string> classes, IReadOnlyList<SketchyPhoto> photos, IReadOnlyList<SketchySketch> sketches, int otherFiles) =>
        (Classes, Photos, Sketches, OtherFiles) = (classes, photos, sketches, otherFiles);

    /// <summary>Folder names, ordinal.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>By class, then name.</summary>
    public IReadOnlyList<SketchyPhoto> Photos { get; }

    /// <summary>By class, photo, then number.</summary>
    public IReadOnlyList<SketchySketch> Sketches { get; }

    /// <summary>Files whose names fit no photo or sketch; not read.</summary>
    public int OtherFiles { get; }

    /// <param name="content">The unpacked archive.</param>
    /// <param name="options">Which renderings.</param>
    /// <exception cref="DatasetUnavailableException">A rendering's folder is missing or empty, or a class has too few sketches to split.</exception>
    public static SketchyListing Read(string content, SketchyOptions options)
    {
        var photoRoot = Rendering(content, "photo", options.PhotoRendering == SketchyPhotoRendering.WholeImage ? "tx_000000000000" : "tx_000100000000", nameof(SketchyOptions.PhotoRendering));
        var sketchRoot = Rendering(content, "sketch", Transform(options.SketchRendering), nameof(SketchyOptions.SketchRendering));
        string[] classes = [.. Directory.EnumerateDirectories(sketchRoot).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];
        var others = 0;
        var photos = Matches(photoRoot, classes, PhotoName(), ref others)
            .Select(found => new SketchyPhoto(found.Label, found.Name.Groups[1].Value, found.Path))
            .OrderBy(photo => photo.Label).ThenBy(photo => photo.Stem, StringComparer.Ordinal).ToArray();
        var places = photos.Index().ToDictionary(entry => (entry.Item.Label, entry.Item.Stem), entry => entry.Index);
        var sketches = Matches(sketchRoot, classes, SketchName(), ref others)
            .Select(found => (found.Label, Stem: found.Name.Groups[1].Value, Number: int.Parse(found.Name.Groups[2].Value, CultureInfo.InvariantCulture), found.Path))
            .Select(found => new SketchySketch(found.Label, found.Stem, found.Number, places.GetValueOrDefault((found.Label, found.Stem), -1), found.Path))
            .OrderBy(sketch => sketch.Label).ThenBy(sketch => sketch.PhotoStem, StringComparer.Ordinal).ThenBy(sketch => sketch.Number).ToArray();
        UnpackedFolder.RequireTwoOfEach(sketchRoot, classes, sketches.Select(sketch => sketch.Label), "n00000000_1-1.png");
        return new(classes, photos, sketches, others);
    }

    private static string Rendering(string content, string kind, string transform, string option) =>
        UnpackedFolder.Require(content, $"256x256/{kind}/{transform}", $"which option {option} asks for", Archive);

    private static string Transform(SketchySketchRendering rendering) => rendering switch
    {
        SketchySketchRendering.WholeImage => "tx_000000000000",
        SketchySketchRendering.Centred => "tx_000100000000",
        _ => $"tx_00000000{rendering.ToString()[^4..]}",
    };

    private static List<(int Label, Match Name, string Path)> Matches(string root, string[] classes, Regex pattern, ref int others)
    {
        var found = new List<(int, Match, string)>();
        for (var label = 0; label < classes.Length; label++)
        {
            var folder = Path.Combine(root, classes[label]);
            foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
            {
                if (pattern.Match(Path.GetFileName(path)) is { Success: true } name) found.Add((label, name, path));
                else others++;
            }
        }

        return found;
    }

    [GeneratedRegex(@"\A(n\d{8}_\d+)\.jpg\z")]
    private static partial Regex PhotoName();

    [GeneratedRegex(@"\A(n\d{8}_\d+)-(\d{1,6})\.png\z")]
    private static partial Regex SketchName();
}
