using System.Globalization;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Results;
using Cmcd.Repro.Results.Gap;
using Cmcd.Repro.Theory.Gap;
using Cmcd.Repro.Theory.TotalVariation;
using Cmcd.Repro.Verdicts.Gap;
using TorchSharp;

namespace Cmcd.Repro.Commands;

/// <summary>The files of a gap experiment: levels.csv and summary.csv of all knobs; cells, runs and answers of the one knob by which claims are judged.</summary>
internal sealed class GapResults
{
    private const string Primary = "TV", Secondary = "TV of another estimator";   // rows of experiments/claims.json
    private const string NoPrinted = "an experiment of ours: the paper prints no number";

    private static readonly (GapMethod Method, string Protocol)[] Rows = [(GapMethod.SSL, "LE"), (GapMethod.CMD, "LE"), (GapMethod.Sup, "FT"), (GapMethod.CMD, "FT")];

    private readonly RunOptions _options;
    private readonly GapExperiment _experiment;
    private readonly IReadOnlyList<long> _seeds;
    private readonly IReadOnlyDictionary<(GapLevel Level, long Seed), Stage> _levels;
    private readonly Dictionary<(GapMethod Method, string Protocol, GapLevel Level, long Seed), Stage> _answers = [];
    private readonly string _folder;

    public GapResults(RunOptions options, GapExperiment experiment, IReadOnlyList<long> seeds, IReadOnlyDictionary<(GapLevel Level, long Seed), Stage> levels)
    {
        (_options, _experiment, _seeds, _levels) = (options, experiment, seeds, levels);
        _folder = Path.Combine(options.Folders.Results, options.Tier, experiment.Id);
        foreach (var (method, protocol) in Rows)
            foreach (var level in experiment.LevelsOf(experiment.CellKnob))
                foreach (var seed in seeds) _answers[(method, protocol, level, seed)] = Answer(method, protocol, level, seed);
    }

    /// <summary>The stages that hold the cells' answers.</summary>
    public IEnumerable<Stage> Answers => _answers.Values;

    /// <summary>The folder, for people.</summary>
    public string Shown => Path.GetRelativePath(Directory.GetCurrentDirectory(), _folder);

    /// <summary>Whether an estimator is one of the few that are printed: E4 between the encoders and of the true content, E1 in one space, the closed form.</summary>
    public static bool Shows(GapExperiment experiment, string quantity)
    {
        var primary = Estimates.NameOf(GibbsForm.Global, experiment.Estimators.Temperatures[0]);
        return quantity is "setting" or "tv.marginal" or "tv.null.e1.logistic" || quantity == $"tv.{primary}" || quantity == $"tv.oracle.{primary}" || quantity == $"tv.null.{primary}";
    }

    /// <summary>Writes everything.</summary>
    /// <param name="outputs">What the stages gave.</param>
    /// <param name="seconds">Wall-clock time of the experiment.</param>
    /// <returns>How many cells were measured, and the correlations.</returns>
    public (int Cells, IReadOnlyList<GapCorrelation> Summary) Write(IReadOnlyCollection<StageOutput> outputs, double seconds)
    {
        var byKey = outputs.ToDictionary(output => output.Stage.Key.Hash);
        RunRow[] runs = [.. RunRows(byKey)];
        EarlierResults.Keep(_options.Folders, _experiment.Id, _folder, runs);
        var levels = Path.Combine(_folder, "levels.csv");
        GapCsv.WriteLevels(levels, [.. LevelRows(byKey)]);
        var summary = GapSummary.Of(_experiment, GapCsv.ReadLevels(levels, [.. _experiment.Outcomes.Select(outcome => $"{outcome.Scale}")]));   // from the file: so it can be derived again
        GapCsv.WriteSummary(Path.Combine(_folder, "summary.csv"), summary);

        var cells = CellsOf(runs);
        WriteRuns(runs, cells);
        WritePredictions(byKey);
        CellsCsv.Write(Path.Combine(_folder, "cells.csv"), cells);
        WriteManifest(outputs, runs.Length, seconds);
        return (cells.Count(cell => cell.Seeds > 0), summary);
    }

    private Stage Answer(GapMethod method, string protocol, GapLevel level, long seed)
    {
        var parent = _levels[(level, seed)];
        return new(
            GapAnswers.Key(method, protocol, parent.Key), $"answers of {method} + {protocol}, {parent.Title}", seed, [parent],
            (context, folders) => GapCommand.Result(GapAnswers.Run(method, protocol, folders[0], context.WorkFolder)))
        {
            Costs = "gap answers",
        };
    }

    private IEnumerable<GapRow> LevelRows(Dictionary<string, StageOutput> outputs)
    {
        foreach (var knob in _experiment.Knobs)
        {
            var points = _experiment.LevelsOf(knob);
            for (var place = 0; place < points.Count; place++)
                foreach (var seed in _seeds)
                {
                    var record = outputs[_levels[(points[place], seed)].Key.Hash].Record;
                    var measures = record.Metrics.Where(metric => IsMeasure(metric.Key)).ToDictionary(metric => metric.Key, metric => (double)metric.Value);
                    foreach (var protocol in GapLevelRun.Protocols)
                        foreach (var method in Enum.GetNames<GapMethod>())
                        {
                            var (top1, reference) = (record.Number($"top1.{protocol}.{method}"), record.Number($"top1.{protocol}.{(protocol == "LE" ? GapMethod.SSL : GapMethod.Sup)}"));
                            yield return new(knob.Id, place + 1, knob.Levels[place], seed, method, protocol, top1,
                                _experiment.Outcomes.ToDictionary(outcome => $"{outcome.Scale}", outcome => GapOutcomes.Of(outcome.Scale, top1, reference, record.Number("bayes"))), measures);
                        }
                }
        }
    }

