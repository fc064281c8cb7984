using System.Buffers.Binary;
using System.Text;
using Cmcd.Repro.Models;
using static TorchSharp.torch;
using Encoder = Cmcd.Repro.Models.Encoder;

namespace Cmcd.Repro.Tests.Models;

public class SafetensorsTests
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Float32, ScalarType.Float64, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32, ScalarType.Byte, ScalarType.Bool,
    ];

    [Fact]
    public void Every_type_and_empty_and_scalar_shapes_come_back()
    {
        using var scope = NewDisposeScope();
        var tensors = Types.ToDictionary(type => $"t.{type}", type => tensor([0f, 1f, 2f, 3f, 250f, 0f], [2, 3]).to(type));
        tensors["scalar"] = tensor(7L);
        tensors["empty"] = zeros(0, 3);
        tensors["größe"] = ones(1);
        using var content = RoundTrip(tensors, new Dictionary<string, string> { ["format"] = "pt", ["a"] = "\"é\"" });

        Assert.Equal(tensors.Keys.Order(), content.Tensors.Keys.Order());
        Assert.Equal("pt", content.Metadata["format"]);
        Assert.Equal("\"é\"", content.Metadata["a"]);
        foreach (var (name, expected) in tensors)
        {
            Assert.Equal(expected.dtype, content.Tensors[name].dtype);
            Assert.Equal(expected.shape, content.Tensors[name].shape);
            Assert.Equal(FormulaWeights.Values(expected), FormulaWeights.Values(content.Tensors[name]));
        }
    }

    [Fact]
    public void Channels_last_weights_come_back_in_row_major_order()
    {
        using var scope = NewDisposeScope();
        using var encoder = new Encoder(new EncoderOptions(Architecture.ResNet18, 4, Stem.Small), seed: 1);
        using var other = new Encoder(encoder.Options, seed: 2);
        using var content = RoundTrip(encoder.state_dict());

        Assert.True(content.Tensors["conv1.weight"].is_contiguous());
        StateDict.CopyInto(other, content.Tensors);
        Assert.Equal(StateDict.Hash(encoder), StateDict.Hash(other));
    }

    /// <summary>The bytes of the format's description, written out by hand.</summary>
    [Fact]
    public void Bytes_are_aligned_sorted_and_the_same_for_any_order_of_insertion()
    {
        using var scope = NewDisposeScope();
        var (b, a, wide) = (tensor([1f, 2f]), tensor([3f]), tensor([5L]));
        var first = Bytes(new Dictionary<string, Tensor> { ["b"] = b, ["wide"] = wide, ["a"] = a }, new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });
        var second = Bytes(new Dictionary<string, Tensor> { ["a"] = a, ["b"] = b, ["wide"] = wide }, new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" });

        const string header =
            """{"__metadata__":{"x":"1","y":"2"},"wide":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"a":"""
            + """{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"b":{"dtype":"F32","shape":[2],"data_offsets":[12,20]}}""";
        Assert.Equal(first, second);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(first);
        Assert.Equal(0, length % 8);
        Assert.Equal(header.PadRight(length), Encoding.UTF8.GetString(first, 8, length));
        Assert.Equal([5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40], first[(8 + length)..]);
    }

    [Theory]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "7 bytes of data follow the header, which describes 8: the file is cut short")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "9 bytes of data follow the header, which describes 8: the file is too long")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "tensor t starts at byte 4 of the data, expected 0: a hole")]
    [InlineData("""{"t":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"u":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "tensor u starts at byte 1 of the data, expected 2: an overlap")]
    [InlineData("""{"t":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "tensor t of F32 [3] needs 12 bytes, but its data_offsets [0,8] hold 8")]
    [InlineData("""{"t":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "tensor t of F32 [4294967296,4294967296,4294967296] needs")]
    [InlineData("""{"t":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8, "tensor t has dtype F8_E4M3. Known dtypes: F64, I64, F32")]
    [InlineData("""{"t":{"dtype":"U8","shape":[-1],"data_offsets":[0,8]}}""", 8, "tensor t: shape is [-1], expected a list of whole numbers")]
    [InlineData("""{"t":{"dtype":"U8","shape":[8],"data_offsets":[0]}}""", 8, "tensor t has data_offsets [0], expected [begin, end]")]
    [InlineData("""{"t":{"dtype":"U8","shape":[8],"data_offsets":[8,0]}}""", 8, "tensor t has data_offsets [8,0], expected [begin, end]")]
    [InlineData("""{"t":{"dtype":"U8","shape":[8]}}""", 8, "tensor t must have dtype, shape and data_offsets and nothing else")]
    [InlineData("""{"t":{"dtype":"U8","shape":[8],"data_offsets":[0,8],"stride":1}}""", 8, "nothing else, found")]
    [InlineData("""{"t":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"t":{"dtype":"U8","shape":[0],"data_offsets":[8,8]}}""", 8, "the header names t twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "__metadata__ must map text to text, found {\"a\":1}")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "__metadata__ names a twice")]
    [InlineData("""{"t":""", 0, "the header is not JSON text")]
    [InlineData("""{"\ud800":{}}""", 0, "the header is not JSON text")]
    [InlineData("""[1]""", 0, "the header does not start with '{'")]
    [InlineData("", 0, "the header does not start with '{'")]
    public void File_that_breaks_a_rule_is_refused_and_the_message_says_which(string header, int dataBytes, string message)
    {
        var before = Tensor.TotalCount;
        var fault = Assert.Throws<ReproException>(() => Safetensors.Read(File(Encoding.UTF8.GetBytes(header), header.Length, dataBytes)));

        Assert.StartsWith("safetensors stream", fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, Tensor.TotalCount);   // refused before memory is taken
    }

    [Theory]
    [InlineData(100_000_001L, "the header's length is 100000001, allowed are 100000000")]
    [InlineData(-1L, "the header's length is 18446744073709551615")]
    [InlineData(3L, "the header's length is 3, allowed are 100000000 and what follows, 2 bytes")]
    public void Impossible_header_length_is_refused_with_the_limit(long length, string message) =>
        Assert.Contains(message, Assert.Throws<ReproException>(() => Safetensors.Read(File("{}"u8.ToArray(), length, 0))).Message, StringComparison.Ordinal);

    [Fact]
    public void Stub_of_a_file_is_refused_with_its_size() =>
        Assert.Contains("has 3 bytes, expected at least 8", Assert.Throws<ReproException>(() => Safetensors.Read(new MemoryStream([1, 2, 3]))).Message, StringComparison.Ordinal);

    [Fact]
    public void Tensors_that_the_format_cannot_carry_are_refused_by_name()
    {
        using var scope = NewDisposeScope();
        var complex = new Dictionary<string, Tensor> { ["c"] = zeros(1, dtype: ScalarType.ComplexFloat32) };
        var reserved = new Dictionary<string, Tensor> { ["__metadata__"] = zeros(1) };

        Assert.Contains("Tensor c of ComplexFloat32", Assert.Throws<ArgumentException>(() => Bytes(complex)).Message);
        Assert.Contains("Tensor __metadata__", Assert.Throws<ArgumentException>(() => Bytes(reserved)).Message);
    }

    [Fact]
    public void Reading_inside_a_scope_hands_the_tensors_to_the_content_alone()
    {
        using var stream = new MemoryStream();
        using (var value = ones(2)) Safetensors.Write(stream, new Dictionary<string, Tensor> { ["t"] = value });
        stream.Position = 0;
        var before = Tensor.TotalCount;

        SafetensorsContent content;
        using (NewDisposeScope()) content = Safetensors.Read(stream);
        Assert.Equal([1, 1], FormulaWeights.Values(content.Tensors["t"]));
        content.Dispose();

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static MemoryStream File(byte[] header, long length, int dataBytes)
    {
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, length);
        return new MemoryStream([.. prefix, .. header, .. new byte[dataBytes]]);
    }

    private static byte[] Bytes(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    private static SafetensorsContent RoundTrip(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        Safetensors.Read(new MemoryStream(Bytes(tensors, metadata)));
}
