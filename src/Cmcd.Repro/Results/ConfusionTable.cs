using System.Globalization;
using Cmcd.Repro.Metrics;

namespace Cmcd.Repro.Results;

/// <summary>How every run of one column labelled the pixels of every test image: confusions.&lt;column&gt;.csv.gz beside runs.csv.</summary>
/// <remarks>
/// One line for each image, true class and class given that some run has pixels of: <c>item,label,predicted,&lt;stage key&gt;,…</c>, pixels each, in ascending order. The truth is
/// one: in each image every run has the same number of pixels of a class, so that no line can be lost unseen.
/// </remarks>
public sealed class ConfusionTable : IItemAnswers
{
    /// <summary>The metric's name in cells.</summary>
    public const string MetricName = "miou";

    private const string Prefix = "confusions.";
    private const string Suffix = ".csv.gz";
    private static readonly string[] Leading = ["item", "label", "predicted"];

    private readonly IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<PixelCount>>> _images;
    private readonly Dictionary<int, long>[] _labelled;

    /// <param name="images">By stage key, the confusion matrix of each test image without its zeros.</param>
    /// <exception cref="ArgumentException">There is no evaluation or no image, or the evaluations' images have other pixels: names the first.</exception>
    public ConfusionTable(IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<PixelCount>>> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Count == 0 || images.First().Value.Count == 0) throw new ArgumentException("Expected at least one evaluation of at least one image.", nameof(images));
        _images = images.ToDictionary(each => each.Key, each => (IReadOnlyList<IReadOnlyList<PixelCount>>)[.. each.Value.Select(counts => counts.Where(count => count.Pixels > 0).OrderBy(count => (count.Label, count.Predicted)).ToArray())], StringComparer.Ordinal);
        _labelled = [.. _images.First().Value.Select(LabelledPixels)];
        if (Faults(_images).FirstOrDefault() is { } fault) throw new ArgumentException(fault, nameof(images));
    }

    /// <inheritdoc/>
    public string Metric => MetricName;

    /// <inheritdoc/>
    public int Items => _labelled.Length;

    /// <inheritdoc/>
    public int Evaluations => _images.Count;

    /// <summary>The file of a column.</summary>
    public static string FileOf(string column) => $"{Prefix}{column}{Suffix}";

    /// <summary>The columns that have a file in a table's folder, with the file.</summary>
    public static IReadOnlyDictionary<string, string> FilesIn(string folder) => Directory.EnumerateFiles(folder, Prefix + "*" + Suffix)
        .ToDictionary(file => Path.GetFileName(file)[Prefix.Length..^Suffix.Length], StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Has(string stageKey) => _images.ContainsKey(stageKey);

    /// <inheritdoc/>
    public double Value(string stageKey) => MeanIoU.Percent(All(stageKey));

    /// <inheritdoc/>
    public IReadOnlyList<double> Scores(string stageKey) => ImageScores.Of(_images[stageKey]);

    /// <inheritdoc/>
    public string Counted(string stageKey)
    {
        var all = All(stageKey);
        return string.Create(CultureInfo.InvariantCulture, $"{MeanIoU.PixelAccuracy(all):F2} % of {all.Sum(count => count.Pixels):N0} pixels right in {Items:N0} images, {MeanIoU.ByClass(all).Count} classes");
    }

    /// <inheritdoc/>
    public bool IsTelling(string stageKey)
    {
        var all = All(stageKey);
        return all.Select(count => count.Predicted).Distinct().Count() > 1 && all.Any(count => count.Label != count.Predicted);
    }

    /// <inheritdoc/>
    public bool SameItems(IItemAnswers other) => other is ConfusionTable table && table.Items == Items && _labelled.Zip(table._labelled).All(pair => Same(pair.First, pair.Second));

    /// <inheritdoc/>
    public int Changed(string stageKey, IItemAnswers other, string otherKey) =>
        _images[stageKey].Zip(((ConfusionTable)other)._images[otherKey]).Count(pair => !pair.First.SequenceEqual(pair.Second));

    /// <summary>Writes the file whole, or leaves the one before. Equal tables give equal bytes.</summary>
    /// <exception cref="ReproException">The file cannot be written.</exception>
    public void Write(string path)
    {
        var keys = _images.Keys.Order(StringComparer.Ordinal).ToArray();
        PackedText.Replace(path, CsvText.Of([[.. Leading, .. keys], .. Enumerable.Range(0, Items).SelectMany(item => Lines(item, keys))]));
    }

    /// <summary>Reads the file strictly.</summary>
    /// <exception cref="ReproException">It is missing, cut, not gzip, a line is wrong, or pixels are missing: names the place of every fault.</exception>
    public static ConfusionTable Read(string path)
    {
        var text = PackedText.Read(path);
        var header = text.Split('\n', 2)[0].Split(',');
        var keys = header.Skip(Leading.Length).ToArray();
        if (!header.Take(Leading.Length).SequenceEqual(Leading) || keys.Length == 0 || keys.Distinct().Count() < keys.Length)
            throw new ReproException($"{path}:1: the header starts with \"{string.Join(',', header.Take(4))}\", expected item,label,predicted and at least one stage key, each once. {CsvText.Advice}");

        var images = keys.ToDictionary(key => key, _ => new List<List<PixelCount>>(), StringComparer.Ordinal);
        var before = (Item: -1L, Label: 0L, Predicted: 0L);
        CsvText.Read(path, text, header, line =>
        {
            var place = (Item: line.Whole("item"), Label: line.Whole("label"), Predicted: line.Whole("predicted"));
            if (place.CompareTo(before) <= 0 || place.Item > before.Item + 1 || place.Label is < 0 or >= MeanIoU.Void || place.Predicted is < 0 or >= MeanIoU.Void)
            {
                line.Fault($"item, label and predicted are {place.Item}, {place.Label}, {place.Predicted}, after {before.Item}, {before.Label}, {before.Predicted}: expected ascending lines, every item, classes from 0 to {MeanIoU.Void - 1}.");
                return false;
            }

            long[] pixels = Array.ConvertAll(keys, line.Whole);
            if (pixels.Min() < 0 || pixels.Max() is 0 or > int.MaxValue) line.Fault($"pixels are {pixels.Min()} to {pixels.Max()}: expected none below 0 and one above.");
            for (var k = 0; k < keys.Length; k++)
            {
                if (place.Item > before.Item) images[keys[k]].Add([]);
                if (pixels[k] > 0) images[keys[k]][^1].Add(new((int)place.Label, (int)place.Predicted, pixels[k]));
            }

            before = place;
            return true;
        });

        var read = images.ToDictionary(each => each.Key, each => (IReadOnlyList<IReadOnlyList<PixelCount>>)each.Value, StringComparer.Ordinal);
        string[] faults = before.Item < 0 ? ["it has no lines."] : [.. Faults(read)];
        return faults.Length == 0 ? new(read) : throw new ReproException(string.Join('\n', faults.Select(fault => $"{path}: {fault}")) + "\n" + CsvText.Advice);
    }

    /// <summary>Where an evaluation's pixels are not those of the first one.</summary>
    private static IEnumerable<string> Faults(IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<PixelCount>>> images)
    {
        var (first, expected) = (images.First().Key, images.First().Value.Select(LabelledPixels).ToArray());
        if (Array.FindIndex(expected, labelled => labelled.Count == 0) is >= 0 and var empty) yield return $"item {empty} has no labelled pixel in {first}.";
        foreach (var (key, own) in images)
        {
            if (own.Count != expected.Length) yield return $"{key} has {own.Count} items, {first} has {expected.Length}.";
            foreach (var (item, labelled) in own.Take(expected.Length).Select((counts, item) => (item, LabelledPixels(counts))).Where(image => !Same(image.Item2, expected[image.item])))
            {
                var label = labelled.Keys.Union(expected[item].Keys).Order().First(label => labelled.GetValueOrDefault(label) != expected[item].GetValueOrDefault(label));
                yield return $"item {item} has {labelled.GetValueOrDefault(label)} pixels of class {label} in {key}, {expected[item].GetValueOrDefault(label)} in {first}: a line is missing or was changed.";
            }
        }
    }

    private static Dictionary<int, long> LabelledPixels(IReadOnlyList<PixelCount> counts) => counts.GroupBy(count => count.Label).ToDictionary(of => of.Key, of => of.Sum(count => count.Pixels));

    private static bool Same(Dictionary<int, long> one, Dictionary<int, long> other) => one.Count == other.Count && one.All(label => other.GetValueOrDefault(label.Key) == label.Value);

    private PixelCount[] All(string stageKey) => [.. _images[stageKey].SelectMany(counts => counts)];

    private IEnumerable<string[]> Lines(int item, string[] keys)
    {
        var pixels = keys.Select(key => _images[key][item].ToDictionary(count => (count.Label, count.Predicted), count => count.Pixels)).ToArray();
        foreach (var place in pixels.SelectMany(of => of.Keys).Distinct().Order())
            yield return [Text(item), Text(place.Label), Text(place.Predicted), .. pixels.Select(of => Text(of.GetValueOrDefault(place)))];

        static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
