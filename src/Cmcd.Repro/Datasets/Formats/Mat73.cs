using System.Buffers.Binary;
using PureHDF;
using PureHDF.VOL.Native;

namespace Cmcd.Repro.Datasets.Formats;

/// <summary>A MAT file of version 7.3: HDF5 behind a block of 512 bytes. Arrays are read item by item, so that a file may be larger than the memory.</summary>
/// <remarks>
/// HDF5 lists dimensions in the reverse of MATLAB's order: an array of 480 x 640 x 3 x 1449 is [1449, 3, 640, 480] here, and the last index is MATLAB's first.
/// A cell array holds references to arrays elsewhere in the file. May be used by several threads; they wait for each other.
/// </remarks>
internal sealed class Mat73 : IDisposable
{
    private const int BlockBytes = 512;

    private readonly NativeFile _file;
    private readonly string _name;
    private readonly Lock _gate = new();

    private Mat73(NativeFile file, string name) => (_file, _name) = (file, name);

    /// <exception cref="DatasetUnavailableException">It cannot be opened, is cut off, or is no MAT file of version 7.3.</exception>
    public static Mat73 Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = Path.GetFileName(path);
        return Guard(name, "the file", () =>
        {
            RequireWhole(path, name);
            return new Mat73(H5File.OpenRead(path), name);
        });
    }

    /// <summary>An array of numbers, to be read item by item.</summary>
    /// <param name="variable">As in "depths".</param>
    /// <exception cref="DatasetUnavailableException">There is none of that name, or it holds no numbers.</exception>
    public Mat73Items Items(string variable) => Guard(_name, variable, () =>
    {
        var data = Find(variable);
        return (data.Type.Class, data.Type.Size, data.Type.Class == H5DataTypeClass.FixedPoint && data.Type.FixedPoint.IsSigned) switch
        {
            (H5DataTypeClass.FixedPoint, 1, false) => new Mat73Items<byte>(data, _name, variable, _gate),
            (H5DataTypeClass.FixedPoint, 2, false) => new Mat73Items<ushort>(data, _name, variable, _gate),
            (H5DataTypeClass.FixedPoint, 2, true) => new Mat73Items<short>(data, _name, variable, _gate),
            (H5DataTypeClass.FixedPoint, 4, true) => new Mat73Items<int>(data, _name, variable, _gate),
            (H5DataTypeClass.FloatingPoint, 4, _) => new Mat73Items<float>(data, _name, variable, _gate),
            (H5DataTypeClass.FloatingPoint, 8, _) => (Mat73Items)new Mat73Items<double>(data, _name, variable, _gate),
            var (kind, size, _) => throw Refused(_name, $"{variable} holds {kind} of {size} bytes; due are numbers"),
        };
    });

    /// <summary>The texts of a cell array, in MATLAB's order.</summary>
    /// <exception cref="DatasetUnavailableException">There is none of that name, or it holds something else.</exception>
    public IReadOnlyList<string> Texts(string variable) => Guard(_name, variable, () =>
    {
        lock (_gate)
        {
            var cells = Find(variable);
            if (cells.Type.Class != H5DataTypeClass.Reference) throw Refused(_name, $"{variable} holds {cells.Type.Class}; due is a cell array of texts");
            return cells.Read<NativeObjectReference1[]>().Select(cell => TextOf(_file.Get(cell), variable)).ToArray();
        }
    });

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>What the library says about a damaged file, as one message with the file and what to do.</summary>
    internal static T Guard<T>(string name, string part, Func<T> read)
    {
        try
        {
            return read();
        }
        // A damaged HDF5 file makes the library fail in any way there is: wrong index, wrong cast, end of stream, deflate.
        catch (Exception fault) when (fault is not (DatasetUnavailableException or OutOfMemoryException))
        {
            throw new DatasetUnavailableException($"{name}: {part} cannot be read: {fault.Message} {MatHeader.Remedy(name)}", fault);
        }
    }

    internal static DatasetUnavailableException Refused(string name, string what) => new($"{name}: {what}. {MatHeader.Remedy(name)}");

    private NativeDataset Find(string variable)
    {
        if (!_file.LinkExists(variable))
            throw Refused(_name, $"there is no {variable}. It has: {string.Join(", ", _file.Children().Select(child => child.Name).Where(child => child[0] != '#').Order(StringComparer.Ordinal))}");
        return _file.Get(variable) as NativeDataset ?? throw Refused(_name, $"{variable} is a group; due is an array");
    }

    private string TextOf(IH5Object cell, string variable)
    {
        if (cell is NativeDataset empty && empty.AttributeExists("MATLAB_empty")) return "";   // its data are the dimensions
        if (cell is not NativeDataset { Type: { Class: H5DataTypeClass.FixedPoint, Size: 2 } } text) throw Refused(_name, $"a cell of {variable} holds no text");
        return new(Array.ConvertAll(text.Read<ushort[]>(), letter => (char)letter));
    }

    /// <summary>The superblock behind MATLAB's block says how long the file is: a cut is told before gigabytes are read.</summary>
    private static void RequireWhole(string path, string name)
    {
        using var file = File.OpenHandle(path);
        var start = new byte[BlockBytes + 64];
        var read = RandomAccess.Read(file, start, 0);
        MatHeader.RequireVersion73(start.AsSpan(0, read), name);
        var block = start.AsSpan(BlockBytes);
        if (read < start.Length || !((ReadOnlySpan<byte>)block).StartsWith(MatHeader.Hdf5)) throw Refused(name, $"there is no HDF5 behind MATLAB's block of {BlockBytes} bytes");

        var end = BinaryPrimitives.ReadInt64LittleEndian(block[(block[8] < 2 ? 40 : 28)..]);   // of versions 0 and 1, or 2 and 3
        var length = RandomAccess.GetLength(file);
        if (length < end) throw Refused(name, $"it is cut off: {length:N0} bytes of {end:N0}");
    }
}
