using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Cmcd.Repro.Datasets.Formats;

/// <summary>Reads MAT v5 files (MATLAB's save -v6 and -v7): real numeric arrays, char, cell and struct arrays, compressed or not.</summary>
/// <remarks>
/// 128 bytes of header, then one element for each variable. Other classes (sparse, object, function handle) and complex numbers are told as
/// <see cref="MatOther"/>. Whole numbers above 2^53 lose their last digits. Source: MathWorks, "MAT-File Format".
/// </remarks>
internal static class Mat5Reader
{
    private const int DeepestNesting = 16;
    private const int MostInflated = 64 << 20;   // the largest file read here holds a few ten thousand bytes

    private const int Cell = 1, Struct = 2, Object = 3, Char = 4, Sparse = 5, Double = 6, UInt64 = 15, FunctionHandle = 16, Opaque = 17;
    private const byte IsComplex = 0x08;

    /// <param name="file">The whole file.</param>
    /// <param name="name">Named in messages.</param>
    /// <exception cref="DatasetUnavailableException">No MAT v5 file, cut off, or with parts that contradict each other.</exception>
    public static Mat5File Read(byte[] file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        MatHeader.RequireVersion5(file, name);
        var variables = new Dictionary<string, MatValue>(StringComparer.Ordinal);
        var cursor = new Mat5Cursor(file.AsSpan(MatHeader.Bytes), name);
        while (!cursor.AtEnd)
        {
            var data = cursor.Next(out var type);
            if (type == Mat5Type.Compressed) data = new Mat5Cursor(Inflate(data, name), name).Next(out type);
            if (type != Mat5Type.Matrix) throw Broken(name, $"a variable is an element of type {type}; due is {Mat5Type.Matrix}");
            var (variable, value) = Array(data, name, 0);
            variables[variable] = value;
        }

        return new(name, variables);
    }

    private static byte[] Inflate(ReadOnlySpan<byte> packed, string name)
    {
        const int TagBytes = 8;
        try
        {
            using var unpacker = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            var tag = new byte[TagBytes];
            if (unpacker.ReadAtLeast(tag, TagBytes, throwOnEndOfStream: false) < TagBytes) throw new InvalidDataException("It is shorter than a tag.");
            var length = BinaryPrimitives.ReadUInt32LittleEndian(tag.AsSpan(4));
            if (length > MostInflated) throw new InvalidDataException($"It says it holds {length:N0} bytes; allowed are {MostInflated:N0}.");

            var whole = new byte[TagBytes + (int)length];
            tag.CopyTo(whole, 0);
            if (unpacker.ReadAtLeast(whole.AsSpan(TagBytes), (int)length, throwOnEndOfStream: false) < length) throw new InvalidDataException("Its end is missing.");
            return whole;
        }
        catch (InvalidDataException fault)
        {
            throw new DatasetUnavailableException($"{name}: a compressed variable cannot be unpacked: {fault.Message} {MatHeader.Remedy(name)}", fault);
        }
    }

    private static (string Name, MatValue Value) Array(ReadOnlySpan<byte> data, string name, int depth)
    {
        if (depth > DeepestNesting) throw Broken(name, $"arrays lie {depth} deep in each other; allowed are {DeepestNesting}");
        if (data.IsEmpty) return ("", new MatNumbers([0, 0], []));   // an empty cell

        var cursor = new Mat5Cursor(data, name);
        var flags = cursor.Next(Mat5Type.UInt32);
        if (flags.Length < 8) throw Broken(name, $"the flags of an array have {flags.Length} bytes; due are 8");
        var (kind, isComplex) = ((int)flags[0], (flags[1] & IsComplex) != 0);
        if (kind == Opaque) return (NameOf(ref cursor), new MatOther([0, 0], "opaque"));   // it has no dimensions

        var shape = Shape(cursor.Next(Mat5Type.Int32), name, out var count);
        var variable = NameOf(ref cursor);
        MatValue value = kind switch
        {
            Cell => new MatCells(shape, Values(ref cursor, count, name, depth)),
            Struct => Fields(ref cursor, shape, count, name, depth),
            Char => new MatText(shape, Text(ref cursor, variable, count, name)),
            >= Double and <= UInt64 when isComplex => new MatOther(shape, "complex"),
            >= Double and <= UInt64 => new MatNumbers(shape, Numbers(ref cursor, variable, count, name)),
            Sparse => new MatOther(shape, "sparse"),
            Object => new MatOther(shape, "object"),
            FunctionHandle => new MatOther(shape, "function handle"),
            _ => throw Broken(name, $"{variable} is of class {kind}; known are 1 to {Opaque}"),
        };
        return (variable, value);
    }

