using System.Text;
using Cmcd.Repro.Models;
using Cmcd.Repro.Models.Import;
using Cmcd.Repro.Models.Import.TensorFlow;
using Cmcd.Repro.Tests.Infrastructure;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models.Import;

/// <summary>TensorFlow checkpoints: Golden/make_files.py wrote model.ckpt-7 from the format's description, with three blocks, the second in Snappy's form.</summary>
public sealed class TensorBundleTests : IDisposable
{
    // Layout and framing of real checkpoints, byte for byte; keys and values made up.
    private const string Index =
        "00000608011a02080100240f626173655f6d6f64656c2f62617463685f6e6f726d616c697a6174696f6e2f67616d6d61"
        + "0801120412020803280c35e6c9972f0b0d1d636f6e7632642f6b65726e656c0801121012020801120208011202080212"
        + "020803200c2818357aebf5ab000b0d676c6f62616c5f737465700809120020242808351c30d206002711686561645f73"
        + "7570657276697365642f6c696e6561725f6c617965722f64656e73652f626961730801120412020802202c2808352d0f"
        + "febe0000000001000000003a591281000000000100000000c0f2a1b00001036900ca0100000000010000000036ec3f11"
        + "cf0108dc010f0000000000000000000000000000000000000000000000000000000000000000000057fb808b247547db";

    private const string Values = "0000003f0000803f000000400000803f0000004000004040000080400000a0400000c040b66f030000000000000080bf0000803f";

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Known_checkpoint_gives_its_names_shapes_and_values()
    {
        using var scope = NewDisposeScope();
        var path = Write(Convert.FromHexString(Index), Convert.FromHexString(Values));
        using var file = WeightFile.Open(path);

        Assert.Equal(
            ["base_model/batch_normalization/gamma Float32 [3]", "base_model/conv2d/kernel Float32 [1, 1, 2, 3]", "global_step Int64 []", "head_supervised/linear_layer/dense/bias Float32 [2]"],
            file.Entries.Select(entry => $"{entry}"));
        Assert.Equal([0.5, 1, 2, 1, 2, 3, 4, 5, 6, 225206, -1, 1], file.Entries.SelectMany(entry => FormulaWeights.Values(file.Read(entry))));
    }

    [Fact]
    public void Simclr_names_become_the_encoder_and_the_rest_is_named()
    {
        using var file = WeightFile.Open(WeightFiles.Golden("model.ckpt-7"));   // as TensorFlow names it, without .index
        var import = EncoderImport.Of(file);
        using var encoder = import.Load(WeightFiles.Options(Architecture.ResNet50) with { SamePaddedPool = true });

        Assert.True(import.IsSimClr);
        Assert.Equal(WeightFiles.FormulaHash(WeightFiles.Options(Architecture.ResNet50)), StateDict.Hash(encoder));
        Assert.Equal(53, import.Zeroed.Count);
        const string head = "head_supervised/linear_layer/dense/";
        Assert.Equal(
            ["global_step: training step", $"{head}bias: classifier", $"{head}bias/Momentum: state of the optimiser", $"{head}kernel: classifier", $"{head}kernel/Momentum: state of the optimiser"],
            import.Skipped.Select(skipped => $"{skipped.Name}: {skipped.Reason}"));
    }

    [Fact]
    public void Check_sums_are_the_published_ones()
    {
        Assert.Equal(0xE3069283, Crc32C.Of("123456789"u8));
        Assert.Equal(0xC78AB0E5, Crc32C.Masked("123456789"u8));
    }

