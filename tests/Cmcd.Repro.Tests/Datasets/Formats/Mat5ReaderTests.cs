using System.Globalization;
using System.Security.Cryptography;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Datasets.Formats;

namespace Cmcd.Repro.Tests.Datasets.Formats;

/// <summary>The reader against MATLAB's own bytes, against files written by SciPy, and the test writer against SciPy's reading of it.</summary>
public class Mat5ReaderTests
{
    /// <summary>40 → 13 as in ankurhanda/nyuv2-meta-data.</summary>
    private static readonly int[] Thirteen =
        [12, 5, 6, 1, 4, 9, 10, 12, 13, 6, 8, 6, 13, 10, 6, 13, 6, 7, 7, 5, 7, 3, 2, 6, 11, 7, 7, 7, 7, 7, 7, 6, 7, 7, 7, 7, 7, 7, 6, 7];

    [Fact]
    public void MATLAB_s_own_struct_is_read_and_its_bytes_are_the_published_ones()
    {
        var bytes = Mat5Fixtures.Read("class13Mapping.mat");
        var file = Mat5Reader.Read(bytes, "class13Mapping.mat");

        Assert.Equal(Published("class13Mapping.mat"), (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        Assert.Equal(Thirteen, file.Integers("classMapping13.labels13", 1, 13));
        Assert.Equal(["bed", "books", "ceiling", "chair", "floor", "furniture", "objects", "picture", "sofa", "table", "tv", "wall", "window"], file.Texts("classMapping13.classNames"));
        Assert.Equal(["classMapping13"], file.Variables);
    }

    [Fact]
    public void MATLAB_s_own_split_is_read_and_its_bytes_are_the_published_ones()
    {
        var bytes = Mat5Fixtures.Read("splits.mat");
        var file = Mat5Reader.Read(bytes, "splits.mat");
        var (train, test) = (file.Integers("trainNdxs", 1, 1449), file.Integers("testNdxs", 1, 1449));

        Assert.Equal(Published("splits.mat"), (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        Assert.Equal((795, 551_687, 654, 498_838), (train.Length, train.Sum(), test.Length, test.Sum()));
        Assert.Equal([3, 4, 5, 6, 7, 1440], [.. train[..5], train[^1]]);
        Assert.Equal([1, 2, 9, 14, 15, 1449], [.. test[..5], test[^1]]);
        Assert.Equal(Enumerable.Range(1, 1449), train.Concat(test).Order());
        Assert.Equal([795, 1], file["trainNdxs"].Shape);
    }

    [Theory]
    [InlineData("scipy-v6.mat"), InlineData("scipy-v7.mat")]
    public void Every_kind_that_SciPy_writes_is_read(string fixture)
    {
        var file = Mat5Reader.Read(Mat5Fixtures.Read(fixture), fixture);
        var spread = new double[] { -128, 127, 0, 255, -32768, 32767, 0, 65535, int.MinValue, int.MaxValue, 0, uint.MaxValue, -(1L << 53), 1L << 53, 0.1f, -2.5, 0.1, double.PositiveInfinity };

        Assert.Equal(spread, new[] { "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "single", "double" }.SelectMany(name => Numbers(file, name).Values));
        Assert.Equal([2, 3], file["table"].Shape);
        Assert.Equal([1, 4, 2, 5, 3, 6], Numbers(file, "table").Values);                     // [1 2 3; 4 5 6], column by column
        Assert.Equal([2, 1, 2], file["cube"].Shape);
        Assert.Equal([1, 0], Numbers(file, "flags").Values);
        Assert.Equal("grün, 5 €", Assert.IsType<MatText>(file["text"]).Text);
        Assert.Equal(["wall", "", "night stand"], file.Texts("cells"));
        Assert.Equal([3, 1, 4], file.Integers("record.inner.digits", 0, 9));
        Assert.Equal(["complex", "sparse"], new[] { "complex", "sparse" }.Select(name => Assert.IsType<MatOther>(file[name]).Kind));
    }

    [Fact]
    public void What_the_test_writer_writes_is_read_here_and_was_read_so_by_SciPy()
    {
        var golden = File.ReadAllLines(Mat5Fixtures.PathOf("own.scipy.txt")).Where(line => line.Length > 0 && line[0] != '#').ToArray();

        Assert.Equal(Mat5Fixtures.Read("own-v6.mat"), Mat5Writer.File(false, Mat5Fixtures.Own));
        foreach (var bytes in new[] { Mat5Fixtures.Read("own-v6.mat"), Mat5Fixtures.Read("own-v7.mat"), Mat5Writer.File(true, Mat5Fixtures.Own) })
        {
            var file = Mat5Reader.Read(bytes, "own.mat");
            Assert.Equal(golden, file.Variables.Select(name => $"{name} {Described(file[name])}"));
        }
    }

    [Fact]
    public void Every_cut_is_refused_by_name()
    {
        foreach (var whole in new[] { Mat5Fixtures.Read("class13Mapping.mat"), Mat5Fixtures.Read("own-v6.mat") })
        {
            for (var length = 0; length < whole.Length; length++)
            {
                try
                {
                    Mat5Reader.Read(whole[..length], "some.mat");
                    Assert.Contains(length, VariableEnds(whole));           // between two variables nothing tells that one is missing
                }
                catch (DatasetUnavailableException refusal)
                {
                    Assert.StartsWith("some.mat", refusal.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void No_changed_byte_ends_in_another_error()
    {
        foreach (var whole in new[] { Mat5Fixtures.Read("class13Mapping.mat"), Mat5Fixtures.Read("own-v6.mat") })
        {
            for (var at = 0; at < whole.Length; at++)
            {
                foreach (var flip in new byte[] { 0x01, 0x80, 0xFF })
                {
                    byte[] changed = [.. whole];
                    changed[at] ^= flip;
                    if (Record.Exception(() => Mat5Reader.Read(changed, "some.mat")) is { } fault) Assert.IsType<DatasetUnavailableException>(fault);
                }
            }
        }
    }

    [Fact]
    public void Another_kind_of_file_is_told_from_a_MAT_file_of_version_5()
    {
        var v73 = Mat5Writer.File(false);
        v73[125] = 2;
        var bigEndian = Mat5Writer.File(false);
        (bigEndian[126], bigEndian[127]) = ((byte)'M', (byte)'I');

        Assert.Equal("splits.mat is a MAT file of version 7.3 (HDF5); due is a MAT file of version 5 (save -v7). Delete splits.mat and fetch it again: ./build.sh --target=Datasets.", Refusal(v73));
        Assert.StartsWith("splits.mat is a MAT file of a big-endian machine", Refusal(bigEndian), StringComparison.Ordinal);
        Assert.StartsWith("splits.mat is no MAT file: it starts with \"<!DOCTYPE html>.........\"", Refusal([.. "<!DOCTYPE html>"u8, .. new byte[200]]), StringComparison.Ordinal);
        Assert.StartsWith("splits.mat is 0 bytes long", Refusal([]), StringComparison.Ordinal);
        Assert.StartsWith("splits.mat is HDF5 without MATLAB's block", Refusal([0x89, .. "HDF\r\n"u8, 26, 10, .. new byte[200]]), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_contradict_each_other_are_refused_with_what_was_found()
    {
        Assert.Contains("trainNdxs has 2 values; its dimensions give 3", Refusal(Mat5Writer.File(true, Mat5Writer.Array(6, "trainNdxs", 3, 1, Mat5Writer.Element(2, [1, 2])))), StringComparison.Ordinal);
        Assert.Contains("dimensions [-3, 1]", Refusal(Mat5Writer.File(true, Mat5Writer.Array(6, "x", -3, 1, Mat5Writer.Element(2, [1])))), StringComparison.Ordinal);
        Assert.Contains("x is of class 99", Refusal(Mat5Writer.File(true, Mat5Writer.Array(99, "x", 1, 1))), StringComparison.Ordinal);
        Assert.Contains("no numbers", Refusal(Mat5Writer.File(true, Mat5Writer.Array(6, "x", 1, 1, Mat5Writer.Element(16, [65])))), StringComparison.Ordinal);
        Assert.Contains("allowed are 16", Refusal(Mat5Writer.File(true, Enumerable.Range(0, 20).Aggregate(Mat5Writer.Text("", "deep"), (inner, _) => Mat5Writer.Cells("x", inner)))), StringComparison.Ordinal);
        Assert.Contains("allowed are 67,108,864", Refusal([.. Mat5Writer.File(false), .. Bomb()]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_asked_for_as_what_it_is_not_is_refused()
    {
        var file = Mat5Reader.Read(Mat5Writer.File(true, [.. Mat5Fixtures.Own, Mat5Writer.Numbers("half", 1, 2, 1, 2.5)]), "splits.mat");

        Assert.Equal(["floor mat", ""], Mat5Reader.Read(Mat5Writer.File(true, Mat5Writer.Cells("c", Mat5Writer.Text("", "floor mat"), Mat5Writer.Numbers("", 0, 0))), "x").Texts("c"));
        Assert.StartsWith("splits.mat has no trainNdxs. It has: small, wide, real, none,", Message(() => file.Integers("trainNdxs", 1, 2)), StringComparison.Ordinal);
        Assert.StartsWith("splits.mat: whole has no colours. It has: labels, names.", Message(() => file.Texts("whole.colours")), StringComparison.Ordinal);
        Assert.StartsWith("splits.mat: entry 2 of half is 2.5; allowed are the whole numbers 1 to 9.", Message(() => file.Integers("half", 1, 9)), StringComparison.Ordinal);
        Assert.StartsWith("splits.mat: entry 1 of small is 1; allowed are the whole numbers 2 to 255.", Message(() => file.Integers("small", 2, 255)), StringComparison.Ordinal);
        Assert.StartsWith("splits.mat: text is a text of [1, 9]; due is an array of numbers.", Message(() => file.Integers("text", 1, 9)), StringComparison.Ordinal);
        Assert.StartsWith("splits.mat: cells{3} is an array of numbers of [1, 1]; due is a text of one row.", Message(() => file.Texts("cells")), StringComparison.Ordinal);
        Assert.StartsWith("splits.mat: small.x is an array of numbers of [2, 3]; due is a field of one struct.", Message(() => file["small.x"]), StringComparison.Ordinal);
    }

    private static MatNumbers Numbers(Mat5File file, string name) => Assert.IsType<MatNumbers>(file[name]);

    private static string Refusal(byte[] bytes) => Message(() => Mat5Reader.Read(bytes, "splits.mat"));

    private static string Message(Func<object> act) => Assert.Throws<DatasetUnavailableException>(act).Message;

    private static (int, string) Published(string file)
    {
        var facts = SourceCatalogue.Read(Path.Combine(DataFolder.Committed, SourceCatalogue.FileName))["nyu-depth-v2"].Files.Single(each => each.Name == file).Checked;
        return ((int)facts.Bytes!.Value, facts.Sha256!);
    }

    private static IEnumerable<int> VariableEnds(byte[] file)
    {
        for (var at = 128; at <= file.Length; at += at < file.Length ? 8 + BitConverter.ToInt32(file, at + 4) : 1) yield return at;
    }

    /// <summary>A compressed element that says it holds 2 GB.</summary>
    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var packer = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true)) packer.Write([14, 0, 0, 0, 0, 0, 0, 128, .. new byte[1000]]);
        return [15, 0, 0, 0, .. BitConverter.GetBytes((int)packed.Length), .. packed.ToArray()];
    }

    private static string Described(MatValue value) => value switch
    {
        MatNumbers numbers => $"{string.Join('x', numbers.Shape)}: {string.Join(' ', numbers.Values.Select(number => number.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e+", StringComparison.Ordinal)))}".TrimEnd(),
        MatText text => $"\"{text.Text}\"",
        MatCells cells => $"{{{string.Join(", ", cells.Values.Select(Described))}}}",
        MatStruct record => $"({string.Join(", ", record.Fields.Select(field => $"{field.Key} = {Described(field.Value.Single())}"))})",
        _ => throw new ArgumentException($"Not written here: {value}", nameof(value)),
    };
}
