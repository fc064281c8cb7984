using static TorchSharp.torch;

namespace Cmcd.Repro.Models.Import.TensorFlow;

/// <summary>Where one tensor of a checkpoint lies: TensorFlow's BundleEntryProto.</summary>
/// <param name="Type">Of its elements; null for one that is no number, as strings.</param>
/// <param name="TypeCode">TensorFlow's number for it.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Shard">Number of the data file.</param>
/// <param name="Offset">First byte in the data file.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Crc">Masked CRC-32C of the bytes.</param>
/// <param name="Sliced">The variable is split over other entries; then place and sum mean nothing.</param>
/// <remarks>Source: tensorflow/core/protobuf/tensor_bundle.proto and core/framework/tensor_shape.proto, types.proto. Fields that are 0 are absent.</remarks>
internal sealed record TensorPlace(ScalarType? Type, int TypeCode, long[] Shape, int Shard, long Offset, long Size, uint Crc, bool Sliced)
{
    /// <exception cref="InvalidDataException">The bytes are no such message.</exception>
    public static TensorPlace Parse(ReadOnlySpan<byte> message)
    {
        var entry = new TensorPlace(null, 0, [], 0, 0, 0, 0, false);
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            entry = fields.Field switch
            {
                1 => entry with { TypeCode = (int)fields.Number, Type = TypeOf((int)fields.Number) },
                2 => entry with { Shape = Sizes(fields.Bytes) },
                3 => entry with { Shard = (int)fields.Number },
                4 => entry with { Offset = (long)fields.Number },
                5 => entry with { Size = (long)fields.Number },
                6 => entry with { Crc = (uint)fields.Number },
                7 => entry with { Sliced = true },
                _ => entry,   // added by a later TensorFlow
            };
        }

        return entry;
    }

    private static long[] Sizes(ReadOnlySpan<byte> message)
    {
        var sizes = new List<long>();
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            if (fields.Field != 2) continue;
            var size = 0L;
            var dimension = new ProtobufFields(fields.Bytes);
            while (dimension.Next())
                if (dimension.Field == 1) size = (long)dimension.Number;
            sizes.Add(size >= 0 ? size : throw new InvalidDataException($"a dimension has the size {size}"));
        }

        return [.. sizes];
    }

    private static ScalarType? TypeOf(int code) => code switch
    {
        1 => ScalarType.Float32,
        2 => ScalarType.Float64,
        3 => ScalarType.Int32,
        4 => ScalarType.Byte,
        5 => ScalarType.Int16,
        6 => ScalarType.Int8,
        9 => ScalarType.Int64,
        10 => ScalarType.Bool,
        14 => ScalarType.BFloat16,
        19 => ScalarType.Float16,
        _ => null,
    };
}
