using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Cmcd.Repro.Models;
using Cmcd.Repro.Models.Export;
using Cmcd.Repro.Models.Import;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Tests.Models.Import;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models.Export;

public sealed class TorchExportTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>PyTorch loaded these very bytes with weights_only=True and computed these features in float64.</summary>
    [Theory]
    [InlineData(Architecture.ResNet18), InlineData(Architecture.ResNet50)]
    public void Export_is_the_file_that_PyTorch_read_and_its_features_are_ours(Architecture architecture)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var golden = ExportGolden.Of(architecture);
        using var encoder = golden.Encoder();

        var state = encoder.state_dict();
        Assert.Equal(golden.Contents, Contents(Write(EncoderShape.Of(encoder.Options).Entries(), state)));
        var features = FormulaWeights.Values(encoder.call(FormulaWeights.Input(2, 3, 64, 64)));
        var scale = golden.Features.Max();
        Assert.All(golden.Features.Zip(features), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-4 * scale));
    }

    [Fact]
    public void Every_type_and_shape_is_read_back()
    {
        using var scope = NewDisposeScope();
        ScalarType[] types = [ScalarType.Float32, ScalarType.Float64, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32];
        var tensors = types.ToDictionary(type => $"t.{type}", type => tensor([0f, 1f, 2f, 3f, -250f, 0.5f], [2, 3]).t().to(type));
        tensors["scalar"] = tensor(7L);
        tensors["empty"] = zeros(0, 3);
        tensors["größe"] = ones(1);

        using var file = WeightFile.Open(Write(tensors));
        Assert.Equal(tensors.Select(pair => $"{new WeightEntry(pair.Key, pair.Value.dtype, pair.Value.shape)}"), file.Entries.Select(entry => $"{entry}"));
        Assert.All(file.Entries, entry => Assert.Equal(FormulaWeights.Values(tensors[entry.Name]), FormulaWeights.Values(file.Read(entry))));
    }

    [Fact]
    public void Equal_content_gives_equal_bytes()
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor> { ["a"] = ones(3), ["b"] = zeros(2, 2) };
        var first = File.ReadAllBytes(Write(tensors));
        Assert.Equal(first, File.ReadAllBytes(Write(tensors)));
    }

    [Fact]
    public void Types_that_a_state_dict_is_not_written_with_are_refused_by_name()
    {
        using var scope = NewDisposeScope();
        var bools = new Dictionary<string, Tensor> { ["mask"] = zeros(1, dtype: ScalarType.Bool) };
        Assert.Contains("mask Bool [1] cannot be written", Assert.Throws<ArgumentException>(() => Write(bools)).Message, StringComparison.Ordinal);
    }

    private static string Contents(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var zip = ZipFile.OpenRead(path);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            Assert.Equal(entry.Length, entry.CompressedLength);   // stored: others can map it into memory
            hash.AppendData(Encoding.UTF8.GetBytes($"{entry.FullName}\n"));
            hash.AppendData(content.ToArray());
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private string Write(Dictionary<string, Tensor> tensors) => Write(tensors.Select(pair => new WeightEntry(pair.Key, pair.Value.dtype, pair.Value.shape)), tensors);

    private string Write(IEnumerable<WeightEntry> entries, Dictionary<string, Tensor> tensors)
    {
        var path = _scratch.File("export.pth");
        using var stream = File.Create(path);
        TorchExport.Write(stream, [.. entries], entry => tensors[entry.Name]);
        return path;
    }
}
