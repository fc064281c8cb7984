using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Tests.Experiments;

public class PaperNumbersTests
{
    [Theory]
    [InlineData("Table1/CMC+LE/Sketchy", 73.24)]
    [InlineData("Table1/Sup+FT/NYU-Depth V2", 23.73)]
    [InlineData("Table2/TV distance/VGGSound", 0.10)]
    [InlineData("Table2/FT gain/NYU-Depth V2", 3.47)]
    [InlineData("Table3/ResNet18/ResNet50(4x)", 67.34)]
    [InlineData("Table4/Ours+FT/n=10", 59.90)]
    [InlineData("Table5/TUBerlin+LE/lambda=0.75", 67.62)]
    public void An_address_gives_the_printed_number(string address, double printed) =>
        Assert.Equal(printed, PaperNumbers.Read(ExperimentFolder.Committed)[CellAddress.Parse(address)]);

    [Fact]
    public void The_five_tables_print_118_numbers() => Assert.Equal(
        [60, 12, 6, 20, 20], PaperNumbers.Read(ExperimentFolder.Committed).Cells.GroupBy(cell => cell.Table).Select(table => table.Count()));

    [Theory]
    [InlineData("Table1", 60), InlineData("Table2", 12), InlineData("Table3", 6), InlineData("Table4", 20), InlineData("Table5", 20)]
    public void Every_printed_cell_has_a_row_and_a_column_and_no_other_has(string id, int cells)
    {
        var numbers = PaperNumbers.Read(ExperimentFolder.Committed);
        var table = new ExperimentFiles(ExperimentFolder.Committed).Load(id, "mini");
        var own = table.Rows.SelectMany(row => table.Columns.Select(column => (Cell: new CellAddress(id, row.Id, column.Id), Printed: table.Printed(row.Id, column.Id)))).ToArray();

        Assert.Equal(cells, own.Length);
        Assert.Equal(numbers.Cells.Where(cell => cell.Table == id).OrderBy(cell => cell.ToString()), own.Select(cell => cell.Cell).OrderBy(cell => cell.ToString()));
        Assert.All(own, cell => Assert.Equal(numbers[cell.Cell], cell.Printed));
    }

    [Fact]
    public void Figure_1_has_every_point_of_its_curves_in_both_arms_and_those_that_claims_speak_of()
    {
        var figure = new ExperimentFiles(ExperimentFolder.Committed).Load("Figure1", "mini");
        int[] shares = [5, 10, 20, 40, 60, 80, 100];
        string[] columns = [.. new[] { "Sketchy", "TUBerlin" }.SelectMany(data => shares.Select(share => $"{data} {share}%"))];
        string[] rows = [.. new[] { "", "@updates" }.SelectMany(arm => new[] { "CMC", "CMD", "CMKD", "PreSSL" }.Select(method => $"{method}{arm}+LE"))];

        Assert.Equal(columns, figure.Columns.Select(column => column.Id));
        Assert.Equal(rows, figure.Rows.Select(row => row.Id));
        Assert.All(rows, row => Assert.Equal(shares.Concat(shares), columns.Select(column => (int)Math.Round(100 * figure.Cell(row, column).PairShare!.Value))));
        var claimed = ClaimsFile.Read(ExperimentFolder.Committed).Unprinted["Figure1"];
        Assert.Empty(claimed.Rows.Except(rows).Concat(claimed.Columns.Except(columns)));
        Assert.All(rows, row => Assert.Null(figure.Printed(row, columns[0])));
    }

    [Theory]
    [InlineData("0.04,0.04,0.10,0.06", "0.04,0.04,0.10", "experiments/paper/table2.csv: line 2 has 4 fields. Expected 5.")]
    [InlineData("0.10", "0,10", "experiments/paper/table2.csv: line 2 has 6 fields. Expected 5.")]
    [InlineData("0.10", "", "experiments/paper/table2.csv: line 2, column VGGSound is \"\". Expected a number in [0, 100].")]
    [InlineData("0.10", "NaN", "experiments/paper/table2.csv: line 2, column VGGSound is \"NaN\". Expected a number in [0, 100].")]
    [InlineData("0.10", "-0.10", "experiments/paper/table2.csv: line 2, column VGGSound is \"-0.10\". Expected a number in [0, 100].")]
    [InlineData("FT gain", "LE gain", "experiments/paper/table2.csv: row LE gain stands there twice.")]
    [InlineData("TUBerlin", "Sketchy", "experiments/paper/table2.csv: line 1 is \"quantity,Sketchy,Sketchy,VGGSound,NYU-Depth V2\". Expected what names the rows, protocol where there is one, and column names that differ.")]
    public void A_fault_is_told_with_its_place(string found, string replacement, string expected)
    {
        using var folder = new ExperimentFolder();
        folder.Edit("paper/table2.csv", found, replacement);

        Assert.Equal(expected, Assert.Throws<ExperimentException>(() => PaperNumbers.Read(folder.Path)).Faults[0]);
    }

    [Fact]
    public void Faults_of_all_files_are_told_at_once()
    {
        using var folder = new ExperimentFolder();
        folder.Edit("paper/table3.csv", "67.06", "?").Remove("paper/table5.csv");

        Assert.Equal(
            [
                "experiments/paper/table3.csv: line 2, column ResNet50(1x) is \"?\". Expected a number in [0, 100].",
                "experiments/paper/table5.csv does not exist. Expected the paper's table 5.",
            ],
            Assert.Throws<ExperimentException>(() => PaperNumbers.Read(folder.Path)).Faults);
    }

    [Fact]
    public void A_cell_that_the_paper_does_not_print_is_refused_by_name() => Assert.Equal(
        "The paper prints no number in Table3/ResNet34/ResNet50(1x). (Parameter 'cell')",
        Assert.Throws<ArgumentException>(() => PaperNumbers.Read(ExperimentFolder.Committed)[new("Table3", "ResNet34", "ResNet50(1x)")]).Message);
}
