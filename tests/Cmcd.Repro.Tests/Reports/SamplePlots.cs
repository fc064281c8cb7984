using Cmcd.Repro.Experiments;
using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Reports;
using Cmcd.Repro.Results;
using Cmcd.Repro.Results.Gap;
using Cmcd.Repro.Tests.Experiments;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Tests.Reports;

/// <summary>Made results that feed the figures over whole tables: numbers by hand, so that a test knows each of them.</summary>
internal static class SamplePlots
{
    /// <summary>A committed experiment with these values of each cell by seed; none: not measured.</summary>
    public static (TableResults Results, TableExperiment Experiment) Table(string id, Func<TableExperiment, RowSettings, ColumnSettings, double[]> values)
    {
        var experiment = new ExperimentFiles(ExperimentFolder.Committed).Load(id, "mini");
        var (cells, runs, stages) = (new List<CellRow>(), new List<RunRow>(), new List<ManifestStage>());
        foreach (var row in experiment.Rows)
            foreach (var column in experiment.Columns)
            {
                var (cell, made) = (experiment.Cell(row.Id, column.Id), values(experiment, row, column));
                var spread = made.Length == 0 ? null : Cells.Fold(made);
                cells.Add(new(
                    id, row.Id, column.Id, row.Protocol.ToString(), cell.Metric, cell.Unit, "mini", made.Length, spread?.Mean, spread?.Std, spread?.Low, spread?.High,
                    experiment.Printed(row.Id, column.Id), null, Verdict.NOT_TESTED, "made"));
                for (var seed = 0; seed < made.Length; seed++)
                {
                    var key = FormattableString.Invariant($"{row.Id} {column.Id} {seed}");
                    stages.Add(new(key, "evaluate", 1, key, [], "new", 1, [], new Dictionary<string, string>()));
                    runs.Add(new(id, row.Id, column.Id, row.Protocol.ToString(), seed, made[seed], key, "", "cpu", 1, "Source"));
                }
            }

        var manifest = new Manifest(
            id, "mini", RunEnvironment.Read(1, "cpu", new Dictionary<string, string>()), new JObject { ["split"] = "test" }, ["Source"], new Dictionary<string, string>(), stages, runs.Count, 1);
        return (new(Path.Combine("results", "mini", id), cells, runs, manifest, new Dictionary<string, PredictionTable>()), experiment);
    }

    /// <summary>Figure 1: the first column of a set of labelled data at 40, each share adds one, each row three, each seed half a point.</summary>
    public static double[] Curve(TableExperiment experiment, RowSettings row, ColumnSettings column, int seeds)
    {
        var (r, c) = (experiment.Rows.ToList().FindIndex(one => one.Id == row.Id), experiment.Columns.ToList().FindIndex(one => one.Id == column.Id));
        return [.. Enumerable.Range(0, seeds).Select(seed => 40 + (c % 7) - (20.0 * (c / 7)) + (3 * (r % 4)) + (r / 4) + (0.5 * seed))];
    }

    /// <summary>All of Figure 1.</summary>
    public static (TableResults Results, TableExperiment Experiment) Curves(int seeds) => Table("Figure1", (experiment, row, column) => Curve(experiment, row, column, seeds));

    /// <summary>Table 2 without its third column: distances 0.4, 0.45, 0.5; gains 2, 4, 8 and 3, 6, 12; each seed adds a hundredth.</summary>
    public static (TableResults Results, TableExperiment Experiment) Gains(int seeds) => Table("Table2", (experiment, row, column) =>
    {
        var c = experiment.Columns.ToList().FindIndex(one => one.Id == column.Id);
        var first = row.Id switch { "TV distance" => 0.4 + (0.05 * (c - (c / 3))), "LE gain" => 2 << (c - (c / 3)), _ => 3 << (c - (c / 3)) };
        return c == 2 ? [] : [.. Enumerable.Range(0, seeds).Select(seed => first + (0.01 * seed))];
    });

    /// <summary>The committed gap experiment with every level: outcome and distance rise with the level, by method and seed.</summary>
    public static (GapExperiment Experiment, IReadOnlyList<GapRow> Levels) Gap(int seeds)
    {
        var experiment = GapFiles.Load(ExperimentFolder.Committed, "GapSweep", "mini");
        string[] methods = ["SSL", "CMD", "CMC", "Sup"];
        return (experiment, [.. from knob in experiment.Knobs
                                from level in Enumerable.Range(1, knob.Levels.Count)
                                from seed in Enumerable.Range(0, seeds)
                                from protocol in (string[])["LE", "FT"]
                                from method in methods.Index()
                                let outcome = (10.0 * method.Index) + level + (0.25 * seed)
                                select new GapRow(
                                    knob.Id, level, knob.Levels[level - 1], seed, method.Item, protocol, 50,
                                    experiment.Outcomes.Index().ToDictionary(one => $"{one.Item.Scale}", one => outcome + (100 * one.Index)),
                                    new Dictionary<string, double> { ["tv.oracle.e4.global.tau0.07"] = (0.1 * level) + (0.01 * seed) })]);
    }

    /// <summary>A report of these tables and gap experiments.</summary>
    public static ReportInput Input(IReadOnlyList<(TableResults Results, TableExperiment Experiment)> tables, params IReadOnlyList<(GapExperiment Experiment, IReadOnlyList<GapRow> Levels)> gaps) =>
        SampleReport.Input() with { Tables = tables, Gaps = gaps, Claims = [] };
}
