namespace Cmcd.Repro.Results.Gap;

/// <summary>One method under one protocol at one level and seed of the gap experiment: a line of levels.csv.</summary>
/// <param name="Knob">What is turned.</param>
/// <param name="Level">Place among the knob's levels, from 1.</param>
/// <param name="Setting">Where the knob stands.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Method">The method.</param>
/// <param name="Protocol">LE or FT.</param>
/// <param name="Top1">Percent.</param>
/// <param name="Outcomes">By scale, in the experiment's order.</param>
/// <param name="Measures">Total variation and divergence of the level and seed, by name; the same in all its lines.</param>
public sealed record GapRow(
    string Knob, int Level, double Setting, long Seed, string Method, string Protocol, double Top1, IReadOnlyDictionary<string, double> Outcomes, IReadOnlyDictionary<string, double> Measures);
