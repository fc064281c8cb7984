using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cmcd.Repro.Caching;

/// <summary>A small JSON file whose last member is the SHA-256 of the rest: a flipped bit or a cut is noticed.</summary>
internal static class SealedJson
{
    private const string SealStart = ",\n  \"sha256\": \"";
    private const string SealEnd = "\"\n}\n";
    private const int SealLength = 64;

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Writes the file under a temporary name, flushes it to disk and renames it.</summary>
    public static void Write<T>(string path, T value) where T : class
    {
        var body = JsonSerializer.Serialize(value, Options)[..^"\n}".Length];
        var text = body + SealStart + Seal(body) + SealEnd;
        DurableFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    /// <exception cref="InvalidDataException">The file is cut, changed or not of this shape.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static T Read<T>(string path) where T : class
    {
        var text = File.ReadAllText(path);
        var bodyLength = text.Length - SealStart.Length - SealLength - SealEnd.Length;
        if (bodyLength <= 0 || text[bodyLength..] != SealStart + Seal(text[..bodyLength]) + SealEnd)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} does not match its own SHA-256");
        }

        try
        {
            return JsonSerializer.Deserialize<T>(text[..bodyLength] + "\n}", Options)!;
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} has another shape ({fault.Message})", fault);
        }
    }

    private static string Seal(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
