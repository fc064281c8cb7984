using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Reports;

/// <summary>Results, experiments and verdicts → the facts that page and JSON show.</summary>
internal static class Facts
{
    /// <summary>Rises when a member of report.json changes its meaning or goes; a new member does not raise it.</summary>
    public const string Schema = "cmcd-repro-report/1";

    /// <summary>Evaluations come last, in whichever order stages were first used.</summary>
    public const string Last = "evaluate";

    /// <exception cref="ReproException">Results have another set of cells than their experiment file: they belong to another version of it.</exception>
    public static ReportFacts Of(ReportInput input)
    {
        var tables = input.Tables.Select(table => TableOf(table.Results, table.Experiment)).ToArray();
        var tier = input.Tables[0].Experiment.Tier;
        var cells = tables.SelectMany(table => table.Cells).ToArray();
        return new(
            Schema, tier.Name, tier.About, tier.StandsIn, NoticeOf(tier, tables),
            [.. Enum.GetValues<Verdict>().Select(verdict =>
                new VerdictCount(verdict, cells.Count(cell => cell.Values.Verdict == verdict), input.Claims.Count(claim => claim.Verdict == verdict)))],
            tables, input.Claims, [.. input.Audit.Findings.Select(AuditOf)], [.. PlotsOf(input, tables)], input.Deviations, input.Data);
    }

    private static IEnumerable<PlotFacts> PlotsOf(ReportInput input, TableFacts[] tables) =>
        input.Tables.Zip(tables).SelectMany(table => new[] { Figure1Plot.Of(table.First.Experiment, table.Second), GainPlot.Of(table.First.Experiment, table.Second) }).OfType<PlotFacts>()
            .Concat(input.Gaps.Select(gap => GapPlot.Of(gap.Experiment, gap.Levels))).DistinctBy(plot => plot.Name);

    private static AuditFacts AuditOf(AuditFinding finding)
    {
        var deciding = finding.Deciding.ToArray();
        return new(finding.Claim.Id, finding.Verdict, [.. deciding.Select(part =>
            new AuditPart(deciding.Length > 1 && part.Part.Name is { } name ? $"{finding.Claim.Id}/{name}" : finding.Claim.Id, part.Verdict, part.Reason))]);
    }

    private static string NoticeOf(TierSettings tier, IEnumerable<TableFacts> tables) =>
        (tier.StandsIn
            ? $"These are {tier.Name} numbers: measured on data that stand in for the paper's. They are not the paper's numbers and are not tested against them; "
                + $"printed values are shown for orientation, and a claim's verdict holds for the {tier.Name} tier only."
            : "Measured on the paper's data: each cell is tested against the printed value.")
        + string.Concat(tables.Where(table => table.Split != "test").Select(table => $" {table.Id} was scored on the {table.Split} split, which chooses a design and is no result."));

    private static TableFacts TableOf(TableResults results, TableExperiment experiment)
    {
        var expected = experiment.Rows.SelectMany(row => experiment.Columns.Select(column => new CellId(experiment.Id, row.Id, column.Id, row.Protocol.ToString()))).ToArray();
        var found = results.Cells.ToDictionary(cell => cell.Cell);
        var differing = expected.Except(found.Keys).Concat(found.Keys.Except(expected)).ToArray();
        if (differing.Length > 0)
        {
            throw new ReproException($"{results.Folder}/cells.csv and experiments/{experiment.Id}.json differ in {differing.Length} cells, such as {differing[0]}: "
                + $"the results are of another version. Run the table again (./build.sh --target={experiment.Id} --tier={results.Tier}).");
        }

        var manifest = results.Manifest;
        var settings = (JObject)manifest.Settings;
        var rows = (settings["rows"] as JArray ?? []).OfType<JObject>().ToLookup(row => (string?)row["id"]);
        var stages = manifest.Stages.ToDictionary(stage => stage.Key);
        var cells = expected.Select(cell => CellOf(results, found[cell], stages, OwnOf(settings, cell))).ToArray();
        return new(
            experiment.Id, experiment.About, experiment.Paper, CommandOf(results, experiment, cells), SplitOf(settings), manifest.Inits,
            [.. experiment.Columns.Select(column => ColumnOf(experiment, column))],
            [.. experiment.Rows.Select(row => new RowFacts(row.Id, row.Label, row.Method, row.Protocol.ToString(), Without(rows[row.Id].FirstOrDefault() ?? [], "id", "label", "method", "protocol")))],
            cells, [.. DifferencesOf(results, experiment)], manifest.Stages,
            [.. manifest.Stages.GroupBy(stage => stage.Kind).OrderBy(kind => kind.Key == Last).Select(kind =>
                new StageTime(kind.Key, kind.Count(), kind.Count(stage => stage.Reason == "cached"), kind.Sum(stage => stage.Seconds)))],
            manifest.Seconds, manifest.Environment, manifest.Datasets, Pick(settings, "teacher", "student", "step1", "roles"));
    }

