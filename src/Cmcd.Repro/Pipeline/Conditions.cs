namespace Cmcd.Repro.Pipeline;

/// <summary>What every stage key holds besides the step's own settings.</summary>
/// <param name="Tier">Tier of the run.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Device">Device class, cpu or cuda: the same bits are promised within one class only.</param>
/// <param name="Threads">Threads of libtorch: they change the last bits.</param>
public sealed record Conditions(string Tier, long Seed, string Device, int Threads);