    private static int[] Shape(ReadOnlySpan<byte> data, string name, out int count)
    {
        var shape = new int[data.Length / 4];
        for (var i = 0; i < shape.Length; i++) shape[i] = BinaryPrimitives.ReadInt32LittleEndian(data[(4 * i)..]);
        var product = shape.Any(size => size < 0) ? -1 : shape.Aggregate(Int128.One, (whole, size) => Int128.Min(whole * size, long.MaxValue));
        if (shape.Length < 2 || product < 0 || product > MostInflated) throw Broken(name, $"an array has the dimensions [{string.Join(", ", shape)}]");
        count = (int)product;
        return shape;
    }

    private static string NameOf(ref Mat5Cursor cursor) => Encoding.Latin1.GetString(cursor.Next(Mat5Type.Int8));

    private static double[] Numbers(ref Mat5Cursor cursor, string variable, int count, string name)
    {
        var data = cursor.Next(out var type);
        var numbers = Mat5Data.Numbers(type, data) ?? throw Broken(name, $"{variable} is stored as {data.Length} bytes of {type}, which are no numbers");
        return numbers.Length == count ? numbers : throw Broken(name, $"{variable} has {numbers.Length} values; its dimensions give {count}");
    }

    private static string Text(ref Mat5Cursor cursor, string variable, int count, string name)
    {
        var data = cursor.Next(out var type);
        var text = Mat5Data.Text(type, data) ?? throw Broken(name, $"{variable} is stored as {type}, which is no text");
        return text.Length == count ? text : throw Broken(name, $"{variable} has {text.Length} characters; its dimensions give {count}");
    }

    private static List<MatValue> Values(ref Mat5Cursor cursor, int count, string name, int depth)
    {
        var values = new List<MatValue>();
        for (var i = 0; i < count; i++) values.Add(Array(cursor.Next(Mat5Type.Matrix), name, depth + 1).Value);
        return values;
    }

    private static MatStruct Fields(ref Mat5Cursor cursor, int[] shape, int count, string name, int depth)
    {
        var length = cursor.Next(Mat5Type.Int32);
        var width = length.Length == 4 ? BinaryPrimitives.ReadInt32LittleEndian(length) : 0;
        var names = cursor.Next(Mat5Type.Int8);
        if (width <= 0 || names.Length % width != 0) throw Broken(name, $"the field names of a struct are {names.Length} bytes in pieces of {width}");

        var fields = new Dictionary<string, IReadOnlyList<MatValue>>(StringComparer.Ordinal);
        var columns = new List<List<MatValue>>();
        for (var at = 0; at < names.Length; at += width)
        {
            columns.Add([]);
            fields[Encoding.Latin1.GetString(names.Slice(at, width)).TrimEnd('\0')] = columns[^1];
        }

        for (var element = 0; element < count; element++)
            foreach (var column in columns) column.Add(Array(cursor.Next(Mat5Type.Matrix), name, depth + 1).Value);
        return new(shape, fields);
    }

    private static DatasetUnavailableException Broken(string name, string what) => new($"{name}: {what}. {MatHeader.Remedy(name)}");
}