    /// <summary>What the cells of a column share; rows may have data of their own.</summary>
    private static ColumnFacts ColumnOf(TableExperiment experiment, ColumnSettings column)
    {
        var cells = experiment.Rows.Select(row => experiment.Cell(row.Id, column.Id)).ToArray();
        var measured = cells.Select(cell => (experiment.Tier.Roles[cell.Downstream] as DatasetSettings)?.Name).OfType<string>().Distinct().ToArray();
        return new(column.Id, column.Label, All(cell => cell.Modalities), All(cell => cell.Metric), All(cell => cell.Unit), measured.Length == 0 ? null : string.Join(", ", measured));

        string All(Func<CellSettings, string> field) => string.Join(", ", cells.Select(field).Distinct());
    }

    private static JObject? OwnOf(JObject settings, CellId cell) => CellLayout.OfCell(settings, cell.Row, cell.Column) is { } own ? Without(own, "id") : null;

    private static JObject Without(JObject settings, params string[] names) => new(settings.Properties().Where(property => !names.Contains(property.Name)));

    private static string SplitOf(JObject settings) => (string?)settings["split"] ?? "test";

    private static JObject Pick(JObject settings, params string[] names) => new(names.Where(settings.ContainsKey).Select(name => new JProperty(name, settings[name])));

    private static CellFacts CellOf(TableResults results, CellRow cell, Dictionary<string, ManifestStage> stages, JObject? own)
    {
        RunFacts[] runs = [.. results.RunsOf(cell.Cell).Select(run => RunOf(run, stages))];
        var folder = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(results.Folder)))!;   // mini, or mini-validation
        return new(cell, runs, runs.Length == 0 ? null : CellEvidence.RedoOf(cell.Cell, folder, runs.Length), own);
    }

    private static RunFacts RunOf(RunRow run, Dictionary<string, ManifestStage> stages) =>
        new(run.Seed, run.Value, run.Init, run.Device, run.Seconds, [.. run.Stages.SelectMany(key => Chain(key, stages)).Distinct()]);

    private static IEnumerable<string> Chain(string key, Dictionary<string, ManifestStage> stages) =>
        stages.TryGetValue(key, out var stage) ? stage.Parents.SelectMany(parent => Chain(parent, stages)).Append(key) : [key];

    /// <summary>The whole table's command; what is still in the cache is taken from there.</summary>
    private static string CommandOf(TableResults results, TableExperiment experiment, IEnumerable<CellFacts> cells)
    {
        var (manifest, settings) = (results.Manifest, (JObject)results.Manifest.Settings);
        var words = new List<string>
        {
            $"./build.sh --target={results.Table} --tier={results.Tier} --seeds={Math.Max(1, cells.Max(cell => cell.Runs.Count))} --threads={manifest.Environment.Threads}",
        };
        if (manifest.Environment.Device != "cpu") words.Add($"--device={manifest.Environment.Device}");
        if (!manifest.Inits.SequenceEqual(experiment.Inits.Select(init => init.ToString()))) words.Add($"--init={(manifest.Inits.Count > 1 ? "both" : manifest.Inits[0].ToLowerInvariant())}");
        if (SplitOf(settings) is var split && split != "test") words.Add($"--split={split}");
        if ((string?)settings.SelectToken("student.precision") is { } precision && precision != experiment.Cell(experiment.Rows[0].Id, experiment.Columns[0].Id).Student.Precision.ToString()) words.Add($"--precision={precision.ToLowerInvariant()}");
        return string.Join(' ', words);
    }

    private static IEnumerable<DifferenceFacts> DifferencesOf(TableResults results, TableExperiment experiment) =>
        from contrast in experiment.Contrasts
        let ours = contrast.Ours
        let other = contrast.Other
        from column in experiment.Columns
        let difference = PairedDifference.Of(BySeed(results, ours, column), BySeed(results, other, column)).Difference
        where difference is not null
        select new DifferenceFacts(ours.Id, other.Id, column.Id, ours.Protocol.ToString(), difference.Count, difference.Mean, difference.Low, difference.High);

    private static Dictionary<long, double> BySeed(TableResults results, RowSettings row, ColumnSettings column) =>
        results.RunsOf(new(results.Table, row.Id, column.Id, row.Protocol.ToString())).ToDictionary(run => run.Seed, run => run.Value);
}
