using Cmcd.Repro.Models;
using Cmcd.Repro.Tests.Infrastructure;
using Cmcd.Repro.Tests.Models.Import;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Commands;

/// <summary>weights inspect, import and export as a user starts them.</summary>
public sealed class WeightsCommandTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Inspect_says_what_is_used_what_is_skipped_and_the_fingerprint()
    {
        var (code, said) = Run("inspect", WeightFiles.Golden(WeightFiles.Bundle), "--threads=1");

        Assert.Equal(0, code);
        Assert.Contains("TensorFlow checkpoint, 270 tensors, 31,452 bytes", said, StringComparison.Ordinal);
        Assert.Contains("ResNet50 of width 1, 7 × 7 stem, 3 channels: 265 tensors used, 53 batch counters that it lacks become 0", said, StringComparison.Ordinal);
        Assert.Contains("Skipped (training step): global_step", said, StringComparison.Ordinal);
        Assert.Contains("layer4   mean 54.", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_goes_in_and_out_and_stays_the_same()
    {
        var (cache, student, back) = (_scratch.File("cache"), _scratch.Create("stage"), _scratch.File("back.pth"));
        Assert.Equal(0, Run("import", WeightFiles.Golden("model.ckpt-7"), $"--cache={cache}", "--width=1").Code);
        File.Move(Path.Combine(cache, "weights", "ResNet50-1.safetensors"), Path.Combine(student, "encoder.safetensors"));
        Assert.Equal(0, Run("export", student, $"--output={back}").Code);
        Assert.Equal(0, Run("import", back, $"--output={_scratch.File("again.safetensors")}").Code);

        using var scope = NewDisposeScope();
        using var encoder = new Encoder(WeightFiles.Options(Architecture.ResNet50), seed: 1);
        using (var stream = File.OpenRead(_scratch.File("again.safetensors")))
        using (var content = Safetensors.Read(stream))
        {
            Assert.Equal("ResNet50 of width 1, 7 × 7 stem, 3 channels", content.Metadata["network"]);
            StateDict.CopyInto(encoder, content.Tensors);
        }

        Assert.Equal(WeightFiles.FormulaHash(encoder.Options), StateDict.Hash(encoder));
    }

    [Fact]
    public void What_cannot_be_done_ends_with_3_one_line_and_nothing_half_written()
    {
        var output = _scratch.File("out.safetensors");
        var broken = WeightFiles.Changed(_scratch.File("nan.safetensors"), state => state["layer4.1.bn2.bias"][0] = tensor(float.NaN));
        foreach (var (arguments, message) in new (string[], string)[]
        {
            (["import", broken, $"--output={output}"], "layer4.1.bn2.bias holds 1 of 8 values that are NaN"),
            (["import", WeightFiles.Golden("zip.pth"), "--width=256", $"--output={output}"], "holds a ResNet18 of width 1, 7 × 7 stem, 3 channels; --width asks for 256"),
            (["import", WeightFiles.Golden("zip.pth"), "--width=0"], "--width is \"0\""),
            (["import", _scratch.File("none.pth")], "does not exist"),
            (["export", broken, $"--output={broken}"], "is the file that is read"),
            (["export", broken, "--output=weights.bin"], "ends with \".bin\". Allowed: .safetensors, .pth."),
            (["inspect", _scratch.Create("empty")], "holds neither encoder.safetensors nor one TensorFlow checkpoint"),
        })
        {
            var (code, said) = Run(arguments);
            Assert.Equal(3, code);
            Assert.Contains(message, said, StringComparison.Ordinal);
        }

        Assert.Equal(["empty", "nan.safetensors"], Directory.EnumerateFileSystemEntries(_scratch.Path).Select(Path.GetFileName).Order());
    }

    private static (int Code, string Said) Run(params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        Console.SetOut(said);
        Console.SetError(said);
        try
        {
            return (Cmcd.Repro.Commands.CommandLine.Run(["weights", .. arguments]), said.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
