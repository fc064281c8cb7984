using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Commands;

/// <summary>The verdicts on the paper's sentences as a bundle carries them.</summary>
internal static class BundledClaims
{
    public const string File = "claims.verdicts.json";

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // read by people, never put into a page
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Judges the claims anew: equal results give equal text.</summary>
    public static string Of(string experimentsFolder, IReadOnlyList<TableResults> tables) =>
        JsonSerializer.Serialize(ClaimVerdicts.Judge(ClaimsFile.Read(experimentsFolder), tables), Written) + "\n";
}
