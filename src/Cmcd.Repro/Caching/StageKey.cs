using System.Security.Cryptography;
using System.Text;

namespace Cmcd.Repro.Caching;

/// <summary>Names the output of one stage by everything that can change it: stage, version, settings and parents' hashes.</summary>
/// <remarks>
/// Two keys are equal exactly when their hashes are. The hash is the SHA-256 of a text in which every part carries its kind and its
/// length, so that no two different keys share a text. Field order, culture and where the code stands do not enter it.
/// </remarks>
public sealed class StageKey : IEquatable<StageKey>
{
    private StageKey(string stage, int version, IReadOnlyList<SettingPair> settings, IReadOnlyList<(string Name, string Hash)> inputs)
    {
        Stage = stage;
        Version = version;
        Settings = new SortedDictionary<string, string>(settings.ToDictionary(pair => pair.Path, pair => pair.Display), StringComparer.Ordinal);
        Inputs = new SortedDictionary<string, string>(inputs.ToDictionary(input => input.Name, input => input.Hash), StringComparer.Ordinal);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalText(stage, version, settings, Inputs))));
    }

    /// <summary>Stage name: lower-case letters, digits and hyphens.</summary>
    public string Stage { get; }

    /// <summary>Hand-set; raised when the stage's numbers can change, not when its code moves.</summary>
    public int Version { get; }

    /// <summary>Every setting as path and readable value, sorted by path.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Hashes of parent stages and data sets by name, sorted by name.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; }

    /// <summary>SHA-256 in 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>The first 12 digits of <see cref="Hash"/>, for people.</summary>
#pragma warning disable CA1720 // The word is meant; a 16-bit integer is nowhere near.
    public string Short => Hash[..12];
#pragma warning restore CA1720

    /// <summary>The key of one stage.</summary>
    /// <param name="stage">Stage name: lower-case letters, digits and hyphens.</param>
    /// <param name="version">Hand-set version of the stage's meaning, at least 1.</param>
    /// <param name="settings">
    /// A record or anonymous object of numbers, texts, flags, enums, nulls, lists, dictionaries and further records. A record that has a base record,
    /// or stands where another type is declared, enters with its type name: two kinds with equal fields are different settings.
    /// </param>
    /// <param name="inputs">Hashes of parent stages and data sets; their order does not matter, their names do.</param>
    /// <exception cref="ArgumentException">A name is empty, unfit for a folder or used twice, or a setting's type has no canonical text.</exception>
    public static StageKey Of(string stage, int version, object settings, params (string Name, string Hash)[] inputs)
    {
        RequireFolderName(stage);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(version);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (var (name, hash) in inputs)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(inputs));
            ArgumentException.ThrowIfNullOrWhiteSpace(hash, nameof(inputs));
        }

        if (inputs.Select(input => input.Name).Distinct().Count() != inputs.Length)
        {
            throw new ArgumentException($"Stage {stage} names an input twice: {string.Join(", ", inputs.Select(input => input.Name))}.", nameof(inputs));
        }

        return new StageKey(stage, version, SettingsText.Flatten(settings), inputs);
    }

    /// <inheritdoc/>
    public bool Equals(StageKey? other) => other is not null && other.Hash == Hash;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StageKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);

    /// <summary>Stage name and short hash.</summary>
    public override string ToString() => $"{Stage} {Short}";

    private static string CanonicalText(
        string stage, int version, IReadOnlyList<SettingPair> settings, IReadOnlyDictionary<string, string> inputs)
    {
        var text = new StringBuilder("stage-key 1\n");
        Append(text, "stage", stage);
        Append(text, "version", SettingsText.Number(version));
        foreach (var pair in settings)
        {
            Append(text, "setting", pair.Path);
            Append(text, pair.Kind, pair.Value);
        }

        foreach (var (name, hash) in inputs)
        {
            Append(text, "input", name);
            Append(text, "hash", hash);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string kind, string value) =>
        text.Append(kind).Append(' ').Append(SettingsText.Number(value.Length)).Append(':').Append(value).Append('\n');

    private static void RequireFolderName(string stage)
    {
        ArgumentException.ThrowIfNullOrEmpty(stage);
        if (stage == StagePlace.QuarantineName || !stage.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new ArgumentException($"Stage name \"{stage}\" is not allowed: lower-case letters, digits and hyphens, and not \"quarantine\".", nameof(stage));
        }
    }
}
