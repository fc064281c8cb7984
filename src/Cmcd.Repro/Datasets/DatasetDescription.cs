namespace Cmcd.Repro.Datasets;

/// <summary>One set of the catalogue, as shown to a user.</summary>
/// <param name="Name">Dataset name.</param>
/// <param name="Role">"unlabelled", "pairs" or the split of a labelled set.</param>
/// <param name="Photos">Source-modality items; 0 where the set has none.</param>
/// <param name="Sketches">Target-modality items; 0 where the set has none.</param>
/// <param name="Classes">Class names; empty where the set is not labelled.</param>
/// <param name="Licence">Licence of the data.</param>
/// <param name="Source">Who made it and where it comes from.</param>
/// <param name="Hash">The dataset's hash without a limit.</param>
public sealed record DatasetDescription(
    string Name, string Role, int Photos, int Sketches, IReadOnlyList<string> Classes, string Licence, string Source, string Hash);
