using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Results;

public sealed class CellsCsvTests : IDisposable
{
    private const string Header =
        "table,row,column,protocol,metric,unit,tier,seeds,mean,std,ci95_low,ci95_high,paper_value,delta,verdict,reason\n";

    private const string Golden = Header
        + "Table1,cmc,tub,LE,top1,percent,mini,3,71.24,0.50,70.00,72.48,1234.50,-0.00,NOT_TESTED,\"mini says nothing, \"\"paper\"\" would\"\n"
        + "Table1,cmc,tub,FT,top1,percent,mini,0,,,,,74.10,,UNAVAILABLE,é\n"
        + "Figure1,r,c,TV,tv,nats,paper,1,0.001235,,,,,-2,INCONCLUSIVE,\n";

    private static readonly CellRow[] Rows =
    [
        new("Table1", "cmc", "tub", "LE", "top1", "percent", "mini", 3, 71.236, 0.5, 69.999, 72.4777, 1234.5, -0.004, Verdict.NOT_TESTED,
            "mini says nothing, \"paper\" would"),
        new("Table1", "cmc", "tub", "FT", "top1", "percent", "mini", 0, null, null, null, null, 74.1, null, Verdict.UNAVAILABLE, "é"),
        new("Figure1", "r", "c", "TV", "tv", "nats", "paper", 1, 0.0012345678, null, null, null, null, -2, Verdict.INCONCLUSIVE, ""),
    ];

    private readonly ScratchFolder _scratch = new();

    private string File => _scratch.File("mini/Table1/cells.csv");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Written_bytes_are_the_contract_under_any_culture()
    {
        using var comma = new CommaCulture();

        CellsCsv.Write(File, Rows);

        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(Golden.Replace("-0.00,NOT", "0.00,NOT", StringComparison.Ordinal)), System.IO.File.ReadAllBytes(File));
        Assert.Equal(["cells.csv"], Directory.EnumerateFiles(Path.GetDirectoryName(File)!).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void What_was_written_is_read_back_up_to_the_written_digits()
    {
        CellsCsv.Write(File, Rows);
        using var comma = new CommaCulture();

        var read = CellsCsv.Read(File);

        Assert.Equal(Rows[0] with { Mean = 71.24, Ci95Low = 70, Ci95High = 72.48, Delta = 0 }, read[0]);
        Assert.Equal(Rows[1], read[1]);
        Assert.Equal(Rows[2] with { Mean = 0.001235 }, read[2]);
        var first = System.IO.File.ReadAllBytes(File);
        CellsCsv.Write(File, read);
        Assert.Equal(first, System.IO.File.ReadAllBytes(File));
    }

    [Theory]
    [InlineData("", "cells.csv:1: header is \"\", expected \"table,")]
    [InlineData("table,row\n", "cells.csv:1: header is \"table,row\"")]
    [InlineData("EXTRA", "cells.csv:1: header is")]
    [InlineData("BOM", "cells.csv:1: the file starts with a byte order mark")]
    [InlineData("Table1,r,c,LE,top1,percent,mini,1,NaN,,,,,,NOT_TESTED,\n", "cells.csv:2: mean is \"NaN\", expected a finite number.")]
    [InlineData("Table1,r,c,LE,top1,percent,mini,1,∞,,,,,,NOT_TESTED,\n", "cells.csv:2: mean is \"∞\"")]
    [InlineData("Table1,r,c,LE,top1,percent,mini,1,\"7,5\",,,,,,NOT_TESTED,\n", "cells.csv:2: mean is \"7,5\"")]
    [InlineData("Table1,r,c,LE,top1,percent,mini,-1,,,,,,,NOT_TESTED,\n", "cells.csv:2: seeds is -1")]
    [InlineData("Table1,r,c,LE,top1,percent,mini,1,,,,,,,GREEN,\n", "cells.csv:2: verdict is \"GREEN\", expected REPRODUCED, CONTRADICTED")]
    [InlineData("Table1,r,c,LE,top1,percent,mini,1,,,,,,,0,\n", "cells.csv:2: verdict is \"0\"")]
    [InlineData("Table1,,c,LE,top1,percent,mini,1,,,,,,,STALE,\n", "cells.csv:2: row is \"\", expected a name.")]
    [InlineData("Table1,r,c,LE,top1,percent,mini,1,,,,,,STALE,\n", "cells.csv:2: 15 fields, expected 16.")]
    [InlineData("Table1,r,c,LE,top1,percent,mini,1,,,,,,,STALE,,\n", "cells.csv:2: 17 fields, expected 16.")]
    [InlineData("\n", "cells.csv:2: 1 fields, expected 16.")]
    [InlineData("Table1,r,c,LE,top1,percent,mini,1,,,,,,,STALE,a\"b\n", "cells.csv:2: a quote")]
    [InlineData("Table1,r,c,LE,top1,percent,mini,1,,,,,,,STALE,\"a\n", "cells.csv:2: a quote")]
    [InlineData("Table1,r,c,LE,top1,percent,mini,1,,,,,,,STALE,cut", "the last line has no line end")]
    [InlineData("T,r,c,LE,m,u,t,1,,,,,,,STALE,\nT,r,c,LE,m,u,t,1,,,,,,,STALE,\n", "cells.csv:3: cell T/r/c/LE (m) stands twice.")]
    [InlineData("T,r,c,LE,m,u,t,x,,,,,,,STALE,\nT,r,d,LE,m,u,t,1,y,,,,,,STALE,\n", "cells.csv:3: mean is \"y\"")]
    public void Anything_but_the_contract_is_refused_with_file_and_line(string lines, string message)
    {
        var text = lines switch
        {
            "" or "table,row\n" => lines,
            "EXTRA" => Header.Replace("reason", "reason,extra", StringComparison.Ordinal),
            "BOM" => "\uFEFF" + Header,
            _ => Header + lines,
        };
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, text);

        Assert.Contains(message, Assert.Throws<ReproException>(() => CellsCsv.Read(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_file_and_bytes_that_are_not_text_are_said()
    {
        Assert.Contains("cells.csv", Assert.Throws<ReproException>(() => CellsCsv.Read(File)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllBytes(File, [0xff, 0xfe, 0x00]);
        Assert.Contains("not UTF-8", Assert.Throws<ReproException>(() => CellsCsv.Read(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cell_that_stands_twice_or_is_not_a_number_is_never_written()
    {
        Assert.Throws<ArgumentException>(() => CellsCsv.Write(File, [Rows[0], Rows[0]]));
        Assert.Throws<ArgumentException>(() => CellsCsv.Write(File, [Rows[0] with { Mean = double.NaN }]));
        Assert.False(System.IO.File.Exists(File));
    }
}
