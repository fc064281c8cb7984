using System.Globalization;
using Cmcd.Repro.Caching;
using Cmcd.Repro.Models;
using Cmcd.Repro.Models.Export;
using Cmcd.Repro.Models.Import;
using Cmcd.Repro.Models.Import.TensorFlow;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Results;
using Cmcd.Repro.Runtime;
using static TorchSharp.torch;

namespace Cmcd.Repro.Commands;

/// <summary>Weights in and out: what a file holds, an encoder of it into the cache, a trained encoder for other programs.</summary>
internal static class WeightsCommand
{
    /// <summary>Says what a file holds, and what its encoder makes of fixed pictures.</summary>
    public static int Inspect(string path, int threads)
    {
        TorchRuntime.Start(threads);
        using var file = WeightFile.Open(Resolve(path));
        var import = Describe(file);
        if (import.Shape.Kernel != 7)
        {
            Line($"No fingerprint: the stride of a 3 × 3 stem does not stand in the weights.");
            return ExitCodes.Success;
        }

        using var encoder = import.Load(new EncoderOptions(import.Shape.Architecture, import.Shape.Width, Stem.ImageNet, import.Shape.InputChannels, SamePaddedPool: true));
        Line($"Every value is finite. Fingerprint (fixed pictures in [0, 1], SAME max-pooling):");
        foreach (var (layer, mean, deviation) in EncoderFingerprint.Of(encoder).Layers) Line($"  {layer,-8} mean {mean:G6}, standard deviation {deviation:G6}");
        return ExitCodes.Success;
    }

    /// <summary>Writes the file's encoder as safetensors into the cache, or elsewhere.</summary>
    public static int Import(string path, int? width, string? output, ProjectFolders folders, CancellationToken stop)
    {
        using var file = WeightFile.Open(Resolve(path));
        var import = Describe(file);
        if (width is { } wanted && wanted != import.Shape.Width) throw new ReproException($"{file.Path} holds a {import.Shape}; --width asks for {wanted}. Take the weights of that width; a 1x has 64, a 2x 128, a 4x 256.");

        var name = string.Create(CultureInfo.InvariantCulture, $"{import.Shape.Architecture}-{import.Shape.Width}.safetensors");
        Write(output ?? Path.Combine(folders.Cache, "weights", name), import, file, stop);
        if (import.IsSimClr) Line($"SimCLR's weights expect images in [0, 1], no mean or deviation taken off, and SAME max-pooling (samePaddedPool).");
        return ExitCodes.Success;
    }

    /// <summary>Writes a trained encoder with torchvision's names as .pth or .safetensors.</summary>
    public static int Export(string path, string output, CancellationToken stop)
    {
        using var file = WeightFile.Open(Resolve(path));
        Write(output, Describe(file), file, stop);
        Line($"The keys are torchvision's without fc: load_state_dict(..., strict=False), or drop the classifier. Small stems and SAME pooling are not torchvision's.");
        return ExitCodes.Success;
    }

    /// <summary>A folder stands for its stage's encoder, or for the one checkpoint in it.</summary>
    private static string Resolve(string path)
    {
        if (!Directory.Exists(path)) return path;
        if (File.Exists(Path.Combine(path, Networks.EncoderFile))) return Path.Combine(path, Networks.EncoderFile);

        string[] indexes = [.. Directory.EnumerateFiles(path, "*" + TensorBundle.Suffix).Order(StringComparer.Ordinal)];
        return indexes is [var only] ? only : throw new ReproException(
            $"{path} holds neither {Networks.EncoderFile} nor one TensorFlow checkpoint ({indexes.Length} files *{TensorBundle.Suffix}). Give a stage's folder, or the weight file itself.");
    }

    private static EncoderImport Describe(IWeightFile file)
    {
        Line($"{file.Path}: {file.Format}, {file.Entries.Count} tensors, {file.Entries.Sum(entry => entry.Bytes):N0} bytes");
        var import = EncoderImport.Of(file);
        Line($"{import.Shape}: {import.Entries.Count - import.Zeroed.Count} tensors used{(import.Zeroed.Count > 0 ? Text($", {import.Zeroed.Count} batch counters that it lacks become 0") : "")}");
        foreach (var kind in import.Skipped.GroupBy(skipped => skipped.Reason)) Line($"Skipped ({kind.Key}): {string.Join(", ", kind.Select(skipped => skipped.Name))}");
        return import;
    }

    private static void Write(string output, EncoderImport import, IWeightFile file, CancellationToken stop)
    {
        var path = Path.GetFullPath(output);
        Action<Stream> write = Path.GetExtension(path) switch
        {
            ".safetensors" => stream => Safetensors.Write(stream, import.Entries, Read, Metadata(import, file)),
            ".pth" => stream => TorchExport.Write(stream, import.Entries, Read),
            var other => throw new ReproException($"--output={output} ends with \"{other}\". Allowed: .safetensors, .pth."),
        };
        if (path == Path.GetFullPath(file.Path)) throw new ReproException($"--output={output} is the file that is read. Give another name.");

        var (sha256, bytes) = ResultFile.Guard(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return DurableFile.Write(path, write);
        });
        Line($"Wrote {Path.GetRelativePath(Directory.GetCurrentDirectory(), path)}: {bytes:N0} bytes, SHA-256 {sha256}");

        Tensor Read(WeightEntry entry)
        {
            stop.ThrowIfCancellationRequested();
            return import.Read(entry);
        }
    }

    private static Dictionary<string, string> Metadata(EncoderImport import, IWeightFile file) => new()
    {
        ["format"] = "pt",   // what Python's readers look for
        ["network"] = import.Shape.ToString(),
        ["source"] = $"{Path.GetFileName(file.Path)}, {file.Format}",
    };

    private static void Line(FormattableString text) => Console.WriteLine(Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
