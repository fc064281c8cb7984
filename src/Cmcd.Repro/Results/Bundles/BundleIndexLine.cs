using Newtonsoft.Json;

namespace Cmcd.Repro.Results.Bundles;

/// <summary>One file as a bundle's index lists it.</summary>
/// <param name="Path">Relative, with forward slashes.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
[JsonObject(ItemRequired = Required.Always)]
public sealed record BundleIndexLine(string Path, long Bytes, string Sha256);
