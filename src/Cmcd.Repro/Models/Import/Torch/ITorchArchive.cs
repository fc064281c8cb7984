namespace Cmcd.Repro.Models.Import.Torch;

/// <summary>One of the two ways in which torch.save lays out a file.</summary>
internal interface ITorchArchive : IDisposable
{
    /// <summary>For messages.</summary>
    string Format { get; }

    /// <summary>The saved object.</summary>
    object? Root { get; }

    /// <summary>Reads a storage's elements.</summary>
    /// <param name="storage">One that <see cref="Root"/> refers to.</param>
    /// <param name="bytes">As long as the storage.</param>
    /// <exception cref="InvalidDataException">They are missing, cut or damaged.</exception>
    void Fill(TorchStorage storage, Span<byte> bytes);
}
