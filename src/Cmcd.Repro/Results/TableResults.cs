using System.Globalization;

namespace Cmcd.Repro.Results;

/// <summary>One table's results read back and checked against each other: nothing is judged on a file that the others do not bear out.</summary>
/// <param name="Folder">Where they were read.</param>
/// <param name="Cells">cells.csv.</param>
/// <param name="Runs">runs.csv, all initialisations.</param>
/// <param name="Manifest">manifest.json.</param>
/// <param name="Predictions">Answers of recognition by file; what each run answered is found by <see cref="AnswersOf"/>.</param>
public sealed record TableResults(
    string Folder, IReadOnlyList<CellRow> Cells, IReadOnlyList<RunRow> Runs, Manifest Manifest, IReadOnlyDictionary<string, PredictionTable> Predictions)
{
    /// <summary>How the metric of a cell begins that holds a total variation instead of a score.</summary>
    public const string Measured = "tv.";

    /// <summary>How the metric of a cell ends that holds a difference of two scores.</summary>
    public const string Gain = " gain";

    private const double Rounding = 0.005 + 1e-9;   // cells.csv has two decimals

    /// <summary>Answers of segmentation by file.</summary>
    public IReadOnlyDictionary<string, ConfusionTable> Confusions { get; init; } = new Dictionary<string, ConfusionTable>();

    /// <summary>Every file of answers.</summary>
    public IEnumerable<IItemAnswers> Answers => Predictions.Values.Concat<IItemAnswers>(Confusions.Values);

    /// <summary>The experiment, such as Table1.</summary>
    public string Table => Manifest.Table;

    /// <summary>smoke, mini or paper.</summary>
    public string Tier => Manifest.Tier;

    /// <summary>The runs behind a cell: those of the first initialisation that was run, or the only one the row has. By seed.</summary>
    public IReadOnlyList<RunRow> RunsOf(CellId cell)
    {
        var all = Runs.Where(run => run.Cell == cell).ToArray();
        var first = all.Where(run => run.Init == Manifest.Inits[0]).ToArray();
        return [.. (first.Length > 0 ? first : all).OrderBy(run => run.Seed)];
    }

    /// <summary>Where the run's answers stand: in its column's file, or in another that holds its stage; null if in none.</summary>
    /// <remarks>A column whose cells are of several test sets has a file for each.</remarks>
    public IItemAnswers? AnswersOf(RunRow run) =>
        new IItemAnswers?[] { Predictions.GetValueOrDefault(run.Column), Confusions.GetValueOrDefault(run.Column) }.Concat(Answers).FirstOrDefault(answers => answers?.Has(run.StageKey) == true);

    /// <summary>Reads results/&lt;tier&gt;/&lt;table&gt;/.</summary>
    /// <param name="folder">The table's folder.</param>
    /// <exception cref="ReproException">
    /// A file is missing, cut or of another version; a row names another table or tier; a run stands twice; a cell differs from what its runs give; a run
    /// differs from what its predictions or confusions give, or its stage is not in the manifest. All such faults at once.
    /// </exception>
    public static TableResults Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder)) throw new ReproException($"{folder} does not exist: run the table first (./build.sh --target={Path.GetFileName(folder)}).");

        var manifest = Manifest.Read(Path.Combine(folder, "manifest.json"));
        var cells = CellsCsv.Read(Path.Combine(folder, "cells.csv"));
        var runsFile = Path.Combine(folder, "runs.csv");
        if (!File.Exists(runsFile)) throw new ReproException($"{runsFile} is missing. {CsvText.Advice}");
        var runs = new RunsCsv(runsFile);
        if (runs.Dropped is not null) throw new ReproException($"{runsFile}: the last line has no line end: the file was cut. {CsvText.Advice}");
        var predictions = PredictionTable.FilesIn(folder).ToDictionary(file => file.Key, file => PredictionTable.Read(file.Value), StringComparer.Ordinal);

        var confusions = ConfusionTable.FilesIn(folder).ToDictionary(file => file.Key, file => ConfusionTable.Read(file.Value), StringComparer.Ordinal);

        var results = new TableResults(folder, cells, runs.Rows, manifest, predictions) { Confusions = confusions };
        var faults = results.Faults(File.ReadLines(runsFile).Count() - 1).ToArray();
        return faults.Length == 0 ? results : throw new ReproException(string.Join('\n', faults) + "\n" + CsvText.Advice);
    }

    /// <summary>Every table of a tier that has results, in ordinal order.</summary>
    /// <param name="resultsFolder">The results folder.</param>
    /// <param name="tier">smoke, mini or paper.</param>
    /// <exception cref="ReproException">The tier has no results, or a table's are faulty.</exception>
    public static IReadOnlyList<TableResults> ReadTier(string resultsFolder, string tier)
    {
        var folder = Path.Combine(resultsFolder, tier);
        string[] tables = Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Where(table => File.Exists(Path.Combine(table, "manifest.json"))).Order(StringComparer.Ordinal)] : [];
        return tables.Length > 0 ? [.. tables.Select(Read)] : throw new ReproException($"{folder} holds no results: run a table first (./build.sh --target=Table1 --tier={tier}).");
    }

    private IEnumerable<string> Faults(int runLines)
    {
        var (table, tier) = (Path.GetFileName(Path.TrimEndingDirectorySeparator(Folder)), Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(Folder)))!);
        if (Table != table) yield return $"{Folder}/manifest.json is of {Table}, expected {table}, as the folder is named.";
        if (Tier != tier && !tier.StartsWith(Tier + "-", StringComparison.Ordinal)) yield return $"{Folder}/manifest.json is of tier {Tier}, expected {tier}, as the folder is named.";
        else if (MeasuredSettings.SplitFault(Manifest, Tier == tier ? "test" : tier[(Tier.Length + 1)..]) is { } fault) yield return $"{Folder}/manifest.json: {fault}.";
        if (runLines != Runs.Count) yield return $"{Folder}/runs.csv has {runLines} lines for {Runs.Count} runs: a run stands twice.";
        if (Runs.Count != Manifest.Runs) yield return $"{Folder}/runs.csv has {Runs.Count} runs, manifest.json says {Manifest.Runs}: runs are missing or were added.";

        foreach (var cell in Cells.Where(cell => cell.Table != Table || cell.Tier != Tier))
            yield return $"{Folder}/cells.csv: {cell.Cell} is of {cell.Table}, tier {cell.Tier}; expected {Table}, {Tier}.";
        foreach (var lost in Runs.Select(run => run.Cell).Distinct().Except(Cells.Select(cell => cell.Cell)))
            yield return $"{Folder}/cells.csv: {lost} is missing: runs.csv has runs of it.";
        foreach (var cell in Cells)
            foreach (var fault in CellFaults(cell)) yield return fault;

        foreach (var lost in Runs.Where(run => IsAnswered(run) && AnswersTo(run) is null).GroupBy(AnswerFileOf))
        {
            var first = lost.First();
            if (File.Exists(Path.Combine(Folder, lost.Key.File)))
                foreach (var run in lost) yield return $"{Folder}/{lost.Key.File}: no {lost.Key.What} of {run.Cell}, seed {run.Seed}.";
            else yield return $"{Folder}/{lost.Key.File} is missing: no {lost.Key.What} of {first.Cell}, seed {first.Seed}{(lost.Count() == 1 ? "" : $", nor of {lost.Count() - 1} other runs")}.";
        }

        var stages = Manifest.Stages.Select(stage => stage.Key).ToHashSet();
        foreach (var run in Runs)
        {
            if (!stages.Contains(run.StageKey)) yield return $"{Folder}/runs.csv: {run.Cell}, seed {run.Seed}: stage {run.StageKey} is not in manifest.json: the run belongs to other results.";
            if (!IsAnswered(run) || AnswersTo(run) is not { } answers || answers.Metric != ScoreOf(run)) continue;
            if (MetricOf(run) != ScoreOf(run))
            {
                foreach (var fault in GainFaults(run, answers)) yield return fault;
            }
            else if (Math.Abs(answers.Value(run.StageKey) - run.Value) > 1e-9)
            {
                yield return Text($"{Folder}/runs.csv: {run.Cell}, seed {run.Seed}: value is {run.Value}, its {AnswerFileOf(run).What} give {answers.Value(run.StageKey)}.");
            }
        }
    }

    private IEnumerable<string> GainFaults(RunRow run, IItemAnswers answers)
    {
        var (file, what) = AnswerFileOf(run);
        if (run.Over is not { } over) yield return $"{Folder}/runs.csv: {run.Cell}, seed {run.Seed}: parent_keys do not name the two stages it is the difference of.";
        else if (!answers.Has(over)) yield return $"{Folder}/{file}: no {what} of both sides of {run.Cell}, seed {run.Seed}.";
        else if (Math.Abs(answers.Value(run.StageKey) - answers.Value(over) - run.Value) > 1e-9)
            yield return Text($"{Folder}/runs.csv: {run.Cell}, seed {run.Seed}: value is {run.Value}, the {what} of its two sides give {answers.Value(run.StageKey) - answers.Value(over)}.");
    }

    private string MetricOf(RunRow run) => Cells.FirstOrDefault(cell => cell.Cell == run.Cell)?.Metric ?? "";

    /// <summary>The metric, of a gain that of its two sides.</summary>
    private string ScoreOf(RunRow run) => MetricOf(run) is var metric && metric.EndsWith(Gain, StringComparison.Ordinal) ? metric[..^Gain.Length] : metric;

    // A measured number of another kind, such as a distance, has no items that were answered.
    private bool IsAnswered(RunRow run) => !MetricOf(run).StartsWith(Measured, StringComparison.Ordinal);

    /// <summary>The run's answers; not those of another metric that has answers of its own.</summary>
    private IItemAnswers? AnswersTo(RunRow run) => AnswersOf(run) is { } answers && (answers.Metric == ScoreOf(run) || ScoreOf(run) is not (PredictionTable.MetricName or ConfusionTable.MetricName)) ? answers : null;

    private (string File, string What) AnswerFileOf(RunRow run) =>
        ScoreOf(run) == ConfusionTable.MetricName ? (ConfusionTable.FileOf(run.Column), "confusions") : (PredictionTable.FileOf(run.Column), "predictions");

    private IEnumerable<string> CellFaults(CellRow cell)
    {
        var runs = RunsOf(cell.Cell);
        if (cell.Seeds != runs.Count)
        {
            yield return $"{Folder}/cells.csv: {cell.Cell} says {cell.Seeds} seeds, runs.csv has {runs.Count}.";
            yield break;
        }

        if (runs.Count == 0) yield break;
        var spread = Results.Cells.Fold(runs.Select(run => run.Value));
        var pairs = new[] { ("mean", cell.Mean, (double?)spread.Mean), ("std", cell.Std, spread.Std), ("ci95_low", cell.Ci95Low, spread.Low), ("ci95_high", cell.Ci95High, spread.High) };
        foreach (var (name, written, folded) in pairs)
            if (written.HasValue != folded.HasValue || Math.Abs(written.GetValueOrDefault() - folded.GetValueOrDefault()) > Rounding)
                yield return Text($"{Folder}/cells.csv: {cell.Cell}: {name} is {written}, its runs give {folded:F2}.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
