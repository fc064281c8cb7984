using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Cmcd.Repro.Models;
using Cmcd.Repro.Models.Import;
using Cmcd.Repro.Models.Import.Torch;
using Cmcd.Repro.Tests.Infrastructure;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models.Import;

/// <summary>State dicts that PyTorch 1.13 saved (Golden/make_files.py), and pickles that no state dict is.</summary>
public sealed class TorchFileTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("types-zip.pth"), InlineData("types-legacy.pth")]
    public void Every_type_stride_offset_and_shared_storage_comes_back(string name)
    {
        using var scope = NewDisposeScope();
        var expected = JsonSerializer.Deserialize<Dictionary<string, Expected>>(File.ReadAllText(WeightFiles.Golden("types.json")), JsonSerializerOptions.Web)!;
        using var file = WeightFile.Open(WeightFiles.Golden(name));

        Assert.Equal(expected.Keys, file.Entries.Select(entry => entry.Name));
        foreach (var entry in file.Entries)
        {
            Assert.Equal(expected[entry.Name].Shape, entry.Shape);
            Assert.Equal(expected[entry.Name].Type, NameOf(entry.Type));
            Assert.Equal(expected[entry.Name].Values, FormulaWeights.Values(file.Read(entry)));
        }
    }

    [Theory]
    [InlineData("zip.pth"), InlineData("legacy.pth"), InlineData("python.safetensors")]
    public void Encoder_written_by_another_program_comes_back_bit_for_bit(string name)
    {
        using var file = WeightFile.Open(WeightFiles.Golden(name));
        using var encoder = EncoderImport.Of(file).Load(WeightFiles.Options(Architecture.ResNet18));

        Assert.Equal(WeightFiles.FormulaHash(WeightFiles.Options(Architecture.ResNet18)), StateDict.Hash(encoder));
    }

    [Fact]
    public void What_lies_beside_the_state_dict_is_named()
    {
        using var file = WeightFile.Open(WeightFiles.Golden("zip.pth"));
        Assert.Equal(
            ["epoch: beside state_dict", "arch: beside state_dict", "optimizer: beside state_dict", "fc.weight: classifier", "fc.bias: classifier"],
            EncoderImport.Of(file).Skipped.Select(skipped => $"{skipped.Name}: {skipped.Reason}"));
    }

    [Theory]
    [InlineData("cos\nsystem\n(X\u0002\0\0\0lstR.", "asks Python for os.system, which no state dict needs; nothing was run")]
    [InlineData("cnumpy.core.multiarray\nscalar\n.", "asks Python for numpy.core.multiarray.scalar")]
    [InlineData("ctorch\nhub.load\n.", "asks Python for torch.hub.load")]
    [InlineData("ctorch\nStorage\n.", "asks Python for torch.Storage")]
    [InlineData("ccollections\nOrderedDict\n(K\u0001tR.", "uses collections.OrderedDict in an unknown way")]
    [InlineData("K\u0001)R.", "calls something without a name")]
    [InlineData("\u0082.", "has the opcode 0x82")]
    [InlineData("h\u0007.", "recalls 7, which it never kept")]
    [InlineData("(t", "is cut short")]
    [InlineData("X\u00FF\u00FF\u00FF\u007Fa.", "is cut short")]
    [InlineData("(((.", "is damaged before byte 6")]
    [InlineData("}]K\u0001s.", "neither text nor a whole number")]
    [InlineData("K\u0001.", "the saved object is no dict of tensors")]
    [InlineData("}X\u0001\0\0\0aK\u0001s.", "holds no tensors by name; its keys: a. Known places")]
    [InlineData("X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0001((ttQ.", "refers to something that is not a tensor's storage")]
    public void Pickle_that_no_state_dict_is_is_refused_and_the_message_says_why(string pickle, string message) =>
        Assert.Contains(message, WeightFiles.Refusal(Zip("\u0080\u0002" + pickle)), StringComparison.Ordinal);

    [Fact]
    public void Tensor_that_reaches_beyond_its_storage_is_refused()
    {
        // One element in storage 0; a tensor [2] with stride 1 of it.
        const string pickle = "\u0080\u0002}X\u0001\0\0\0actorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0001tQK\0K\u0002\u0085K\u0001\u0085\u0089}tRs.";
        Assert.Contains("a tensor [2] with strides [1] from element 0 on does not lie in storage 0 of 1", WeightFiles.Refusal(Zip(pickle)), StringComparison.Ordinal);
    }

    [Fact]
    public void Newer_pickle_protocols_are_refused_by_number() =>
        Assert.Contains("its pickle has protocol 4; torch.save writes 2", WeightFiles.Refusal(Zip("\u0080\u0004}.")), StringComparison.Ordinal);

    [Fact]
    public void Damage_is_refused_with_the_place()
    {
        var (zip, legacy) = (File.ReadAllBytes(WeightFiles.Golden("zip.pth")), File.ReadAllBytes(WeightFiles.Golden("legacy.pth")));
        var values = zip.AsSpan().IndexOf("archive/data/0"u8) is >= 0 and var at ? at : zip.AsSpan().IndexOf("zip/data/0"u8);

        Assert.Contains("cannot be read as a PyTorch state dict", WeightFiles.Refusal(Write(zip[..^40])), StringComparison.Ordinal);
        Assert.Contains("damaged, or saved with set_crc32_options(False)", WeightFiles.Refusal(Write(TensorBundleTests.Flip(zip, values + 128))), StringComparison.Ordinal);
        Assert.Contains("it is cut short in storage", WeightFiles.Refusal(Write(legacy[..^3])), StringComparison.Ordinal);
        Assert.Contains("its pickle is cut short", WeightFiles.Refusal(Write(legacy[..900])), StringComparison.Ordinal);
        Assert.Contains("is empty", WeightFiles.Refusal(Write([])), StringComparison.Ordinal);
        Assert.Contains("is a web page, not weights", WeightFiles.Refusal(Write("<html>Quota exceeded</html>"u8.ToArray())), StringComparison.Ordinal);
        Assert.Contains("is no weight file: it starts with 1F8B", WeightFiles.Refusal(Write([0x1F, 0x8B, 8, 0])), StringComparison.Ordinal);
    }

    /// <summary>Whatever is wrong with a file, it is refused with a message: no other exception, no endless loop, no memory taken for lengths that are not there.</summary>
    [Theory]
    [InlineData("zip.pth"), InlineData("legacy.pth"), InlineData("types-zip.pth"), InlineData("types-legacy.pth"), InlineData("python.safetensors"), InlineData(WeightFiles.Bundle)]
    public void Damaged_bytes_never_do_more_than_be_refused(string name)
    {
        var bytes = File.ReadAllBytes(WeightFiles.Golden(name));
        File.Copy(WeightFiles.Golden(WeightFiles.Data), _scratch.File("file.data-00000-of-00001"));
        var path = _scratch.File(name == WeightFiles.Bundle ? "file.index" : "file");
        var before = WeightFiles.LiveTensors();
        for (var round = 0; round < 150; round++)
        {
            // Deterministic places, denser at the start, where names and lengths stand.
            var damaged = bytes.ToArray();
            for (var hit = 0; hit < 1 + (round % 3); hit++)
            {
                var hash = (uint)(((round * 3) + hit + 1) * 2654435761L);
                var reach = round % 2 == 0 ? bytes.Length : Math.Min(bytes.Length, 2000);
                damaged[hash % reach] = (byte)(hash >> 24);
            }

            File.WriteAllBytes(path, round % 10 == 9 ? damaged[..(bytes.Length * (round / 10) / 15)] : damaged);
            try
            {
                WeightFiles.ReadAll(path);
            }
            catch (ReproException)
            {
            }
        }

        WeightFiles.RequireNothingLeft(before);
    }

    [Fact]
    public void Zip_check_sum_is_the_published_one() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));

    private static string NameOf(ScalarType type) => type switch
    {
        ScalarType.Byte => "torch.uint8",
        ScalarType.Int8 => "torch.int8",
        _ => $"torch.{type.ToString().ToLowerInvariant()}",
    };

    private string Zip(string pickle)
    {
        var path = _scratch.File("made.pth");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using var entry = zip.CreateEntry("made/data.pkl").Open();
        entry.Write(Encoding.Latin1.GetBytes(pickle));
        return path;
    }

    private string Write(byte[] bytes)
    {
        File.WriteAllBytes(_scratch.File("file.pth"), bytes);
        return _scratch.File("file.pth");
    }

    private sealed record Expected(string Type, long[] Shape, double[] Values);
}
