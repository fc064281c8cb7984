namespace Cmcd.Repro.Commands;

/// <summary>What the process answers; scripts and CI rely on these.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Regression = 1;
    public const int CouldNotRun = 3;
    public const int NothingMeasured = 4;
    public const int Bug = 70;
    public const int Interrupted = 130;
}
