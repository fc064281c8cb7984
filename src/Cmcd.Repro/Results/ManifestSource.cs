namespace Cmcd.Repro.Results;

/// <summary>A source of the paper's data behind a table's numbers.</summary>
/// <param name="Name">As in sources.json.</param>
/// <param name="Title">What it is.</param>
/// <param name="Licence">Terms, as far as they were known.</param>
/// <param name="Citation">What to cite.</param>
/// <param name="Files">A line a file: size, hash, and what it was checked against.</param>
public sealed record ManifestSource(string Name, string Title, string Licence, string Citation, IReadOnlyList<string> Files);
