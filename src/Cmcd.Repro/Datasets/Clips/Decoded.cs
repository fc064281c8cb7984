namespace Cmcd.Repro.Datasets.Clips;

/// <summary>What came out of a clip, or why nothing did.</summary>
/// <param name="Value">Null where nothing came out.</param>
/// <param name="Fault">Meaningful where nothing came out.</param>
/// <param name="Detail">What ffmpeg said first, or what was found.</param>
internal readonly record struct Decoded<T>(T? Value, ClipFault Fault = default, string Detail = "") where T : class;
