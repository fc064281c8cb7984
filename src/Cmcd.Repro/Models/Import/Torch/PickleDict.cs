namespace Cmcd.Repro.Models.Import.Torch;

/// <summary>A Python dict or OrderedDict: keys and values in the order in which they were put in; a later key replaces its like.</summary>
internal sealed class PickleDict
{
    private readonly Dictionary<object, object?> _values = [];

    public IReadOnlyCollection<KeyValuePair<object, object?>> Items => _values;

    /// <exception cref="InvalidDataException">The key is of a kind that no state dict has.</exception>
    public void Set(object? key, object? value) =>
        _values[key is string or long ? key : throw new InvalidDataException("a dict has a key that is neither text nor a whole number")] = value;

    public object? Find(string key) => _values.GetValueOrDefault(key);
}
