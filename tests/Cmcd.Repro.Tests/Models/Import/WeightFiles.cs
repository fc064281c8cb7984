using Cmcd.Repro.Models;
using Cmcd.Repro.Models.Import;
using Cmcd.Repro.Tests.Infrastructure;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models.Import;

/// <summary>The files that Golden/make_files.py made, and damaged copies of them.</summary>
internal static class WeightFiles
{
    public const string Bundle = "model.ckpt-7.index";
    public const string Data = "model.ckpt-7.data-00000-of-00001";

    public static EncoderOptions Options(Architecture architecture, int width = 1) => new(architecture, width, Stem.ImageNet);

    public static string Golden(string name) => Path.Combine(Repository.Root, "tests", "Cmcd.Repro.Tests", "Models", "Import", "Golden", name);

    /// <summary>The hash of an encoder with the formula's weights.</summary>
    public static string FormulaHash(EncoderOptions options)
    {
        using var encoder = new Encoder(options, seed: 0);
        FormulaWeights.Fill(encoder);
        return StateDict.Hash(encoder);
    }

    /// <summary>A safetensors file of the formula's ResNet-18 of width 1 after a change.</summary>
    public static string Changed(string file, Action<Dictionary<string, Tensor>> change)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var encoder = new Encoder(Options(Architecture.ResNet18), seed: 0);
        FormulaWeights.Fill(encoder);
        var state = encoder.state_dict();
        change(state);
        using var stream = File.Create(file);
        Safetensors.Write(stream, state);
        return file;
    }

    /// <summary>Everything that reading a file can do: open, find the encoder, read every value.</summary>
    public static void ReadAll(string path)
    {
        using var scope = NewDisposeScope();
        using var file = WeightFile.Open(path);
        foreach (var entry in file.Entries) file.Read(entry);
        using var encoder = EncoderImport.Of(file) is var import ? import.Load(Options(import.Shape.Architecture, import.Shape.Width)) : null;
    }

    /// <summary>Nothing half-loaded stays. TorchSharp's count rises by one for every parameter ever made, disposed or not: 60 for a ResNet-18.</summary>
    public static void RequireNothingLeft(long before) => Assert.Equal(0, (LiveTensors() - before) % 60);

    /// <summary>Tensors alive, without those that earlier tests left to the finalizer.</summary>
    public static long LiveTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }

    /// <summary>The message with which a file is refused: one line.</summary>
    public static string Refusal(string path)
    {
        var before = LiveTensors();
        var message = Assert.Throws<ReproException>(() => ReadAll(path)).Message;
        Assert.StartsWith(Path.ChangeExtension(path, null), message, StringComparison.Ordinal);   // a checkpoint's data file has another ending
        Assert.DoesNotContain('\n', message);
        RequireNothingLeft(before);
        return message;
    }
}
