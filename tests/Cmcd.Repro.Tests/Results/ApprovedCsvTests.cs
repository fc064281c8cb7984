using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Results;

public sealed class ApprovedCsvTests : IDisposable
{
    private static readonly DeterminismClass Class = new("cpu", 2, "Fp32", "A CPU, with a comma");

    private static readonly ApprovedCell[] Cells =
    [
        new(new("Table1", "CMC+LE", "Sketchy", "LE"), "top1", "percent", "mini", [0, 1, 2], [54.64, 36.22704507512521, 1e-7], 5000, null, 1.5, "a \"spread\"", Class, "pretrain:1 evaluate:2", "k", "s"),
        new(new("Table1", "CMC+LE", "NYU-Depth V2", "LE"), "miou", "percent", "mini", [], [], 0, Verdict.UNAVAILABLE, null, "", Class, "", "", ""),
    ];

    private readonly ScratchFolder _scratch = new();

    private string File => _scratch.File("mini.Table1.approved.csv");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void What_was_written_comes_back_to_the_last_bit_under_any_culture()
    {
        using var comma = new CommaCulture();
        ApprovedCsv.Write(File, Cells);
        var read = ApprovedCsv.Read(File);

        Assert.Equal(Cells[0].Values, read[0].Values);
        Assert.Equal(Cells[0].Seeds, read[0].Seeds);
        Assert.Equal((Cells[0].Tolerance, Cells[0].Origin, Cells[0].Class, Cells[0].Stages, Cells[0].Items), (read[0].Tolerance, read[0].Origin, read[0].Class, read[0].Stages, read[0].Items));
        Assert.Equal((Verdict.UNAVAILABLE, null, 0), (read[1].Verdict, read[1].MeanValue, read[1].Values.Count));
        Assert.Equal(ApprovedCsv.TextOf(Cells), ApprovedCsv.TextOf(read));
        Assert.Equal(ApprovedCsv.HashOf(ApprovedCsv.TextOf(Cells)), ApprovedCsv.HashOfFile(File));
        Assert.Null(ApprovedCsv.HashOfFile(_scratch.File("none")));
    }

    [Theory]
    [InlineData("table,row", "row,table", ":1: header is")]
    [InlineData("table,row", "\uFEFFtable,row", "byte order mark")]
    [InlineData("0 1 2", "0 1", "3 values for 2 seeds")]
    [InlineData("0 1 2", "0 2 1", "expected each once, ascending")]
    [InlineData("0 1 2", "0 1 1", "expected each once, ascending")]
    [InlineData("54.64 ", "54.65 ", "mean is \"30.28901505837507\", its values give")]
    [InlineData("54.64 ", "NaN ", "values holds \"NaN\"")]
    [InlineData("UNAVAILABLE", "", "a verdict and no values")]
    [InlineData("UNAVAILABLE", "GREEN", "verdict is \"GREEN\"")]
    [InlineData(",1.5,", ",wide,", "tolerance is \"wide\", expected a finite number")]
    [InlineData("NYU-Depth V2,LE,miou", "Sketchy,LE,top1", "stands twice")]
    public void A_changed_file_is_refused_with_file_and_line(string found, string instead, string message)
    {
        ApprovedCsv.Write(File, Cells);
        var text = System.IO.File.ReadAllText(File);
        Assert.Contains(found, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File, text.Replace(found, instead, StringComparison.Ordinal));

        var fault = Assert.Throws<ReproException>(() => ApprovedCsv.Read(File)).Message;
        Assert.StartsWith(File, fault, StringComparison.Ordinal);
        Assert.Contains(message, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_cells_or_not_text_is_refused()
    {
        ApprovedCsv.Write(File, []);
        Assert.Contains("holds no cell", Assert.Throws<ReproException>(() => ApprovedCsv.Read(File)).Message, StringComparison.Ordinal);
        System.IO.File.WriteAllBytes(File, [0xff, 0xfe]);
        Assert.Contains("not UTF-8", Assert.Throws<ReproException>(() => ApprovedCsv.Read(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_stands_twice_or_is_no_number_is_never_written()
    {
        Assert.Throws<ArgumentException>(() => ApprovedCsv.Write(File, [Cells[0], Cells[0]]));
        Assert.Throws<ArgumentException>(() => ApprovedCsv.Write(File, [Cells[0] with { Tolerance = double.PositiveInfinity }]));
        Assert.False(System.IO.File.Exists(File));
    }
}
