using TorchSharp;

namespace Cmcd.Repro.Models;

/// <summary>What a safetensors stream holds.</summary>
/// <param name="Tensors">Contiguous CPU tensors by name; owned by this object, outside any dispose scope.</param>
/// <param name="Metadata">The file's free text by key; empty if it has none.</param>
public sealed record SafetensorsContent(IReadOnlyDictionary<string, torch.Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
    : IDisposable
{
    /// <summary>Disposes all tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values) tensor.Dispose();
    }
}
