using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Cmcd.Repro.Datasets.Download;

/// <summary>sources.json: every dataset and checkpoint of the paper tier, with its files, figures and terms.</summary>
/// <remarks>Strict: an unknown or missing field, a malformed hash or a download without an end is refused, all faults at once.</remarks>
public sealed partial class SourceCatalogue
{
    /// <summary>Its name in the data folder.</summary>
    public const string FileName = "sources.json";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private SourceCatalogue(IReadOnlyList<DatasetSource> sources) => Sources = sources;

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<DatasetSource> Sources { get; }

    /// <summary>The source of that name.</summary>
    /// <exception cref="DatasetUnavailableException">There is none; the message lists those that exist.</exception>
    public DatasetSource this[string name] => Sources.FirstOrDefault(source => source.Name == name)
        ?? throw new DatasetUnavailableException($"There is no paper dataset \"{name}\". Known: {string.Join(", ", Sources.Select(source => source.Name))}.");

    /// <param name="path">The JSON file.</param>
    /// <exception cref="DatasetUnavailableException">It cannot be read, or holds faults; every one is listed.</exception>
    public static SourceCatalogue Read(string path)
    {
        Content content;
        try
        {
            content = JsonSerializer.Deserialize<Content>(File.ReadAllText(path), Strict) ?? throw new JsonException("It holds null.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DatasetUnavailableException($"{path} cannot be read as a catalogue of sources: {fault.Message}", fault);
        }

        var faults = Faults(content.Sources).ToArray();
        return faults.Length == 0
            ? new(content.Sources)
            : throw new DatasetUnavailableException($"{path} has {faults.Length} faults:{string.Concat(faults.Select(fault => $"\n  {fault}"))}");
    }

    private static IEnumerable<string> Faults(IReadOnlyList<DatasetSource> sources)
    {
        foreach (var twice in sources.GroupBy(source => source.Name).Where(group => group.Count() > 1))
            yield return $"{twice.Key}: {twice.Count()} sources have this name.";
        foreach (var source in sources)
        {
            if (!PlainName().IsMatch(source.Name)) yield return $"sources: name is \"{source.Name}\". Allowed: {PlainNameRule}.";
            foreach (var twice in source.Files.GroupBy(file => file.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
                yield return $"{source.Name}/{twice.Key}: {twice.Count()} files have this name.";
            foreach (var fault in source.Files.SelectMany(Faults)) yield return $"{source.Name}/{fault}";
        }
    }

    private static IEnumerable<string> Faults(RemoteFile file)
    {
        if (!PlainName().IsMatch(file.Name)) yield return $"name is \"{file.Name}\". Allowed: {PlainNameRule}.";
        if (file.Urls.Count == 0) yield return $"{file.Name}: urls is empty. It needs at least one address.";
        foreach (var url in file.Urls.Where(url => !url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)))
            yield return $"{file.Name}: urls holds \"{url}\". Allowed: absolute http and https addresses.";
        foreach (var (kind, facts) in new[] { ("checked", file.Checked), ("reported", file.Reported ?? new()) })
        {
            if (facts.Bytes < 0) yield return $"{file.Name}: {kind}.bytes is {facts.Bytes}. Allowed: from 0.";
            foreach (var (name, hash, digits) in new[] { ("sha256", facts.Sha256, 64), ("md5", facts.Md5, 32), ("gitBlob", facts.GitBlob, 40) })
                if (hash is not null && (hash.Length != digits || !hash.All(char.IsAsciiHexDigitLower)))
                    yield return $"{file.Name}: {kind}.{name} is \"{hash}\". Allowed: {digits} hex digits in lower case.";
        }

        if (file.Checked.Bytes is null && file.AtMost is not > 0) yield return $"{file.Name}: neither checked.bytes nor atMost says where the download ends.";
        if (file.Archive is { } limits && (limits.Entries <= 0 || limits.Bytes <= 0 || limits.Ratio <= 0))
            yield return $"{file.Name}: archive is {limits}. Allowed: entries, bytes and ratio above 0.";
    }

    private const string PlainNameRule = "letters, digits, dots, dashes and underscores, not starting with a dot or dash";

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]*\z")]
    private static partial Regex PlainName();

    private sealed record Content(string About, IReadOnlyList<DatasetSource> Sources);
}
