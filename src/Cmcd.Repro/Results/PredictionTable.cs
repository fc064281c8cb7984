using System.Globalization;
using System.IO.Compression;

namespace Cmcd.Repro.Results;

/// <summary>What every run of one column answered for every test item: predictions.&lt;column&gt;.csv.gz beside runs.csv.</summary>
/// <remarks>
/// One line an item: <c>item,label,&lt;stage key&gt;,…</c>, whole class numbers. With it every number and verdict can be derived again without training,
/// and methods can be compared item by item. Cells that share an evaluation share its column.
/// </remarks>
/// <param name="Labels">True class of each item, in the test set's order.</param>
/// <param name="Predicted">Answers by stage key, in the order of <paramref name="Labels"/>.</param>
public sealed record PredictionTable(IReadOnlyList<int> Labels, IReadOnlyDictionary<string, IReadOnlyList<int>> Predicted)
{
    private const string Prefix = "predictions.";
    private const string Suffix = ".csv.gz";
    private static readonly string[] Leading = ["item", "label"];

    /// <summary>The file of a column.</summary>
    public static string FileOf(string column) => $"{Prefix}{column}{Suffix}";

    /// <summary>The columns that have a file in a table's folder, with the file.</summary>
    public static IReadOnlyDictionary<string, string> FilesIn(string folder) => Directory.EnumerateFiles(folder, Prefix + "*" + Suffix)
        .ToDictionary(file => Path.GetFileName(file)[Prefix.Length..^Suffix.Length], StringComparer.Ordinal);

    /// <summary>Percent of items answered right, in [0, 100].</summary>
    /// <param name="stageKey">The evaluation.</param>
    /// <exception cref="KeyNotFoundException">No run of the column has this key.</exception>
    public double Top1(string stageKey)
    {
        var predicted = Predicted[stageKey];
        var right = 0;
        for (var i = 0; i < Labels.Count; i++) if (predicted[i] == Labels[i]) right++;
        return 100.0 * right / Labels.Count;
    }

    /// <summary>Writes the file whole, or leaves the one before. Equal tables give equal bytes.</summary>
    /// <exception cref="ArgumentException">There is no item, or an evaluation has another number of items.</exception>
    /// <exception cref="ReproException">The file cannot be written.</exception>
    public void Write(string path)
    {
        var keys = Predicted.Keys.Order(StringComparer.Ordinal).ToArray();
        if (Labels.Count == 0 || keys.Any(key => Predicted[key].Count != Labels.Count))
            throw new ArgumentException($"Expected {Labels.Count} predictions of every evaluation, at least one.");

        var lines = Labels.Select((label, item) => (string[])[Text(item), Text(label), .. keys.Select(key => Text(Predicted[key][item]))]);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(ResultFile.Encoding.GetBytes(CsvText.Of([[.. Leading, .. keys], .. lines])));
        ResultFile.Replace(path, packed.ToArray());

        static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the file strictly.</summary>
    /// <exception cref="ReproException">It is missing, cut, not gzip, or a line is wrong: names file and line of every fault.</exception>
    public static PredictionTable Read(string path)
    {
        string text;
        try
        {
            text = ResultFile.Guard(path, () =>
            {
                using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
                using var unpacked = new MemoryStream();
                gzip.CopyTo(unpacked);
                return ResultFile.Encoding.GetString(unpacked.ToArray());
            });
        }
        catch (Exception fault) when (fault is InvalidDataException or System.Text.DecoderFallbackException)
        {
            throw new ReproException($"{path} is damaged: {fault.Message} {CsvText.Advice}", fault);
        }

        var header = text.Split('\n', 2)[0].Split(',');
        var keys = header.Skip(Leading.Length).ToArray();
        if (!header.Take(Leading.Length).SequenceEqual(Leading) || keys.Length == 0 || keys.Distinct().Count() < keys.Length)
            throw new ReproException($"{path}:1: the header starts with \"{string.Join(',', header.Take(3))}\", expected item,label and at least one stage key, each once. {CsvText.Advice}");

        var item = 0;
        var rows = CsvText.Read(path, text, header, line =>
        {
            if (line.Whole("item") != item++) line.Fault($"item is \"{line.Text("item")}\", expected {item - 1}: a line is missing or stands twice.");
            return Array.ConvertAll(header, name => checked((int)line.Whole(name)));
        });
        return new([.. rows.Select(row => row[1])], keys.Select((key, k) => (key, k)).ToDictionary(
            pair => pair.key, pair => (IReadOnlyList<int>)[.. rows.Select(row => row[pair.k + Leading.Length])], StringComparer.Ordinal));
    }
}