    /// <summary>Packed by Debian's python3-snappy: literals, an overlapping copy, a far one.</summary>
    [Fact]
    public void Snappy_gives_back_what_another_program_packed()
    {
        byte[] expected = [.. Enumerable.Repeat("abcd"u8.ToArray(), 6).SelectMany(part => part), .. Enumerable.Range(0, 70).Select(i => (byte)i), .. Enumerable.Repeat((byte)'x', 100)];
        var packed = Convert.FromHexString(SnappyHex);

        Assert.Equal(expected, Snappy.Unpack(packed));
        for (var length = 1; length < packed.Length; length++) Assert.Throws<InvalidDataException>(() => Snappy.Unpack(packed.AsSpan(0, length)));
        Assert.Contains("announces", Assert.Throws<InvalidDataException>(() => Snappy.Unpack([0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0])).Message, StringComparison.Ordinal);   // 4 GB of 6 bytes
    }

    [Fact]
    public void Damage_is_refused_with_the_place()
    {
        var (index, data) = (File.ReadAllBytes(WeightFiles.Golden(WeightFiles.Bundle)), File.ReadAllBytes(WeightFiles.Golden(WeightFiles.Data)));

        Assert.Contains("it does not end as a checkpoint's index does: cut short", WeightFiles.Refusal(Write(index[..^9], data)), StringComparison.Ordinal);
        Assert.Contains("the block at byte 0 has the CRC", WeightFiles.Refusal(Write(Flip(index, 40), data)), StringComparison.Ordinal);
        Assert.Contains("cut short. Download it again", WeightFiles.Refusal(Write(index, data[..^1])), StringComparison.Ordinal);
        Assert.Contains("the data file is damaged", WeightFiles.Refusal(Write(index, Flip(data, 20_000))), StringComparison.Ordinal);
        Assert.Contains("is a web page, not weights", WeightFiles.Refusal(Write("\n <!DOCTYPE html><title>Sign in</title>"u8.ToArray(), data)), StringComparison.Ordinal);

        var lonely = Write(index, data);
        File.Delete(Path.ChangeExtension(lonely, ".data-00000-of-00001"));
        Assert.Contains(".data-00000-of-00001 is missing", WeightFiles.Refusal(lonely), StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_may_lie_in_several_data_files_and_texts_are_skipped()
    {
        using var scope = NewDisposeScope();
        var value = BitConverter.GetBytes(2.5f);
        File.WriteAllBytes(_scratch.File("two.data-00000-of-00002"), []);
        File.WriteAllBytes(_scratch.File("two.data-00001-of-00002"), [0, .. value]);
        File.WriteAllBytes(_scratch.File("two.index"), Table(("", [8, 2]), ("graph", [8, 7, 18, 0]), ("x", [8, 1, 18, 0, 24, 1, 32, 1, 40, 4, 53, .. BitConverter.GetBytes(Crc32C.Masked(value))])));
        using var file = WeightFile.Open(_scratch.File("two.index"));

        Assert.Equal(2.5f, file.Read(Assert.Single(file.Entries)).item<float>());
        Assert.Equal(new SkippedWeight("graph", "of TensorFlow type 7, no numbers"), Assert.Single(file.Skipped));
    }

    /// <summary>Protobuf fields as number · 8 + type, value: header 1 files, 2 byte order; entry 1 type, 2 shape, 3 file, 4 offset, 5 size, 6 sum, 7 slices.</summary>
    [Theory]
    [InlineData(new byte[] { 8, 1, 16, 1 }, new byte[] { 8, 1, 18, 0, 40, 4 }, "its numbers are big-endian")]
    [InlineData(new byte[] { 8, 0 }, new byte[] { 8, 1, 18, 0, 40, 4 }, "it names 0 data files")]
    [InlineData(new byte[] { 8, 1 }, new byte[] { 8, 1, 18, 0, 40, 4, 58, 0 }, "variable x is stored in slices")]
    [InlineData(new byte[] { 8, 1 }, new byte[] { 8, 1, 18, 0, 24, 3, 40, 4 }, "x lies in data file 3 of 1")]
    [InlineData(new byte[] { 8, 1 }, new byte[] { 8, 1, 18, 4, 18, 2, 8, 3, 40, 4 }, "x Float32 [3] needs 12 bytes (at most 2147483647), the index says 4")]
    [InlineData(new byte[] { 8, 1 }, new byte[] { 8, 1, 18, 0, 32, 1, 40, 4 }, "has 4 bytes, but x ends at byte 5: cut short")]
    [InlineData(new byte[] { 8, 1 }, new byte[] { 8, 1, 18, 9 }, "9 bytes are announced where 0 are left")]
    [InlineData(new byte[] { 8, 1 }, new byte[] { 11 }, "a field has the wire type 3")]
    public void Checkpoint_that_is_not_read_says_why(byte[] header, byte[] entry, string message) =>
        Assert.Contains(message, WeightFiles.Refusal(Write(Table(("", header), ("x", entry)), new byte[4])), StringComparison.Ordinal);

    [Fact]
    public void Keys_out_of_order_are_refused() =>
        Assert.Contains("its keys 2 and 3 are not in ascending order", WeightFiles.Refusal(Write(Table(("", [8, 1]), ("x", []), ("a", [])), [])), StringComparison.Ordinal);

    /// <summary>Behind a right check sum too: what a program wrote on purpose.</summary>
    [Fact]
    public void Hostile_blocks_and_messages_are_refused_as_data()
    {
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[round % 40];
            for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)((((uint)(round * 40) + (uint)i + 1) * 2654435761u) >> 27);   // small numbers: tags and lengths
            Try(() => TensorPlace.Parse(bytes));
            Try(() => SortedTable.Read(Framed(bytes)));
            Try(() => Snappy.Unpack(bytes));
        }

        static void Try(Action read)
        {
            try
            {
                read();
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void Data_file_given_for_the_index_says_which_file_to_give()
    {
        var path = Path.ChangeExtension(Write(Convert.FromHexString(Index), Convert.FromHexString(Values)), ".data-00000-of-00001");
        Assert.Contains("Give model.ckpt-1.index", WeightFiles.Refusal(path), StringComparison.Ordinal);
    }

    internal static byte[] Flip(byte[] bytes, int place)
    {
        var changed = bytes.ToArray();
        changed[place] ^= 0x10;
        return changed;
    }

    /// <summary>The smallest table of these rows: one block without shared prefixes, one restart. Numbers below 128 are their own varints.</summary>
    private static byte[] Table(params (string Key, byte[] Value)[] rows) =>
        Framed([.. rows.SelectMany(row => (byte[])[0, (byte)row.Key.Length, (byte)row.Value.Length, .. Encoding.UTF8.GetBytes(row.Key), .. row.Value]), 0, 0, 0, 0, 1, 0, 0, 0]);

    /// <summary>A data block, the index block that names it, the footer.</summary>
    private static byte[] Framed(byte[] block)
    {
        var (low, high) = ((byte)(block.Length | 0x80), (byte)(block.Length >> 7));   // a varint of two bytes
        byte[] index = [0, 1, 3, 0xFF, 0, low, high, 0, 0, 0, 0, 1, 0, 0, 0];
        byte[] footer = [0, 0, (byte)((block.Length + 5) | 0x80), (byte)((block.Length + 5) >> 7), (byte)index.Length];
        return [.. Sealed(block), .. Sealed(index), .. footer, .. new byte[40 - footer.Length], .. BitConverter.GetBytes(SortedTable.Magic)];

        static byte[] Sealed(byte[] contents) => [.. contents, 0, .. BitConverter.GetBytes(Crc32C.Masked([.. contents, 0]))];
    }

    private string Write(byte[] index, byte[] data)
    {
        File.WriteAllBytes(_scratch.File("model.ckpt-1.data-00000-of-00001"), data);
        File.WriteAllBytes(_scratch.File("model.ckpt-1.index"), index);
        return _scratch.File("model.ckpt-1.index");
    }

    private const string SnappyHex = "c2010c616263644e0400f049000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f40414243444578787878fe03007e0300";
}
