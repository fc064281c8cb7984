using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Formats;

namespace Cmcd.Repro.Tests.Datasets.Formats;

public class DelimitedTextTests
{
    [Theory]
    [InlineData("a,b\nc,d\n", "a|b;c|d")]
    [InlineData("a,b\r\nc,d", "a|b;c|d")]
    [InlineData("\uFEFFa,\"b,\"\"c\"\"\"\n", "a|b,\"c\"")]
    [InlineData("\"two\nlines\",x\n\n,\n", "two\nlines|x;|")]
    [InlineData("half \" inside,x", "half \" inside|x")]
    [InlineData("", "")]
    public void Fields_come_out_as_RFC_4180_writes_them(string text, string rows) =>
        Assert.Equal(rows, string.Join(';', DelimitedText.Rows(text, "list.csv").Select(row => string.Join('|', row))));

    [Fact]
    public void A_quote_that_is_never_closed_is_told_with_its_line()
    {
        var said = Assert.Throws<DatasetUnavailableException>(() => DelimitedText.Rows("a,b\nc,\"d\ne,f\n", "list.csv")).Message;
        Assert.Contains("list.csv: the quote opened in line 2 is never closed", said, StringComparison.Ordinal);
    }
}
