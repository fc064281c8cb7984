using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;

namespace Cmcd.Repro.Commands;

/// <summary>The verdicts on the paper's sentences as a bundle carries them.</summary>
internal static class BundledClaims
{
    public const string File = "claims.verdicts.json";

    /// <summary>Judges the claims anew: equal results give equal text.</summary>
    public static string Of(string experimentsFolder, IReadOnlyList<TableResults> tables) =>
        JsonConvert.SerializeObject(ClaimVerdicts.Judge(ClaimsFile.Read(experimentsFolder), tables), Formatting.Indented, new StringEnumConverter()).ReplaceLineEndings("\n") + "\n";
}
