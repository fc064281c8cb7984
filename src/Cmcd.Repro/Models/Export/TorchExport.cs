using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using static TorchSharp.torch;

namespace Cmcd.Repro.Models.Export;

/// <summary>Writes named tensors as a .pth file that torch.load reads, weights_only=True included.</summary>
/// <remarks>
/// Source: PyTorch's notes on serialization. A zip of stored entries: archive/data.pkl (protocol 2, an OrderedDict of tensors),
/// archive/data/N (each tensor's elements, row-major), archive/byteorder, archive/version.
/// </remarks>
public static class TorchExport
{
    private const string Folder = "archive/";
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);   // equal content gives equal bytes

    /// <summary>Writes the tensors in the given order, each fetched when its turn comes.</summary>
    /// <param name="stream">Written from its position on; seekable; not closed.</param>
    /// <param name="tensors">What will be written; names are unique; each below 2 GiB.</param>
    /// <param name="fetch">Gives the values, of the entry's type and shape, any memory order or device. What it makes is freed once written.</param>
    /// <exception cref="ArgumentException">A tensor has a type that is not written, or is too large.</exception>
    public static void Write(Stream stream, IReadOnlyList<WeightEntry> tensors, Func<WeightEntry, Tensor> fetch)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(fetch);
        var pickle = Pickle(tensors);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "data.pkl", pickle);
        Add(zip, "byteorder", "little"u8);
        for (var place = 0; place < tensors.Count; place++)
        {
            using var scope = NewDisposeScope();
            using var entry = Open(zip, $"data/{place}");
            RawBytes.Use(fetch(tensors[place]), entry.Write);
        }

        Add(zip, "version", "3\n"u8);
    }

    private static byte[] Pickle(IReadOnlyList<WeightEntry> tensors)
    {
        using var bytes = new MemoryStream();
        bytes.Write([0x80, 2]);
        Global("collections", "OrderedDict");
        bytes.Write(")R("u8);   // called without arguments; then the mark before its items
        for (var place = 0; place < tensors.Count; place++)
        {
            var (name, type, shape) = (tensors[place].Name, tensors[place].Type, tensors[place].Shape);
            if (tensors[place].Bytes > int.MaxValue) throw new ArgumentException($"{tensors[place]} cannot be written: at most {int.MaxValue} bytes.", nameof(tensors));
            Text(name);
            Global("torch._utils", "_rebuild_tensor_v2");
            bytes.WriteByte((byte)'(');

            bytes.WriteByte((byte)'(');
            Text("storage");
            Global("torch", StorageOf(tensors[place]));
            Text($"{place}");
            Text("cpu");
            Number(tensors[place].Elements);
            bytes.Write("tQ"u8);   // this tuple names the storage

            Number(0);
            Numbers(shape);
            Numbers([.. shape.Select((_, axis) => shape.Skip(axis + 1).Aggregate(1L, (product, size) => product * Math.Max(size, 1)))]);
            bytes.WriteByte(0x89);   // takes no gradients
            Global("collections", "OrderedDict");
            bytes.Write(")RtR"u8);   // no hooks; rebuilt from all of this
        }

        bytes.Write("u."u8);
        return bytes.ToArray();

        void Global(string module, string name) => bytes.Write(Encoding.UTF8.GetBytes($"c{module}\n{name}\n"));

        void Text(string text)
        {
            var content = Encoding.UTF8.GetBytes(text);
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
            bytes.WriteByte((byte)'X');
            bytes.Write(length);
            bytes.Write(content);
        }

        void Number(long number)
        {
            Span<byte> content = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(content, checked((int)number));
            bytes.WriteByte((byte)'J');
            bytes.Write(content);
        }

        void Numbers(long[] numbers)
        {
            bytes.WriteByte((byte)'(');
            foreach (var number in numbers) Number(number);
            bytes.WriteByte((byte)'t');
        }
    }

    private static string StorageOf(WeightEntry tensor) => tensor.Type switch
    {
        ScalarType.Float32 => "FloatStorage",
        ScalarType.Float64 => "DoubleStorage",
        ScalarType.Float16 => "HalfStorage",
        ScalarType.BFloat16 => "BFloat16Storage",
        ScalarType.Int64 => "LongStorage",
        ScalarType.Int32 => "IntStorage",
        _ => throw new ArgumentException($"{tensor} cannot be written. Types: Float32, Float64, Float16, BFloat16, Int64, Int32.", nameof(tensor)),
    };

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> content)
    {
        using var entry = Open(zip, name);
        entry.Write(content);
    }

    private static Stream Open(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(Folder + name, CompressionLevel.NoCompression);   // stored
        entry.LastWriteTime = Earliest;
        return entry.Open();
    }
}
