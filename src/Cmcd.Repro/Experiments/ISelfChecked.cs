namespace Cmcd.Repro.Experiments;

/// <summary>A record whose fields depend on each other.</summary>
internal interface ISelfChecked
{
    /// <summary>The JSON name of each field that does not fit the others, and what was expected there. Asked only when each field is legal alone.</summary>
    IEnumerable<(string Field, string Expected)> Faults();
}
