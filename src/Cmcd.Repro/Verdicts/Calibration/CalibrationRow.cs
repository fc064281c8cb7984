namespace Cmcd.Repro.Verdicts.Calibration;

/// <summary>How often something came out over rounds of made-up results with a known truth.</summary>
/// <param name="What">What was counted.</param>
/// <param name="Setting">Truth and size of the made-up results.</param>
/// <param name="Seeds">Their seeds.</param>
/// <param name="Promise">What is promised.</param>
/// <param name="Hits">Rounds in which it came out.</param>
/// <param name="Rounds">Rounds in all, at least 1.</param>
public sealed record CalibrationRow(string What, string Setting, int Seeds, string Promise, int Hits, int Rounds)
{
    /// <summary>Share of the rounds, in [0, 1].</summary>
    public double Share => (double)Hits / Rounds;

    /// <summary>95 % range of the share that comes from the number of rounds alone, ±.</summary>
    public double Error => 1.96 * Math.Sqrt(Share * (1 - Share) / Rounds);
}
