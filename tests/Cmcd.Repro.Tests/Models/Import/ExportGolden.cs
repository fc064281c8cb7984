using System.Text.Json;
using Cmcd.Repro.Models;

namespace Cmcd.Repro.Tests.Models.Import;

/// <summary>What PyTorch made of an encoder that this project exported: Golden/make_files.py.</summary>
/// <param name="Architecture">Of the encoder.</param>
/// <param name="Same">With SAME pooling.</param>
/// <param name="Contents">SHA-256 over names and contents of the entries of the .pth that PyTorch read.</param>
/// <param name="Features">Of FormulaWeights.Input(2, 3, 64, 64), row-major.</param>
/// <param name="Fingerprint">Mean and deviation of the four stages and the features.</param>
internal sealed record ExportGolden(string Architecture, bool Same, string Contents, double[] Features, double[][] Fingerprint)
{
    public static ExportGolden Of(Architecture architecture) =>
        JsonSerializer.Deserialize<ExportGolden[]>(File.ReadAllText(WeightFiles.Golden("export.json")), JsonSerializerOptions.Web)!.Single(item => item.Architecture == $"{architecture}");

    /// <summary>The encoder that was exported: width 4, the formula's weights.</summary>
    public Encoder Encoder()
    {
        var encoder = new Encoder(new EncoderOptions(Enum.Parse<Architecture>(Architecture), 4, Stem.ImageNet, SamePaddedPool: Same), seed: 0);
        FormulaWeights.Fill(encoder);
        encoder.eval();
        return encoder;
    }
}
