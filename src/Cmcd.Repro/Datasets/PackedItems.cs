using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using Cmcd.Repro.Datasets.Archives;
using Microsoft.Win32.SafeHandles;

namespace Cmcd.Repro.Datasets;

/// <summary>Items of one length in one file: decoded once, read by position, never held in memory as a whole.</summary>
/// <remarks>
/// The items, then five bytes for each: 1 if it is there or 0 if it could not be decoded, and the CRC-32 of its bytes. The file is made under another name, block after
/// block; a making that was stopped goes on behind its last whole block. An item is held against its CRC whenever it is read.
/// </remarks>
internal sealed class PackedItems : IDisposable
{
    private const int Block = 128, RowBytes = 5;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly int _itemBytes;
    private readonly byte[] _table;

    private PackedItems(string path, int count, int itemBytes)
    {
        (_path, Count, _itemBytes) = (path, count, itemBytes);
        _file = File.OpenHandle(path);
        _table = new byte[(long)count * RowBytes];
        RandomAccess.Read(_file, _table, (long)count * itemBytes);
    }

    /// <summary>Items, those that could not be decoded included.</summary>
    public int Count { get; }

    /// <summary>Whether the item could be decoded; one that could not is all zero.</summary>
    public bool IsPresent(int item) => _table[item * RowBytes] == 1;

    /// <summary>CRC-32 of the item: equal items have equal ones, and nearly all others do not.</summary>
    public uint SumOf(int item) => BinaryPrimitives.ReadUInt32LittleEndian(_table.AsSpan((item * RowBytes) + 1));

    /// <summary>Opens the file, made now where it is not there yet.</summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="name">What it holds, such as "sketchy-photos".</param>
    /// <param name="hash">The <see cref="ContentHash"/> of everything that decides the bytes.</param>
    /// <param name="count">Items.</param>
    /// <param name="itemBytes">Length of each.</param>
    /// <param name="decode">An item's bytes, or null where it is missing or broken; called from several threads. What it refuses ends the making and is told as it is.</param>
    /// <param name="progress">Told how many are done, after every block.</param>
    /// <exception cref="DatasetUnavailableException">The folder cannot be written, or another process makes the file at this moment.</exception>
    public static PackedItems Open(string folder, string name, string hash, int count, int itemBytes, Func<int, byte[]?> decode, Action<int>? progress = null)
    {
        var path = Path.Combine(folder, $"{name}-{hash[..16]}.pack");
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length != (long)count * (itemBytes + RowBytes)) Make(path, count, itemBytes, decode, progress);
            return new(path, count, itemBytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetUnavailableException(
                $"The decoded data set {name} cannot be kept in {folder}: {fault.Message} If another run decodes it, wait for that one; else free space there, or choose another folder with --cache=DIR. What was decoded is kept.", fault);
        }
    }

    /// <summary>The bytes of one item.</summary>
    /// <exception cref="DatasetUnavailableException">They were changed since they were written.</exception>
    public void Read(int item, Span<byte> bytes)
    {
        RandomAccess.Read(_file, bytes[.._itemBytes], (long)item * _itemBytes);
        if (Sum(bytes[.._itemBytes]) != SumOf(item))
            throw new DatasetUnavailableException($"{_path}: item {item} no longer has the bytes that were decoded. Delete the file: it is made again from the data set.");
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void Make(string path, int count, int itemBytes, Func<int, byte[]?> decode, Action<int>? progress)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var making = path + ".part";
        using (var items = new FileStream(making, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        using (var table = new FileStream(path + ".table", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var done = (int)Math.Min(count, Math.Min(items.Length / itemBytes, table.Length / RowBytes));
            items.SetLength((long)done * itemBytes);
            table.SetLength((long)done * RowBytes);
            items.Seek(0, SeekOrigin.End);
            table.Seek(0, SeekOrigin.End);
            for (; done < count; progress?.Invoke(done))
            {
                var decoded = new byte[]?[Math.Min(Block, count - done)];
                DecodeAll(decoded, i => decode(done + i));
                foreach (var each in decoded) items.Write(each is null ? new byte[itemBytes] : each.Length == itemBytes ? each : throw Wrong(each.Length));
                items.Flush(flushToDisk: true);
                foreach (var each in decoded) table.Write(Row(each ?? new byte[itemBytes], each is not null));
                table.Flush(flushToDisk: true);
                done += decoded.Length;
            }

            table.Position = 0;
            table.CopyTo(items);
            items.Flush(flushToDisk: true);
        }

        File.Move(making, path, overwrite: true);
        File.Delete(path + ".table");

        InvalidOperationException Wrong(int length) => new($"{path}: items of {itemBytes} bytes were promised, one of {length} was decoded.");
    }

    // A refusal is told as it was thrown: the loop would wrap it, and the user would see a bug.
    private static void DecodeAll(byte[]?[] decoded, Func<int, byte[]?> decode)
    {
        try
        {
            Parallel.For(0, decoded.Length, i => decoded[i] = decode(i));
        }
        catch (AggregateException faults) when (faults.InnerExceptions.OfType<ReproException>().FirstOrDefault() is { } refusal)
        {
            ExceptionDispatchInfo.Throw(refusal);
        }
    }

    private static byte[] Row(byte[] item, bool present)
    {
        var row = new byte[RowBytes];
        row[0] = present ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32LittleEndian(row.AsSpan(1), Sum(item));
        return row;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = default(Crc32);
        sum.Append(bytes);
        return sum.Value;
    }
}
