using System.Globalization;
using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Tests.Experiments;

public class ExperimentFilesTests
{
    private static readonly ExperimentFiles Committed = new(ExperimentFolder.Committed);

    [Fact]
    public void Committed_tables_and_tiers_are_listed()
    {
        Assert.Contains("Table1", Committed.Tables());
        Assert.Contains("smoke", Committed.Tiers());
        Assert.Contains("mini", Committed.Tiers());
    }

    [Fact]
    public void Every_committed_table_loads_in_every_committed_tier() =>
        Assert.All(Committed.Tables(), id => Assert.All(Committed.Tiers(), tier => Assert.Equal(tier, Committed.Load(id, tier).Tier.Name)));

    [Theory]
    [InlineData("smoke"), InlineData("mini")]
    public void Table1_has_the_papers_fifteen_rows_and_four_columns_in_its_order(string tier)
    {
        var table = Committed.Load("Table1", tier);

        string[] self = ["SSL", "PreSSL", "CMST", "CMKD", "SOCKET", "CMD", "CMC"];
        Assert.Equal([.. self.Select(method => $"{method}+LE"), "Sup+FT", .. self.Select(method => $"{method}+FT")], table.Rows.Select(row => row.Id));
        Assert.Equal(["Sketchy", "TUBerlin", "VGGSound", "NYU-Depth V2"], table.Columns.Select(column => column.Id));
        Assert.True(table.Tier.StandsIn);
    }

    [Fact]
    public void Printed_values_are_the_ones_of_the_csv_in_every_cell()
    {
        var table = Committed.Load("Table1", "mini");
        var lines = File.ReadAllLines(Path.Combine(ExperimentFolder.Committed, "paper/table1.csv")).Select(line => line.Split(',')).ToArray();

        var cells = from line in lines.Skip(1)
                    from column in Enumerable.Range(2, 4)
                    select (Expected: line[column], Actual: table.Printed($"{line[0]}+{line[1]}", lines[0][column])!.Value.ToString("F2", CultureInfo.InvariantCulture));
        Assert.Equal(60, cells.Count());
        Assert.All(cells, cell => Assert.Equal(cell.Expected, cell.Actual));
    }

    [Theory]
    [InlineData("SSL+LE", "Sketchy", 64.31), InlineData("Sup+FT", "TUBerlin", 74.48), InlineData("CMC+FT", "NYU-Depth V2", 27.93)]
    public void Printed_values_are_the_papers(string row, string column, double expected) =>
        Assert.Equal(expected, Committed.Load("Table1", "mini").Printed(row, column));

    [Fact]
    public void Cell_that_does_not_exist_is_refused_by_name() => Assert.Equal(
        "Table1 has no cell in row CMC+XX, column Sketchy.",
        Assert.Throws<ArgumentException>(() => Committed.Load("Table1", "mini").Printed("CMC+XX", "Sketchy")).Message);

    [Fact]
    public void Recipes_rows_and_tier_come_together_in_one_step()
    {
        var table = Committed.Load("Table1", "mini");
        var cmc = Assert.IsType<DistillationStep2>(table.Cell("CMC+LE", "Sketchy").Step2).Settings;

        Assert.Equal(new CmcSettings(0.07, Symmetric: true, MultiPositive: true), cmc.Loss);  // the row's
        Assert.Equal(0.001, cmc.LearningRate);                                               // the recipe's
        Assert.Equal(6, cmc.Epochs);                                                         // the tier's
        Assert.Equal((32, 0.08, 0.0, 0.4), (cmc.Views.Size, cmc.Views.MinArea, cmc.Views.BlurProbability, cmc.Views.Brightness));
        Assert.Equal(new EncoderSettings(Architecture.ResNet18, 16, Stem.SmallStrided, 1, Precision.Bf16, SamePaddedPool: false), table.Cell("CMC+LE", "Sketchy").Student);
    }

    [Fact]
    public void Protocols_have_their_own_length_in_a_tier()
    {
        var table = Committed.Load("Table1", "mini");

        Assert.All(table.Rows, row => Assert.Equal(row.Protocol == Protocol.LE ? 100 : 15, table.Cell(row.Id, "Sketchy").Step3.Epochs));
        Assert.All(table.Rows, row => Assert.Equal([0.6, 0.7, 0.8], table.Cell(row.Id, "Sketchy").Step3.Milestones));
    }

