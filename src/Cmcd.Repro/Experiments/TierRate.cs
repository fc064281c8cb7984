using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>A stated speed, not a measured one.</summary>
/// <param name="Teraflops">Floating-point operations of convolutions a second that training sustains, in 10¹².</param>
/// <param name="Reason">Of which machine, and where the number comes from.</param>
public sealed record TierRate([Range(0, 1e6, MinimumIsExclusive = true)] double Teraflops, string Reason);
