using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Models;

/// <summary>A module's parameters and buffers as one named, comparable whole.</summary>
public static class StateDict
{
    /// <summary>Copies tensors into a module by value, strictly: each key meets its like, or nothing is copied.</summary>
    /// <remarks>The module keeps its tensors, their strides and devices, so an optimiser built before stays valid.</remarks>
    /// <param name="module">The receiver.</param>
    /// <param name="tensors">One tensor for each parameter and buffer, of the same shape and type.</param>
    /// <exception cref="ReproException">Keys are missing or unexpected, or shapes or types differ; all of them are listed.</exception>
    public static void CopyInto(Module module, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(tensors);
        var state = module.state_dict();
        var faults = new List<string>();
        foreach (var (name, target) in state)
        {
            if (!tensors.TryGetValue(name, out var source)) faults.Add($"missing {name} {Describe(target)}");
            else if (source.dtype != target.dtype || !source.shape.SequenceEqual(target.shape))
                faults.Add($"{name} is {Describe(source)}, expected {Describe(target)}");
        }

        faults.AddRange(tensors.Where(pair => !state.ContainsKey(pair.Key)).Select(pair => $"unexpected {pair.Key} {Describe(pair.Value)}"));
        if (faults.Count > 0)
        {
            throw new ReproException(
                $"The weights do not fit {module.GetName()} ({faults.Count} faults): {string.Join("; ", faults)}. "
                + "Load weights of the same architecture, width and stem.");
        }

        using var gradients = no_grad();
        foreach (var (name, target) in state) target.copy_(tensors[name]);
    }

    /// <summary>SHA-256 over names (ordinal order), types, shapes and row-major bytes of all parameters and buffers, as 64 hex digits.</summary>
    /// <remarks>Equal before and after: the module was not touched. Does not depend on strides or device.</remarks>
    public static string Hash(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in module.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{Describe(tensor)}\n"));   // fixes the length of the bytes that follow
            RawBytes.Use(tensor, hash.AppendData);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Describe(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";

    /// <summary>Frees a module's parameters and buffers at once; the module is unusable afterwards.</summary>
    internal static void Release(Module module)
    {
        foreach (var tensor in module.state_dict().Values) tensor.Dispose();
    }
}
