using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Results;

public sealed class RunsCsvTests : IDisposable
{
    private const string Header = "table,row,column,protocol,seed,value,stage_key,parent_keys,device,seconds,init\n";

    private readonly ScratchFolder _scratch = new();

    private string File => _scratch.File("mini/Table1/runs.csv");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Each_run_is_in_the_file_at_once_with_full_precision_under_any_culture()
    {
        using var comma = new CommaCulture();
        var runs = new RunsCsv(File);

        runs.Append(Run("cmc", -1, 0.1 + 0.2) with { Row = "a,b", ParentKeys = "k1 k2" });
        Assert.Equal(Header + "Table1,\"a,b\",tub,LE,-1,0.30000000000000004,key,k1 k2,cpu,1.5,ssl\n", System.IO.File.ReadAllText(File));
        runs.Append(Run("cmc", 1, 1e-9));

        Assert.EndsWith("\nTable1,cmc,tub,LE,1,1E-09,key,,cpu,1.5,ssl\n", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        Assert.Equal(runs.Rows, new RunsCsv(File).Rows);
    }

    [Fact]
    public void Missing_file_has_no_rows_and_reading_makes_none()
    {
        Assert.Empty(new RunsCsv(File).Rows);
        Assert.False(System.IO.File.Exists(File));
    }

    [Theory]
    [InlineData(1), InlineData(5), InlineData(38)]
    public void Half_written_last_line_is_dropped_and_said_and_the_next_run_takes_its_place(int missing)
    {
        var before = new RunsCsv(File);
        before.Append(Run("cmc", 0, 1));
        var whole = System.IO.File.ReadAllText(File);
        before.Append(Run("a longer name than the next", 1, 2));
        var bytes = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, bytes[..^missing]);

        var runs = new RunsCsv(File);
        Assert.Equal([before.Rows[0]], runs.Rows);
        Assert.Contains("runs.csv:3: the last line was cut", runs.Dropped, StringComparison.Ordinal);
        runs.Append(Run("cmc", 1, 2));

        Assert.Equal(whole + "Table1,cmc,tub,LE,1,2,key,,cpu,1.5,ssl\n", System.IO.File.ReadAllText(File));
        Assert.Null(new RunsCsv(File).Dropped);
    }

    [Fact]
    public void Half_written_header_starts_anew()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, "table,ro");
        var runs = new RunsCsv(File);
        runs.Append(Run("cmc", 0, 1));

        Assert.NotNull(runs.Dropped);
        Assert.Equal(runs.Rows, new RunsCsv(File).Rows);
    }

    [Theory]
    [InlineData("T,r,c,LE,0,NaN,k,,cpu,1,\n", "runs.csv:2: value is \"NaN\"")]
    [InlineData("T,r,c,LE,0.5,1,k,,cpu,1,\n", "runs.csv:2: seed is \"0.5\"")]
    [InlineData("T,r,c,LE,0,1,k,,cpu,1\n", "runs.csv:2: 10 fields, expected 11")]
    public void Whole_line_that_is_wrong_is_an_error(string line, string message)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, Header + line);

        Assert.Contains(message, Assert.Throws<ReproException>(() => new RunsCsv(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rewriting_gives_the_same_bytes_whatever_the_order_of_the_runs()
    {
        RunRow[] rows =
        [
            Run("ssl", 0, 1), Run("ssl", 10, 2), Run("cmc", 2, 3), Run("cmc", 2, 4) with { Init = "random" }, Run("cmc", 2, 4) with { Protocol = "FT" },
            Run("old", 0, 5),
        ];
        CellId[] order = [rows[0].Cell, rows[2].Cell, rows[4].Cell];

        var texts = new[] { rows, [.. rows.Reverse()] }.Select(some =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            System.IO.File.Delete(File);
            var runs = new RunsCsv(File);
            foreach (var row in some)
            {
                runs.Append(row);
            }

            runs.Rewrite(order);
            runs.Append(Run("ssl", 0, 1));   // appending goes on after a rewrite
            runs.Rewrite(order);
            return System.IO.File.ReadAllText(File);
        }).ToArray();

        Assert.Equal(texts[0], texts[1]);
        Assert.Equal(
            ["ssl,tub,LE,0,1", "ssl,tub,LE,10,2", "cmc,tub,LE,2,4", "cmc,tub,LE,2,3", "cmc,tub,FT,2,4", "old,tub,LE,0,5"],
            new RunsCsv(File).Rows.Select(run => $"{run.Row},{run.Column},{run.Protocol},{run.Seed},{run.Value}"));
    }

    [Fact]
    public void Later_run_of_the_same_cell_seed_and_init_takes_the_place_of_the_earlier()
    {
        var runs = new RunsCsv(File);
        runs.Append(Run("cmc", 0, 1));
        runs.Append(Run("cmc", 0, 2));

        Assert.Equal(2, Assert.Single(runs.Rows).Value);
        Assert.Equal(2, Assert.Single(new RunsCsv(File).Rows).Value);
    }

    [Fact]
    public void Run_without_a_finite_value_or_with_a_line_break_is_refused_and_nothing_is_written()
    {
        var runs = new RunsCsv(File);

        Assert.Throws<ArgumentException>(() => runs.Append(Run("cmc", 0, double.NaN)));
        Assert.Throws<ArgumentException>(() => runs.Append(Run("c\nmc", 0, 1)));
        Assert.Empty(runs.Rows);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void Folder_that_cannot_be_written_is_said()
    {
        System.IO.File.WriteAllText(_scratch.File("mini"), "not a folder");

        Assert.Contains("runs.csv", Assert.Throws<ReproException>(() => new RunsCsv(File).Append(Run("cmc", 0, 1))).Message, StringComparison.Ordinal);
    }

    private static RunRow Run(string row, long seed, double value) => new("Table1", row, "tub", "LE", seed, value, "key", "", "cpu", 1.5, "ssl");
}
