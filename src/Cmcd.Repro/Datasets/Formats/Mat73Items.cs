using System.Numerics;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Cmcd.Repro.Datasets.Formats;

/// <summary>An array of a <see cref="Mat73"/> file whose first HDF5 dimension counts items.</summary>
internal abstract class Mat73Items
{
    /// <summary>HDF5's dimensions, items first.</summary>
    public abstract IReadOnlyList<int> Shape { get; }

    /// <summary>One item, last HDF5 dimension fastest. Numbers above 2^24 are rounded.</summary>
    /// <param name="item">From 0.</param>
    /// <exception cref="DatasetUnavailableException">It cannot be read or unpacked.</exception>
    public abstract float[] Read(int item);
}

/// <summary>Items stored as numbers of type <typeparamref name="T"/>.</summary>
internal sealed class Mat73Items<T> : Mat73Items where T : unmanaged, INumberBase<T>
{
    /// <summary>Unpacked chunks that are kept where chunks reach over several items, in bytes: threads that unpack a set stand at several places of it.</summary>
    private const long Kept = 256 << 20;

    private readonly NativeDataset _data;
    private readonly string _name, _variable;
    private readonly Lock _gate;
    private readonly ulong[] _size;
    private readonly T[] _item;
    private readonly H5DatasetAccess _access;

    public Mat73Items(NativeDataset data, string name, string variable, Lock gate)
    {
        (_data, _name, _variable, _gate) = (data, name, variable, gate);
        _size = data.Space.Dimensions;
        if (_size.Length == 0 || _size[1..].Aggregate((UInt128)1, (product, length) => product * length) > (UInt128)Array.MaxLength / 8)
            throw Mat73.Refused(name, $"{variable} is [{string.Join(", ", _size)}]; due are items");

        Shape = Array.ConvertAll(_size, length => checked((int)length));
        _item = new T[_size[1..].Aggregate(1UL, (product, length) => product * length)];
        _access = new(ChunkCache: new ChunksKept(BytesToKeep()));
    }

    public override IReadOnlyList<int> Shape { get; }

    public override float[] Read(int item)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(item, Shape[0]);
        return Mat73.Guard(_name, $"item {item} of {_variable}", () =>
        {
            ulong[] from = [(ulong)item, .. new ulong[_size.Length - 1]], block = [1, .. _size[1..]];
            lock (_gate)
            {
                _data.Read(_access, _item.AsSpan(), new HyperslabSelection(_size.Length, from, block));
                return Array.ConvertAll(_item, float.CreateTruncating);
            }
        });
    }

    /// <summary>At least all chunks that one item lies in: with fewer, a chunk would be unpacked again for every row.</summary>
    private unsafe long BytesToKeep()
    {
        var chunk = _data.Layout.Chunks;
        if (chunk is null || chunk.Length != _size.Length) return 0;
        var behind = (UInt128)chunk[0] * (uint)sizeof(T);
        for (var i = 1; i < chunk.Length; i++) behind *= (_size[i] + chunk[i] - 1) / chunk[i] * chunk[i];
        if (behind > (UInt128)Array.MaxLength)
            throw Mat73.Refused(_name, $"{_variable} is stored in pieces of [{string.Join(", ", chunk)}], so that one item takes {behind:N0} bytes to unpack; allowed are {Array.MaxLength:N0}");
        return chunk[0] == 1 ? (long)behind : Math.Max(Kept, (long)behind);
    }

    /// <summary>Chunks as they were unpacked; the one unused for longest goes first.</summary>
    private sealed class ChunksKept(long most) : IReadingChunkCache
    {
        private readonly Dictionary<ulong, LinkedListNode<(ulong Index, Memory<byte> Bytes)>> _places = [];
        private readonly LinkedList<(ulong Index, Memory<byte> Bytes)> _byUse = new();
        private long _bytes;

        public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkReader)
        {
            if (_places.TryGetValue(chunkIndex, out var place))
            {
                _byUse.Remove(place);
                _byUse.AddLast(place);
                return place.Value.Bytes;
            }

            var bytes = chunkReader();
            _places[chunkIndex] = _byUse.AddLast((chunkIndex, bytes));
            _bytes += bytes.Length;
            for (; _bytes > most && _byUse.Count > 1; _byUse.RemoveFirst())
            {
                _bytes -= _byUse.First!.Value.Bytes.Length;
                _places.Remove(_byUse.First.Value.Index);
            }

            return bytes;
        }
    }
}
