using System.Globalization;
using Cmcd.Repro.Caching;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;
using TorchSharp;

namespace Cmcd.Repro.Commands;

/// <summary>The files of one table in one tier: rows as they come, then runs.csv, cells.csv and manifest.json in one go.</summary>
internal sealed class ResultFiles
{
    internal const string RunsFile = "runs.csv";

    private readonly RunOptions _options;
    private readonly IReadOnlyList<Initialisation> _inits;
    private readonly TableExperiment _experiment;
    private readonly string _folder;
    private readonly string _partial;
    private readonly RunsCsv _rows;
    private readonly long _started = TimeProvider.System.GetTimestamp();

    public ResultFiles(RunOptions options, TableExperiment experiment, IReadOnlyList<Initialisation> inits)
    {
        (_options, _experiment, _inits) = (options, experiment, inits);
        // Numbers of the validation split choose a design; they never stand where results do.
        var tier = options.Split == "test" ? experiment.Tier.Name : $"{experiment.Tier.Name}-{options.Split}";
        _folder = Path.Combine(options.Folders.Results, tier, experiment.Id);
        _partial = Path.Combine(_folder, "runs.partial.csv");
        try
        {
            Directory.CreateDirectory(_folder);
            File.Delete(_partial);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ReproException($"The results folder {_folder} cannot be written: {cause.Message} Choose another with --results=DIR.", cause);
        }

        _rows = new(_partial);
    }

    /// <summary>The table's folder.</summary>
    public string Folder => _folder;

    /// <summary>The folder, for people.</summary>
    public string Shown => Path.GetRelativePath(Directory.GetCurrentDirectory(), _folder);

    /// <summary>Cells of the first init asked for.</summary>
    public IReadOnlyList<CellRow> Cells { get; private set; } = [];

    /// <summary>A finished run, on disk at once: a crash costs one run.</summary>
    public void Append(RunRow row) => _rows.Append(row);

    /// <summary>Writes the final files; earlier ones that hold more seeds or inits than this run are put aside, not overwritten.</summary>
    public void Finish(
        IReadOnlyList<PlannedRun> runs, IReadOnlyDictionary<PlannedRun, string> failures, IReadOnlyCollection<StageOutput> outputs, IReadOnlyDictionary<string, string> datasets,
        IReadOnlyList<SourceTerms> terms)
    {
        EarlierResults.Keep(_options.Folders, _experiment.Id, _folder, _rows.Rows, except: _partial);
        _rows.Rewrite([.. AllCells().Select(cell => new CellId(_experiment.Id, cell.Row.Id, cell.Column.Id, cell.Row.Protocol.ToString()))]);
        var (predictions, confusions) = AnswerFiles.Write(_folder, _rows.Rows, outputs);
        var folders = outputs.ToDictionary(output => output.Stage.Key.Hash, output => output.Folder);
        var loads = new Dictionary<(string Parent, string Networks), string>();
        var stages = outputs.Select(output => new ManifestStage(
            output.Stage.Title, output.Stage.Key.Stage, output.Stage.Key.Version, output.Stage.Key.Hash, [.. output.Stage.Parents.Select(parent => parent.Key.Hash)],
            output.Reason, output.Record.Seconds, EpochLosses(output.Record),
            output.Record.Metrics.Where(metric => metric.Value is not string || metric.Key.StartsWith("sentinel.", StringComparison.Ordinal))
                .Select(metric => (metric.Key, Text: Convert.ToString(metric.Value, CultureInfo.InvariantCulture)!)).Concat(LoadFact(output.Stage, folders, loads))
                .ToDictionary(fact => fact.Key, fact => fact.Text)));
        var packages = new Dictionary<string, string> { ["TorchSharp"] = RunEnvironment.VersionOf(typeof(torch).Assembly), ["libtorch"] = torch.__version__ };
        var manifest = new Manifest(
            _experiment.Id, _experiment.Tier.Name, RunEnvironment.Read(_options.Threads, _options.Device, packages),
            CellLayout.Of(AllCells().Select(cell => (cell.Row.Id, cell.Column.Id, Written(cell.Cell))), _experiment.Tier.Roles, _options.Split),
            [.. _inits.Select(init => init.ToString())], datasets, [.. stages], _rows.Rows.Count, TimeProvider.System.GetElapsedTime(_started).TotalSeconds)
        {
            Sources = terms.Count == 0 ? null : [.. terms.Select(source => new ManifestSource(source.Name, source.Title, source.Licence, source.Citation, source.Files))],
        };
        manifest.Write(Path.Combine(_folder, "manifest.json"));
        foreach (var init in _inits.Reverse())
        {
            var cells = CellsOf(runs, failures, init);
            var mine = manifest with { Inits = [init.ToString()] };
            Cells = [.. cells.Zip(CellVerdicts.Judge(new(_folder, cells, _rows.Rows, mine, predictions) { Confusions = confusions }, _experiment.Tier.Parity, cell => _experiment.Cell(cell.Row, cell.Column).Downstream, _experiment.Unprinted), Judged)];
            CellsCsv.Write(Path.Combine(_folder, init == _inits[0] ? "cells.csv" : "cells.init-random.csv"), Cells);
        }

        File.Move(_partial, Path.Combine(_folder, RunsFile), overwrite: true);
    }