    // Ends of intervals and ratios follow from what is written.
    private static bool IsMeasure(string metric) => (metric.StartsWith("tv.", StringComparison.Ordinal) || metric is "bayes" or "kl.pairs" or "kl.held" or "selfProbability")
        && !new[] { ".low", ".high", ".atleast", ".ratio" }.Any(ending => metric.EndsWith(ending, StringComparison.Ordinal));

    private IEnumerable<RunRow> RunRows(Dictionary<string, StageOutput> outputs)
    {
        var points = _experiment.LevelsOf(_experiment.CellKnob);
        foreach (var seed in _seeds)
            for (var place = 0; place < points.Count; place++)
            {
                var (level, column) = (outputs[_levels[(points[place], seed)].Key.Hash], $"level {place + 1}");
                yield return Row(Primary, level);
                yield return Row(Secondary, level);
                foreach (var (method, protocol) in Rows) yield return Row($"{method}+{protocol}", outputs[_answers[(method, protocol, points[place], seed)].Key.Hash]);

                RunRow Row(string row, StageOutput output) => new(
                    _experiment.Id, row, column, ProtocolOf(row), seed, output.Record.Number(MetricOf(row)), output.Stage.Key.Hash,
                    string.Join(' ', output.Stage.Parents.Select(parent => parent.Key.Hash)), _options.Device, output.Record.Seconds, nameof(Initialisation.Source));
            }
    }

    private static string ProtocolOf(string row) => row.Contains('+', StringComparison.Ordinal) ? row.Split('+')[^1] : "TV";

    private string MetricOf(string row) => row switch
    {
        Primary => TableResults.Measured + Estimates.NameOf(GibbsForm.Global, _experiment.Estimators.Temperatures[0]),
        Secondary => TableResults.Measured + "null.e1.logistic",   // in the one space both sides share: between two encoders E1 is 1 whatever the gap
        _ => "top1",
    };

    private List<CellRow> CellsOf(RunRow[] runs) => [.. from cell in runs.GroupBy(run => (run.Row, run.Column))
                                                         let spread = Cells.Fold(cell.Select(run => run.Value))
                                                         let metric = MetricOf(cell.Key.Row)
                                                         orderby Array.IndexOf(RowOrder, cell.Key.Row), Place(cell.Key.Column)
                                                         select new CellRow(
                                                             _experiment.Id, cell.Key.Row, cell.Key.Column, ProtocolOf(cell.Key.Row), metric, metric == "top1" ? "percent" : "share", _options.Tier,
                                                             spread.Count, spread.Mean, spread.Std, spread.Low, spread.High, null, null, Verdict.NOT_TESTED, NoPrinted)];

    private static readonly string[] RowOrder = [Primary, Secondary, .. Rows.Select(row => $"{row.Method}+{row.Protocol}")];

    private static int Place(string column) => int.Parse(column.Split(' ')[^1], CultureInfo.InvariantCulture);

    private void WriteRuns(RunRow[] runs, List<CellRow> cells)
    {
        var file = Path.Combine(_folder, ResultFiles.RunsFile);
        File.Delete(file);
        var csv = new RunsCsv(file);
        foreach (var run in runs) csv.Append(run);
        csv.Rewrite([.. cells.Select(cell => cell.Cell)]);
    }

    private void WritePredictions(Dictionary<string, StageOutput> outputs)
    {
        foreach (var earlier in PredictionTable.FilesIn(_folder).Values) File.Delete(earlier);
        var points = _experiment.LevelsOf(_experiment.CellKnob);
        for (var place = 0; place < points.Count; place++)
        {
            var answers = _answers.Where(answer => answer.Key.Level == points[place])
                .ToDictionary(answer => answer.Value.Key.Hash, answer => Step3Evaluation.ReadPredictions(outputs[answer.Value.Key.Hash].Folder));
            new PredictionTable(answers.Values.First().Labels, answers.ToDictionary(answer => answer.Key, answer => (IReadOnlyList<int>)answer.Value.Predicted))
                .Write(Path.Combine(_folder, PredictionTable.FileOf($"level {place + 1}")));
        }
    }

    private void WriteManifest(IReadOnlyCollection<StageOutput> outputs, int runs, double seconds)
    {
        var stages = outputs.Select(output => new ManifestStage(
            output.Stage.Title, output.Stage.Key.Stage, output.Stage.Key.Version, output.Stage.Key.Hash, [.. output.Stage.Parents.Select(parent => parent.Key.Hash)], output.Reason,
            output.Record.Seconds, [], output.Record.Metrics.Where(metric => metric.Key is "top1" or "bayes" or "lastLoss" or "selfProbability" || metric.Key == MetricOf(Primary) || metric.Key == MetricOf(Secondary))
                .ToDictionary(metric => metric.Key, metric => Convert.ToString(metric.Value, CultureInfo.InvariantCulture)!)));
        var packages = new Dictionary<string, string> { ["TorchSharp"] = RunEnvironment.VersionOf(typeof(torch).Assembly), ["libtorch"] = torch.__version__ };
        new Manifest(
            _experiment.Id, _options.Tier, RunEnvironment.Read(_options.Threads, _options.Device, packages),
            new { Precision = nameof(Precision.Fp32), _experiment.World, _experiment.Base, _experiment.Knobs, _experiment.Cells, _experiment.Outcomes, _experiment.Estimators, _experiment.Sizes, _experiment.Training }, [nameof(Initialisation.Source)],
            new Dictionary<string, string>(), [.. stages], runs, seconds).Write(Path.Combine(_folder, "manifest.json"));
    }
}
