using Cmcd.Repro.Experiments;
using Newtonsoft.Json;

namespace Cmcd.Repro.Tests.Experiments;

/// <summary>Table 2: made from Table 1's cells.</summary>
public class DerivedTablesTests
{
    [Theory]
    [InlineData("LE gain", "CMD+LE", "SSL+LE")]
    [InlineData("FT gain", "CMD+FT", "Sup+FT")]
    public void A_gain_is_a_cell_of_table_1_less_another_at_every_seed(string row, string of, string over)
    {
        var (table, source) = (Committed("Table2"), Committed("Table1"));
        foreach (var column in source.Columns)
        {
            var cell = table.Cell(row, column.Id);
            Assert.Equal(Text(source.Cell(of, column.Id)), Text(cell with { Metric = source.Cell(of, column.Id).Metric, Unit = "percent", Over = null }));
            Assert.Equal(Text(source.Cell(over, column.Id)), Text(cell.Over!));
            Assert.Equal(($"{cell.Over!.Metric} gain", "points", cell.Over.Metric), (cell.Metric, cell.Unit, cell.Recorded));
        }

        var run = table.Runs([3], [Initialisation.Source]).Single(run => run.Row.Id == row && run.Column.Id == "Sketchy");
        Assert.Equal((3, 3, Initialisation.Source), (run.Seed, run.Over!.Seed, run.Init));
        Assert.Equal(over == "SSL+LE" ? Initialisation.Random : Initialisation.Source, run.Over.Init);
        Assert.Empty(table.Contrasts);
    }

    [Fact]
    public void The_distance_is_between_table_1s_teacher_and_ssl_and_tu_berlin_has_no_pairs()
    {
        var (table, source) = (Committed("Table2"), Committed("Table1"));
        foreach (var column in source.Columns)
        {
            var cell = table.Cell("TV distance", column.Id);
            Assert.Equal(Text(source.Cell("SSL+LE", column.Id).Step2), Text(cell.Step2));
            Assert.Equal(("tv.e4.global.tau0.07", "1", "e4.global.tau0.07"), (cell.Metric, cell.Unit, cell.Recorded));
            Assert.Equal((column.Id == "TUBerlin", cell.Step3.Views.Size), (cell.Distance!.IsUnpaired, cell.Distance.Measure.Size));
        }
    }

    [Theory]
    [InlineData("\"from\": \"Table1\"", "\"from\": \"Table2\"", "experiments/Table2.json: from is \"Table2\". Known tables: Figure1, ReferenceLevels, Table1, Table3, Table4, Table5.")]
    [InlineData("\"over\": \"SSL+LE\"", "\"over\": \"SSL+FE\"", "experiments/Table2.json: rows[1].over is \"SSL+FE\". Known rows: SSL+LE, PreSSL+LE,")]
    [InlineData("\"encoder\": \"SSL+LE\"", "\"encoder\": \"Sup+FT\"", "experiments/Table2.json: rows[0].encoder is \"Sup+FT\". Expected a row with a step 2: its student is the encoder.")]
    [InlineData("[\"TUBerlin\"]", "[\"TU-Berlin\"]", "experiments/Table2.json: rows[0].unpaired[0] is \"TU-Berlin\". Known columns: Sketchy, TUBerlin, VGGSound, NYU-Depth V2.")]
    [InlineData("[\"TUBerlin\"]", "[\"NYU-Depth V2\"]", "experiments/Table2.json: rows[0].unpaired is")]
    [InlineData("\"kind\": \"gain\"", "\"kind\": \"loss\"", "experiments/Table2.json: rows[1].kind is \"loss\". Known kinds: distance, gain.")]
    [InlineData("\"id\": \"FT gain\"", "\"id\": \"LE gain\"", "experiments/Table2.json: rows[2].id is \"LE gain\". rows[1].id is the same. Expected ids that differ.")]
    public void A_fault_is_told_with_its_place(string found, string replacement, string expected)
    {
        using var folder = new ExperimentFolder();
        folder.Edit("Table2.json", found, replacement);

        Assert.Contains(Assert.Throws<ExperimentException>(() => folder.Files.Load("Table2", "mini")).Faults, fault => fault.StartsWith(expected, StringComparison.Ordinal));
    }

    private static string Text(object settings) => JsonConvert.SerializeObject(settings);

    private static TableExperiment Committed(string id) => new ExperimentFiles(ExperimentFolder.Committed).Load(id, "mini");
}
