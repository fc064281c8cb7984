using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Commands;

/// <summary>What the user asked of a table run; each value stands in the option's help.</summary>
internal sealed record RunOptions(
    string Table,
    string Tier,
    int Seeds,
    IReadOnlyList<Initialisation>? Inits,
    string Split,
    string Device,
    int Threads,
    Precision? Precision,
    ProjectFolders Folders,
    string Progress,
    IReadOnlyList<string>? Columns = null);
