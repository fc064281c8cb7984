using System.Globalization;

namespace Cmcd.Repro.Results;

/// <summary>What every run of one column answered for every test item, a class each: predictions.&lt;column&gt;.csv.gz beside runs.csv.</summary>
/// <remarks>
/// One line an item: <c>item,label,&lt;stage key&gt;,…</c>, whole class numbers. Cells that share an evaluation share its column. Where an evaluation trained several times, on
/// several draws of few labelled items, each draw answers every test item: the lines <c>draw,item,label,…</c> then follow each other draw by draw. An item's score is its
/// mean over the draws: items are the sample, draws are not further items.
/// </remarks>
/// <param name="Labels">True class of each item, in the test set's order.</param>
/// <param name="Predicted">Answers by stage key, in the order of <paramref name="Labels"/>, one draw after another.</param>
public sealed record PredictionTable(IReadOnlyList<int> Labels, IReadOnlyDictionary<string, IReadOnlyList<int>> Predicted) : IItemAnswers
{
    /// <summary>The metric's name in cells.</summary>
    public const string MetricName = "top1";

    private const string Prefix = "predictions.";
    private const string Suffix = ".csv.gz";
    private static readonly string[] Leading = ["item", "label"], LeadingDraws = ["draw", .. Leading];

    /// <summary>How often every evaluation answered all items; at least 1.</summary>
    public int Draws { get; init; } = 1;

    /// <inheritdoc/>
    public string Metric => MetricName;

    /// <inheritdoc/>
    public int Items => Labels.Count;

    /// <inheritdoc/>
    public int Evaluations => Predicted.Count;

    /// <summary>The file of a column.</summary>
    public static string FileOf(string column) => $"{Prefix}{column}{Suffix}";

    /// <summary>The columns that have a file in a table's folder, with the file.</summary>
    public static IReadOnlyDictionary<string, string> FilesIn(string folder) => Directory.EnumerateFiles(folder, Prefix + "*" + Suffix)
        .ToDictionary(file => Path.GetFileName(file)[Prefix.Length..^Suffix.Length], StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Has(string stageKey) => Predicted.ContainsKey(stageKey);

    /// <summary>Percent of answers that are right, in [0, 100].</summary>
    /// <param name="stageKey">The evaluation.</param>
    /// <exception cref="KeyNotFoundException">No run of the column has this key.</exception>
    public double Top1(string stageKey) => 100.0 * Right(stageKey).Sum() / (Items * Draws);

    /// <inheritdoc/>
    public double Value(string stageKey) => Top1(stageKey);

    /// <inheritdoc/>
    public IReadOnlyList<double> Scores(string stageKey) => Array.ConvertAll(Right(stageKey), right => 100.0 * right / Draws);

    /// <inheritdoc/>
    public string Counted(string stageKey) =>
        string.Create(CultureInfo.InvariantCulture, $"{Right(stageKey).Sum():N0} of {Items * Draws:N0} right{(Draws > 1 ? $" ({Draws} draws of the labelled items)" : "")}");

    /// <inheritdoc/>
    public bool IsTelling(string stageKey) => Predicted[stageKey].Distinct().Count() > 1 && Right(stageKey).Any(right => right < Draws);

    /// <inheritdoc/>
    public bool SameItems(IItemAnswers other) => other is PredictionTable table && table.Draws == Draws && table.Labels.SequenceEqual(Labels);

    /// <inheritdoc/>
    public int Changed(string stageKey, IItemAnswers other, string otherKey)
    {
        var (mine, its) = (Predicted[stageKey], ((PredictionTable)other).Predicted[otherKey]);
        return Enumerable.Range(0, Items).Count(item => Enumerable.Range(0, Draws).Any(draw => mine[(draw * Items) + item] != its[(draw * Items) + item]));
    }

    /// <summary>Writes the file whole, or leaves the one before. Equal tables give equal bytes.</summary>
    /// <exception cref="ArgumentException">There is no item, or an evaluation has another number of answers.</exception>
    /// <exception cref="ReproException">The file cannot be written.</exception>
    public void Write(string path)
    {
        var keys = Predicted.Keys.Order(StringComparer.Ordinal).ToArray();
        if (Labels.Count == 0 || Draws < 1 || keys.Any(key => Predicted[key].Count != Items * Draws))
            throw new ArgumentException($"Expected {Draws} times {Items} predictions of every evaluation, at least one.");

        var lines = Enumerable.Range(0, Items * Draws).Select(at => (string[])
            [.. Draws > 1 ? [Text(at / Items)] : Array.Empty<string>(), Text(at % Items), Text(Labels[at % Items]), .. keys.Select(key => Text(Predicted[key][at]))]);
        PackedText.Replace(path, CsvText.Of([[.. Draws > 1 ? LeadingDraws : Leading, .. keys], .. lines]));

        static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the file strictly.</summary>
    /// <exception cref="ReproException">It is missing, cut, not gzip, or a line is wrong: names file and line of every fault.</exception>
    public static PredictionTable Read(string path)
    {
        var text = PackedText.Read(path);
        var header = text.Split('\n', 2)[0].Split(',');
        var leading = header[0] == LeadingDraws[0] ? LeadingDraws : Leading;
        var keys = header.Skip(leading.Length).ToArray();
        if (!header.Take(leading.Length).SequenceEqual(leading) || keys.Length == 0 || keys.Distinct().Count() < keys.Length)
            throw new ReproException($"{path}:1: the header starts with \"{string.Join(',', header.Take(3))}\", expected item,label and at least one stage key, each once. {CsvText.Advice}");

        var (draw, item, labels) = (0, 0, new List<int>());
        var rows = CsvText.Read(path, text, header, line =>
        {
            if (leading == LeadingDraws && line.Whole("draw") == draw + 1 && item == labels.Count) (draw, item) = (draw + 1, 0);
            if (leading == LeadingDraws && line.Whole("draw") != draw) line.Fault($"draw is \"{line.Text("draw")}\", expected {draw}: each draw answers every item once.");
            if (line.Whole("item") != item++) line.Fault($"item is \"{line.Text("item")}\", expected {item - 1}: a line is missing or stands twice.");
            var label = checked((int)line.Whole("label"));
            if (draw == 0) labels.Add(label);
            else if (item > labels.Count || labels[item - 1] != label) line.Fault($"label is {label}; the first draw has {(item > labels.Count ? "no such item" : labels[item - 1])}.");
            return Array.ConvertAll(keys, key => checked((int)line.Whole(key)));
        });
        if (leading == LeadingDraws && (draw == 0 || item != labels.Count))
            throw new ReproException($"{path}: draw {draw} ends with item {item - 1}; expected at least two draws of {labels.Count} items each. {CsvText.Advice}");

        return new(labels, keys.Select((key, k) => (key, k)).ToDictionary(pair => pair.key, pair => (IReadOnlyList<int>)[.. rows.Select(row => row[pair.k])], StringComparer.Ordinal)) { Draws = draw + 1 };
    }

    /// <summary>How many draws answered each item rightly.</summary>
    private int[] Right(string stageKey)
    {
        var (predicted, right) = (Predicted[stageKey], new int[Items]);
        for (var at = 0; at < Items * Draws; at++) if (predicted[at] == Labels[at % Items]) right[at % Items]++;
        return right;
    }
}
