using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>Where a JSON token was written: kept with the token, so that a fault found after merging names the right file.</summary>
/// <param name="File">As shown to the user: experiments/Table1.json.</param>
/// <param name="Path">Path inside that file; empty for the root.</param>
internal sealed record Origin(string File, string Path)
{
    /// <summary>The origin of a token of <see cref="SettingsFiles"/> or of a merge of such tokens.</summary>
    public static Origin Of(JToken token) =>
        token.Annotation<Origin>() ?? throw new ArgumentException($"The token at {token.Path} does not come from a settings file.", nameof(token));

    /// <summary>The place a field of this object has or would have.</summary>
    public Origin Field(string name) => this with { Path = Path.Length == 0 ? name : $"{Path}.{name}" };

    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? File : $"{File}: {Path}";
}
