using System.Buffers.Binary;
using System.IO.Compression;

namespace Cmcd.Repro.Datasets.Formats;

/// <summary>Reads gzipped idx files of unsigned bytes with one or three dimensions (labels, images): the format of MNIST.</summary>
/// <remarks>Two zero bytes, 0x08 for ubyte, the number of dimensions, each dimension as big-endian uint32, then exactly as many values.</remarks>
public static class IdxReader
{
    private const byte UnsignedByte = 0x08;

    /// <param name="gzip">The whole gzip file.</param>
    /// <param name="name">Named in messages.</param>
    /// <exception cref="DatasetUnavailableException">Not gzip, cut off, another magic, or more or fewer values than the header says.</exception>
    public static IdxArray Read(byte[] gzip, string name)
    {
        ArgumentNullException.ThrowIfNull(gzip);
        var bytes = Unpack(gzip, name);
        if (bytes.Length < 4 || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != UnsignedByte || bytes[3] is not (1 or 3))
        {
            var magic = Convert.ToHexString(bytes.AsSpan(0, Math.Min(4, bytes.Length)));
            throw new DatasetUnavailableException($"{name}: an idx file of bytes starts with 00000801 or 00000803, found {magic}.");
        }

        var header = 4 + (4 * bytes[3]);
        if (bytes.Length < header)
            throw new DatasetUnavailableException($"{name}: the idx header needs {header} bytes, the file has {bytes.Length}.");

        var sizes = Enumerable.Range(0, bytes[3]).Select(i => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 + (4 * i)))).ToArray();
        var expected = sizes.Aggregate(UInt128.One, (product, size) => product * size);
        if (expected != (UInt128)(bytes.Length - header))
        {
            throw new DatasetUnavailableException(
                $"{name}: the idx header says {string.Join(" x ", sizes)} = {expected} values, the file has {bytes.Length - header}.");
        }

        return new([.. sizes.Select(size => (int)size)], bytes[header..]);
    }

    private static byte[] Unpack(byte[] gzip, string name)
    {
        try
        {
            using var unpacked = new MemoryStream();
            using var unpacker = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
            unpacker.CopyTo(unpacked);

            // GZipStream takes a cut for the end; the length in gzip's last four bytes does not.
            if (gzip.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(gzip.AsSpan(gzip.Length - 4)) != (uint)unpacked.Length)
                throw new InvalidDataException("The end is missing.");
            return unpacked.ToArray();
        }
        catch (InvalidDataException fault)
        {
            throw new DatasetUnavailableException($"{name}: not a whole gzip file ({fault.Message})", fault);
        }
    }
}
