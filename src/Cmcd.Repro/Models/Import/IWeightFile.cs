using static TorchSharp.torch;

namespace Cmcd.Repro.Models.Import;

/// <summary>A file of named tensors that are read one at a time, so that a large file never lies in memory as a whole.</summary>
public interface IWeightFile : IDisposable
{
    /// <summary>The file, for messages.</summary>
    string Path { get; }

    /// <summary>The kind of file, for messages.</summary>
    string Format { get; }

    /// <summary>All tensors that can be read; names are unique.</summary>
    IReadOnlyList<WeightEntry> Entries { get; }

    /// <summary>What else the file holds, and why it is left out.</summary>
    IReadOnlyList<SkippedWeight> Skipped { get; }

    /// <summary>The values of one tensor.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <returns>
    /// A CPU tensor of the entry's type and shape, any memory order. It belongs to the caller's dispose scope, and its values are valid until
    /// the next read or the file's end: copy what has to stay.
    /// </returns>
    /// <exception cref="ReproException">The file is cut short or its check sum does not fit; the message names the tensor.</exception>
    Tensor Read(WeightEntry entry);
}
