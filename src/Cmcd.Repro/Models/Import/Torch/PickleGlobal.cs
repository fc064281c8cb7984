namespace Cmcd.Repro.Models.Import.Torch;

/// <summary>A Python name that a pickle asks for. Nothing is ever looked up or called; a few names mean something here.</summary>
/// <param name="Name">module.name.</param>
internal sealed record PickleGlobal(string Name);
