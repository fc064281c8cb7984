using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cmcd.Repro.Datasets.Formats;

namespace Cmcd.Repro.Datasets;

/// <summary>The folder of embedded packs: believes a file only if its size and SHA-256 are those of packs.json.</summary>
internal sealed class PackFolder(string folder)
{
    public const string Manifest = "packs.json";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private readonly Lazy<PackList> _list = new(() => ReadManifest(Path.Combine(folder, Manifest)));

    public static string Remedy(string path) =>
        $"Restore it: git checkout -- experiments/data/{path} (or make all packs again: experiments/data/make_packs.py).";

    /// <exception cref="DatasetUnavailableException">packs.json is missing, damaged or does not have the pack.</exception>
    public Pack Pack(string name) => _list.Value.Packs.FirstOrDefault(pack => pack.Name == name)
        ?? throw new DatasetUnavailableException($"{Path.Combine(folder, Manifest)} has no pack {name}. {Remedy(Manifest)}");

    /// <summary>The values of an idx file after all checks.</summary>
    /// <exception cref="DatasetUnavailableException">The file is missing or is not the one packs.json describes.</exception>
    public byte[] Read(PackFile file)
    {
        var array = IdxReader.Read(Verified(file), file.Path);
        if (!array.Shape.SequenceEqual(file.Shape))
        {
            throw new DatasetUnavailableException(
                $"{file.Path} holds [{string.Join(", ", array.Shape)}], {Manifest} says [{string.Join(", ", file.Shape)}]. {Remedy(Manifest)}");
        }

        return array.Data;
    }

    /// <summary>The bytes of a file whose size and hash are right.</summary>
    /// <exception cref="DatasetUnavailableException">The file is missing or is not the one packs.json describes.</exception>
    public byte[] Verified(PackFile file)
    {
        var path = Path.Combine(folder, file.Path);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (IOException fault)
        {
            throw new DatasetUnavailableException($"{path} cannot be read: {fault.Message} {Remedy(file.Path)}", fault);
        }

        var found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (bytes.Length != file.Bytes || found != file.Sha256)
        {
            throw new DatasetUnavailableException(
                $"{path} is {bytes.Length:N0} bytes with SHA-256 {found}, expected {file.Bytes:N0} bytes with {file.Sha256}. {Remedy(file.Path)}");
        }

        return bytes;
    }

    private static PackList ReadManifest(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<PackList>(File.ReadAllText(path), Strict) ?? throw new JsonException("It holds null.");
        }
        catch (Exception fault) when (fault is IOException or JsonException)
        {
            throw new DatasetUnavailableException($"{path} cannot be read: {fault.Message} {Remedy(Manifest)}", fault);
        }
    }

    private sealed record PackList(string MadeBy, IReadOnlyList<Pack> Packs);
}
