namespace Cmcd.Repro.Models.Import.Torch;

/// <summary>A tensor of a pickle: a strided view of a storage. Offset and strides count elements.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>From the arguments of torch._utils._rebuild_tensor(_v2): storage, offset, sizes, strides, and what only training needs.</summary>
    /// <exception cref="InvalidDataException">They are something else, or reach beyond the storage.</exception>
    public static TorchTensor Of(object?[] arguments)
    {
        if (arguments is not [TorchStorage storage, long offset, object?[] sizes, object?[] strides, ..] || !sizes.All(size => size is long) || !strides.All(stride => stride is long))
            throw new InvalidDataException("a tensor is described in an unknown way");

        var tensor = new TorchTensor(storage, offset, [.. sizes.Cast<long>()], [.. strides.Cast<long>()]);
        if (offset < 0 || tensor.Shape.Length != tensor.Strides.Length || tensor.Shape.Any(size => size < 0) || tensor.Strides.Any(stride => stride < 0))
            throw Unfit(tensor);
        var last = tensor.Shape.Zip(tensor.Strides).Aggregate((Int128)offset, (place, axis) => Int128.Min(place + ((Int128)(axis.First - 1) * axis.Second), long.MaxValue));
        return tensor.Shape.Contains(0) || last < storage.Count ? tensor : throw Unfit(tensor);
    }

    private static InvalidDataException Unfit(TorchTensor tensor) => new(
        $"a tensor [{string.Join(", ", tensor.Shape)}] with strides [{string.Join(", ", tensor.Strides)}] from element {tensor.Offset} on does not lie in storage {tensor.Storage.Key} of {tensor.Storage.Count}");
}
