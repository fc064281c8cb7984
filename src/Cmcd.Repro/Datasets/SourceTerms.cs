namespace Cmcd.Repro.Datasets;

/// <summary>Where data behind a number came from, and on what terms.</summary>
/// <param name="Name">The source.</param>
/// <param name="Title">What it is.</param>
/// <param name="Licence">Terms, as far as they are known.</param>
/// <param name="Citation">What to cite.</param>
/// <param name="Files">A line a file: size, hash, and the published figures it was checked against.</param>
public sealed record SourceTerms(string Name, string Title, string Licence, string Citation, IReadOnlyList<string> Files);
