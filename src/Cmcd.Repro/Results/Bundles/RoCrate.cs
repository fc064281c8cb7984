using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Results.Bundles;

/// <summary>ro-crate-metadata.json: what a bundle holds, in the words that research archives read.</summary>
/// <remarks>Source: RO-Crate Metadata Specification 1.1, w3id.org/ro/crate/1.1: the descriptor, the root data set and one entity a file.</remarks>
public static class RoCrate
{
    /// <summary>Name of the entry that holds it.</summary>
    public const string FileName = "ro-crate-metadata.json";

    private const string Specification = "https://w3id.org/ro/crate/1.1";

    /// <summary>The metadata of a bundle.</summary>
    /// <param name="tier">smoke, mini or paper.</param>
    /// <param name="published">The specification demands a date.</param>
    /// <param name="files">Every other file; the bundle's index is added by name.</param>
    public static BundleEntry Of(string tier, DateOnly published, IReadOnlyList<BundleEntry> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var sorted = files.OrderBy(file => file.Path, StringComparer.Ordinal).ToArray();
        var content = new JObject
        {
            ["@context"] = $"{Specification}/context",
            ["@graph"] = new JArray(
                new JObject { ["@id"] = FileName, ["@type"] = "CreativeWork", ["conformsTo"] = Reference(Specification), ["about"] = Reference("./") },
                new JObject
                {
                    ["@id"] = "./",
                    ["@type"] = "Dataset",
                    ["name"] = $"Reproduction of the tables of arXiv 2405.03355, tier {tier}",
                    ["description"] = "Results, per-item predictions, manifests, experiment files and approved numbers. bundle.json lists every file with its SHA-256; the program's verify-bundle derives every number and verdict from them again.",
                    ["datePublished"] = published.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    ["license"] = "The data's licences stand in experiments/data/README.md of the project; predictions made on emoji-line derive from OpenMoji (CC BY-SA 4.0).",
                    ["isBasedOn"] = Reference("https://arxiv.org/abs/2405.03355v2"),
                    ["hasPart"] = new JArray(sorted.Select(file => Reference(Id(file.Path))).Prepend(Reference(BundleIndex.FileName))),
                },
                new JObject { ["@id"] = "https://arxiv.org/abs/2405.03355v2", ["@type"] = "ScholarlyArticle", ["name"] = "arXiv 2405.03355v2" },
                new JObject { ["@id"] = BundleIndex.FileName, ["@type"] = "File", ["name"] = "Every file with size and SHA-256", ["encodingFormat"] = "application/json" })
        };
        foreach (var file in sorted)
        {
            ((JArray)content["@graph"]!).Add(new JObject
            {
                ["@id"] = Id(file.Path),
                ["@type"] = "File",
                ["name"] = file.Path,
                ["encodingFormat"] = Format(file.Path),
                ["contentSize"] = file.Content.Length.ToString(CultureInfo.InvariantCulture),
            });
        }

        return new(FileName, ResultFile.Encoding.GetBytes(content.ToString(Formatting.Indented).ReplaceLineEndings("\n") + "\n"));
    }

    private static JObject Reference(string id) => new() { ["@id"] = id };

    private static string Id(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string Format(string path) => Path.GetExtension(path) switch
    {
        ".json" => "application/json",
        ".csv" => "text/csv",
        ".md" => "text/markdown",
        ".gz" => "application/gzip",
        _ => "text/plain",
    };
}
