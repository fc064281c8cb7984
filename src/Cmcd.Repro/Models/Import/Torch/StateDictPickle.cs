using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Cmcd.Repro.Models.Import.Torch;

/// <summary>Reads the part of Python's pickle language in which PyTorch writes state dicts, as data: no name is looked up, nothing is called.</summary>
/// <remarks>
/// Source: Python's pickletools (protocol 2) and torch/_weights_only_unpickler.py. Values are string, long, BigInteger, double, bool, null,
/// object[] (tuple), List (list), <see cref="PickleDict"/>, <see cref="TorchStorage"/> and <see cref="TorchTensor"/>.
/// </remarks>
internal sealed class StateDictPickle
{
    private const string OrderedDict = "collections.OrderedDict";
    private const string RebuildTensor = "torch._utils._rebuild_tensor";
    private const string RebuildTensorV2 = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";
    private const string Size = "torch.Size";
    private static readonly string[] Allowed = [OrderedDict, RebuildTensor, RebuildTensorV2, RebuildParameter, Size];

    private readonly Stream _stream;
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];

    private readonly Dictionary<string, TorchStorage> _storages;

    private StateDictPickle(Stream stream, Dictionary<string, TorchStorage> storages) => (_stream, _storages) = (stream, storages);

    /// <summary>Reads one pickle; the stream is left behind its end.</summary>
    /// <param name="stream">Seekable.</param>
    /// <param name="storages">Takes the storages that tensors refer to, by key.</param>
    /// <exception cref="InvalidDataException">It is cut or damaged, uses another part of the language, or asks for a name that no state dict needs.</exception>
    public static object? Read(Stream stream, Dictionary<string, TorchStorage> storages)
    {
        try
        {
            return new StateDictPickle(stream, storages).Run();
        }
        catch (EndOfStreamException fault)
        {
            throw new InvalidDataException("its pickle is cut short", fault);
        }
    }

    private object? Run()
    {
        while (true)
        {
            var opcode = Byte();
            switch (opcode)
            {
                case 0x80: if (Byte() is not 2 and var protocol) throw new InvalidDataException($"its pickle has protocol {protocol}; torch.save writes 2 unless told otherwise"); break;
                case (byte)'.': return Pop();

                case (byte)'N': _stack.Add(null); break;
                case 0x88: _stack.Add(true); break;
                case 0x89: _stack.Add(false); break;
                case (byte)'J': _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); break;
                case (byte)'K': _stack.Add((long)Byte()); break;
                case (byte)'M': _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); break;
                case 0x8A: _stack.Add(Long(Bytes(Byte()))); break;
                case (byte)'G': _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); break;
                case (byte)'X': _stack.Add(Encoding.UTF8.GetString(Bytes(Number()))); break;

                case (byte)'(': _marks.Push(_stack.Count); break;
                case (byte)')': _stack.Add(Array.Empty<object?>()); break;
                case 0x85: Tuple(1); break;
                case 0x86: Tuple(2); break;
                case 0x87: Tuple(3); break;
                case (byte)'t': _stack.Add(ToMark()); break;
                case (byte)']': _stack.Add(new List<object?>()); break;
                case (byte)'a': var item = Pop(); Top<List<object?>>().Add(item); break;
                case (byte)'e': var items = ToMark(); Top<List<object?>>().AddRange(items); break;
                case (byte)'}': _stack.Add(new PickleDict()); break;
                case (byte)'s': Tuple(2); Put((object?[])Pop()!); break;
                case (byte)'u': Put(ToMark()); break;

                case (byte)'q': _memo[Byte()] = Top(); break;
                case (byte)'r': _memo[Number()] = Top(); break;
                case (byte)'h': _stack.Add(Recall(Byte())); break;
                case (byte)'j': _stack.Add(Recall(Number())); break;

                case (byte)'c': _stack.Add(Global()); break;
                case (byte)'Q': _stack.Add(Storage(TorchStorage.Of(Pop()))); break;
                case (byte)'R': Tuple(2); _stack.Add(Reduce((object?[])Pop()!)); break;
                case (byte)'b': Pop(); Top<PickleDict>(); break;   // an OrderedDict's attributes: versions of modules
                default: throw new InvalidDataException($"its pickle has the opcode 0x{opcode:X2} before byte {_stream.Position}, which no state dict needs");
            }
        }
    }

    private PickleGlobal Global()
    {
        var name = $"{Line()}.{Line()}";
        return Allowed.Contains(name) || TorchStorage.TypeOf(name) is not null ? new PickleGlobal(name)
            : throw new InvalidDataException($"its pickle asks Python for {name}, which no state dict needs; nothing was run");
    }

    private static object? Reduce(object?[] call) => call switch
    {
        [PickleGlobal { Name: OrderedDict }, object?[] { Length: 0 }] => new PickleDict(),
        [PickleGlobal { Name: RebuildTensor or RebuildTensorV2 }, object?[] arguments] => TorchTensor.Of(arguments),
        [PickleGlobal { Name: RebuildParameter }, object?[] and [TorchTensor tensor, ..]] => tensor,
        [PickleGlobal { Name: Size }, object?[] and [object?[] sizes]] => sizes,
        [PickleGlobal { Name: var name }, _] => throw new InvalidDataException($"its pickle uses {name} in an unknown way; nothing was run"),
        _ => throw new InvalidDataException("its pickle calls something without a name; nothing was run"),
    };

    private TorchStorage Storage(TorchStorage storage) => _storages.TryAdd(storage.Key, storage) || _storages[storage.Key] == storage ? storage
        : throw new InvalidDataException($"its pickle describes storage {storage.Key} in two ways");

    private void Put(object?[] pairs)
    {
        var dict = Top<PickleDict>();
        if (pairs.Length % 2 != 0) throw new InvalidDataException("a dict of its pickle has a key without a value");
        for (var i = 0; i < pairs.Length; i += 2) dict.Set(pairs[i], pairs[i + 1]);
    }

    private static object Long(ReadOnlySpan<byte> bytes) => new BigInteger(bytes) is var number && number >= long.MinValue && number <= long.MaxValue ? (long)number : number;

    private object? Recall(uint place) => _memo.TryGetValue(place, out var value) ? value : throw new InvalidDataException($"its pickle recalls {place}, which it never kept");

    private object? Pop()
    {
        var value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object? Top() => _stack.Count > (_marks.Count > 0 ? _marks.Peek() : 0) ? _stack[^1] : throw Damaged();

    private T Top<T>() where T : class => Top() as T ?? throw Damaged();

    private InvalidDataException Damaged() => new($"its pickle is damaged before byte {_stream.Position}");

    private void Tuple(int count)
    {
        var tuple = new object?[count];
        for (var i = count - 1; i >= 0; i--) tuple[i] = Pop();
        _stack.Add(tuple);
    }

    private object?[] ToMark()
    {
        if (!_marks.TryPop(out var mark)) throw Damaged();
        object?[] above = [.. _stack.Skip(mark)];
        _stack.RemoveRange(mark, above.Length);
        return above;
    }

    private byte Byte() => _stream.ReadByte() is >= 0 and var value ? (byte)value : throw new EndOfStreamException();

    private uint Number() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    /// <summary>Memory is taken only for bytes that are there.</summary>
    private byte[] Bytes(uint count)
    {
        if (count > _stream.Length - _stream.Position) throw new EndOfStreamException();
        var bytes = new byte[count];
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private string Line()
    {
        var line = new StringBuilder();
        for (var letter = Byte(); letter != '\n'; letter = Byte())
        {
            if (line.Length == 200) throw new InvalidDataException("its pickle asks Python for a name of more than 200 letters");
            line.Append(char.IsControl((char)letter) ? '?' : (char)letter);
        }

        return line.ToString();
    }
}
