using static TorchSharp.torch;

namespace Cmcd.Repro.Models.Import.Torch;

/// <summary>A state dict as torch.save writes it, in either of its forms; executes nothing.</summary>
/// <remarks>
/// The state dict is the saved object itself, or lies in it under state_dict or model_state_dict. A prefix "module." that all keys share
/// (DataParallel's) is dropped. Tensors keep their strides and offsets; storages may be shared.
/// </remarks>
public sealed class TorchFile : IWeightFile
{
    private const string ParallelPrefix = "module.";
    private static readonly string[] Nests = ["state_dict", "model_state_dict"];

    private readonly ITorchArchive _archive;
    private readonly Dictionary<string, TorchTensor> _tensors = new(StringComparer.Ordinal);
    private readonly ReadBuffer _buffer;
    private TorchStorage? _held;   // the storage in the buffer: tensors that share one stand together

    private TorchFile(string path, ITorchArchive archive)
    {
        (Path, _archive) = (path, archive);
        var skipped = new List<SkippedWeight>();
        var items = StateDictOf(archive.Root, skipped);
        var prefix = items.Count > 0 && items.All(item => item.Key.StartsWith(ParallelPrefix, StringComparison.Ordinal)) ? ParallelPrefix.Length : 0;
        foreach (var (key, value) in items)
        {
            if (value is TorchTensor tensor) _tensors.Add(key[prefix..], tensor);
            else skipped.Add(new(key, "no tensor"));
        }

        Entries = [.. _tensors.Select(pair => new WeightEntry(pair.Key, pair.Value.Storage.Type, pair.Value.Shape))];
        Skipped = skipped;
        _buffer = ReadBuffer.For(_tensors.Values.Select(tensor => new WeightEntry(tensor.Storage.Key, tensor.Storage.Type, [tensor.Storage.Count])));
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public string Format => _archive.Format;

    /// <inheritdoc/>
    public IReadOnlyList<WeightEntry> Entries { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SkippedWeight> Skipped { get; }

    /// <summary>Reads names and places.</summary>
    /// <param name="path">A zip archive, or a file of the older form.</param>
    /// <param name="legacy">It is of the older form.</param>
    /// <exception cref="ReproException">It is damaged, holds no state dict, or its pickle asks for more than a state dict needs.</exception>
    internal static TorchFile Open(string path, bool legacy)
    {
        ITorchArchive? archive = null;
        try
        {
            archive = legacy ? new LegacyArchive(path) : new ZippedArchive(path);
            return new TorchFile(path, archive);
        }
        catch (InvalidDataException fault)
        {
            archive?.Dispose();
            throw Unreadable(path, fault);
        }
    }

    /// <inheritdoc/>
    public Tensor Read(WeightEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var tensor = _tensors[entry.Name];
        if (_held != tensor.Storage)
        {
            _held = null;
            try
            {
                if (tensor.Storage.Count > 0) _archive.Fill(tensor.Storage, _buffer.Room(entry.Type, tensor.Storage.Count));
            }
            catch (InvalidDataException fault)
            {
                throw Unreadable(Path, fault, $"{entry.Name}: ");
            }

            _held = tensor.Storage;
        }

        return _buffer.View(entry.Type, tensor.Storage.Count).as_strided(tensor.Shape, tensor.Strides, tensor.Offset);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _buffer.Dispose();
        _archive.Dispose();
    }

    private static List<KeyValuePair<string, object?>> StateDictOf(object? root, List<SkippedWeight> skipped)
    {
        if (root is not PickleDict saved) throw new InvalidDataException("the saved object is no dict of tensors");
        var found = saved;
        if (Nests.FirstOrDefault(name => saved.Find(name) is PickleDict) is { } nest)
        {
            found = (PickleDict)saved.Find(nest)!;
            skipped.AddRange(saved.Items.Where(item => !nest.Equals(item.Key)).Select(item => new SkippedWeight($"{item.Key}", $"beside {nest}")));
        }

        if (!found.Items.Any(item => item.Value is TorchTensor))
            throw new InvalidDataException($"it holds no tensors by name; its keys: {string.Join(", ", found.Items.Take(6).Select(item => item.Key))}. Known places of a state dict: the object itself, {string.Join(", ", Nests)}");
        return [.. found.Items.Select(item => KeyValuePair.Create($"{item.Key}", item.Value))];
    }

    private static ReproException Unreadable(string path, Exception fault, string place = "") => new(
        $"{path} cannot be read as a PyTorch state dict: {place}{fault.Message}. Get the file again; of one you trust, save the state dict alone (torch.save(state_dict, ...)).", fault);
}
