using Newtonsoft.Json;

namespace Cmcd.Repro.Results;

/// <summary>One change of an approved file: who, when, why, what.</summary>
/// <param name="Time">UTC, "yyyy-MM-ddTHH:mm:ssZ".</param>
/// <param name="By">Who approved.</param>
/// <param name="Reason">Why.</param>
/// <param name="Tier">smoke, mini or paper.</param>
/// <param name="Table">The table.</param>
/// <param name="OldHash">SHA-256 of the approved file before; empty if there was none.</param>
/// <param name="NewHash">SHA-256 of the approved file after.</param>
/// <param name="Moved">Cells whose number changed.</param>
/// <param name="Added">Cells that were not there before.</param>
/// <param name="Removed">Cells that are no more.</param>
/// <param name="Widened">Cells whose tolerance grew.</param>
/// <param name="LargestShift">Largest move of a mean, in the cell's unit; null if none moved.</param>
/// <param name="Variance">Determinism classes of the attached variance runs.</param>
/// <param name="Previous">SHA-256 of the line before, without its line end; 64 zeros for the first.</param>
[JsonObject(ItemRequired = Required.AllowNull)]
public sealed record Approval(
    string Time,
    string By,
    string Reason,
    string Tier,
    string Table,
    string OldHash,
    string NewHash,
    IReadOnlyList<string> Moved,
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Removed,
    int Widened,
    double? LargestShift,
    IReadOnlyList<string> Variance,
    string Previous);