    // Checked on the stored bytes, by the code that the stages load with: a stage that was cached before this was recorded shows it too.
    private static IEnumerable<(string Key, string Text)> LoadFact(Stage stage, Dictionary<string, string> folders, Dictionary<(string Parent, string Networks), string> known)
    {
        if (stage.Loads.Count == 0) yield break;
        var load = (stage.Parents[0].Key.Hash, string.Join(' ', stage.Loads));
        if (!known.TryGetValue(load, out var fact)) known[load] = fact = Networks.RequireStrictLoad(stage.Loads, folders[load.Hash], torch.CPU);
        yield return ("sentinel.strict-load", fact);
    }

    private static double[] EpochLosses(StageRecord record) => record.Metrics.GetValueOrDefault("epochLosses") is string losses
        ? [.. losses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(loss => double.Parse(loss, CultureInfo.InvariantCulture))]
        : [];

    private static CellRow Judged(CellRow cell, CellVerdict verdict) => cell with
    {
        Verdict = verdict.Verdict,
        Reason = verdict.Reason,
        Delta = verdict.Margin is null ? null : cell.Mean - cell.PaperValue,   // only where the two may be compared
    };

    private List<CellRow> CellsOf(IReadOnlyList<PlannedRun> runs, IReadOnlyDictionary<PlannedRun, string> failures, Initialisation init)
    {
        var cells = new List<CellRow>();
        foreach (var (row, column, cell) in AllCells())
        {
            // A method that is defined by its init has that one in every file.
            var all = runs.Where(run => run.Row.Id == row.Id && run.Column.Id == column.Id).ToList();
            var mine = all.Any(run => run.Init == init) ? all.Where(run => run.Init == init).ToList() : all;
            var unavailable = mine.Select(run => run.UnavailableReason).FirstOrDefault(reason => reason is not null);
            var failed = mine.Where(failures.ContainsKey).Select(run => failures[run]).FirstOrDefault();
            var values = mine.SelectMany(run => _rows.Rows.Where(value => value.Row == row.Id && value.Column == column.Id && value.Seed == run.Seed && value.Init == run.Init.ToString()))
                .Select(value => value.Value).ToArray();
            var summary = values.Length == 0 ? null : Results.Cells.Fold(values);
            var (verdict, reason) = unavailable is not null ? (Verdict.UNAVAILABLE, unavailable)
                : failed is not null ? (Verdict.NOT_TESTED, failed)
                : all.Count == 0 ? (Verdict.NOT_TESTED, "its column was not asked for (--columns)")
                : (Verdict.NOT_TESTED, CellVerdicts.Unjudged);
            cells.Add(new(
                _experiment.Id, row.Id, column.Id, row.Protocol.ToString(), cell.Metric, cell.Unit, _experiment.Tier.Name, values.Length,
                summary?.Mean, summary?.Std, summary?.Low, summary?.High, _experiment.Printed(row.Id, column.Id), null, verdict, reason));
        }

        return cells;
    }

    private IEnumerable<(RowSettings Row, ColumnSettings Column, CellSettings Cell)> AllCells() =>
        _experiment.Rows.SelectMany(row => _experiment.Columns.Select(column => (row, column, _experiment.Cell(row.Id, column.Id))));

    // What roles stand for is said once, with the tier's data.
    private static object Written(CellSettings cell) =>
        new
        {
            cell.Method,
            cell.PairShare,
            cell.Budget,
            cell.FewShot,
            cell.Predictor,
            cell.SourceSize,
            cell.Teacher,
            cell.Student,
            cell.Step1,
            cell.Step2,
            cell.Step3,
            Over = cell.Over is null ? null : Written(cell.Over),
            cell.Distance,
        };
}