    [Fact]
    public void Tier_without_overrides_leaves_the_papers_own_settings()
    {
        using var folder = new ExperimentFolder();
        var text = folder.Read("tiers/mini.json");
        folder.Write("tiers/mini.json", text[..text.IndexOf(",\n  \"teacher\"", StringComparison.Ordinal)] + "\n}\n");

        var table = folder.Files.Load("Table1", "mini");
        var (cell, step1) = (table.Cell("CMC+LE", "Sketchy"), table.Cell("CMC+LE", "Sketchy").Step1);
        Assert.Equal(new EncoderSettings(Architecture.ResNet50, 64, Stem.ImageNet, 3, Precision.Fp32, SamePaddedPool: true), cell.Teacher);
        Assert.Equal((0.5, 100, 64, 0.001, 224), (step1.Temperature, step1.Epochs, step1.BatchSize, step1.LearningRate, step1.Views.Size));
        Assert.All(table.Rows, row => Assert.Equal((100, 64, 0.001, 0.1), Lengths(table.Cell(row.Id, "TUBerlin").Step3)));
        Assert.All(table.Rows, row => Assert.Equal((100, 16, 0.01, 0.1), Lengths(table.Cell(row.Id, "VGGSound").Step3)));

        static (int, int, double, double) Lengths(EvaluationSettings step) => (step.Epochs, step.BatchSize, step.LearningRate, step.DecayFactor);
    }

    [Fact]
    public void Asked_precision_takes_the_place_of_the_files()
    {
        var cell = Committed.Load("Table1", "mini", Precision.Bf16).Cell("CMC+LE", "Sketchy");

        Assert.Equal((Precision.Bf16, Precision.Bf16, 16), (cell.Teacher.Precision, cell.Student.Precision, cell.Student.Width));
    }

    [Theory]
    [InlineData("Tabel1", "experiments/Tabel1.json does not exist. Known tables: Table1. Did you mean Table1?")]
    [InlineData("../Table1", "experiments/../Table1.json does not exist. Known tables: Table1.")]
    [InlineData("Sketches", "experiments/Sketches.json does not exist. Known tables: Table1.")]
    public void Unknown_table_lists_what_exists(string id, string expected)
    {
        using var folder = new ExperimentFolder();
        foreach (var other in folder.Files.Tables().Where(table => table != "Table1")) folder.Remove($"{other}.json");

        Assert.Equal(expected, Assert.Throws<ExperimentException>(() => folder.Files.Load(id, "mini")).Message);
    }

    [Fact]
    public void Unknown_table_and_tier_are_told_together()
    {
        using var folder = new ExperimentFolder();
        foreach (var other in folder.Files.Tiers().Where(tier => tier is not ("mini" or "smoke"))) folder.Remove($"tiers/{other}.json");

        Assert.Equal("experiments/tiers/minni.json does not exist. Known tiers: mini, smoke. Did you mean mini?",
            Assert.Throws<ExperimentException>(() => folder.Files.Load("Nothing", "minni")).Faults[1]);
    }

    [Fact]
    public void Folder_that_does_not_exist_has_nothing_to_load() => Assert.Equal(
        "nowhere/Table1.json does not exist. Known tables: none.\nnowhere/tiers/mini.json does not exist. Known tiers: none.",
        Assert.Throws<ExperimentException>(() => new ExperimentFiles("nowhere").Load("Table1", "mini")).Message);

    [Fact]
    public void Culture_with_decimal_commas_changes_nothing()
    {
        var expected = Describe();
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CommaDecimals();
        try
        {
            Assert.Equal("0,5", 0.5.ToString(CultureInfo.CurrentCulture));  // the test would prove nothing otherwise
            Assert.Equal(expected, Describe());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        static string Describe()
        {
            using var folder = new ExperimentFolder();
            folder.Edit("recipes/simclr.json", "\"temperature\": 0.5", "\"temperature\": -0.5").Edit("recipes/simclr.json", "\"hue\": 0.2", "\"hue\": 0.75");
            var table = Committed.Load("Table1", "mini");
            return $"{SettingsJson.Write(table.Cell("CMC+LE", "Sketchy"))}{string.Join('\n', folder.Edit("recipes/distill.json", "\"minArea\": 0.08", "\"minArea\": 1.5").Faults())}"
                + table.Printed("SSL+LE", "Sketchy")!.Value.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static CultureInfo CommaDecimals()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();  // the program is built without other cultures
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        return culture;
    }
}
