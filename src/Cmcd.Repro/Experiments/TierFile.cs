using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>A tier file as written. From SourceSize to Step3: partial objects laid over the table's; absent: the table's own stand.</summary>
/// <param name="Name">As in <see cref="TierSettings"/>.</param>
/// <param name="StandsIn">As in <see cref="TierSettings"/>.</param>
/// <param name="About">As in <see cref="TierSettings"/>.</param>
/// <param name="Roles">As in <see cref="TierSettings"/>.</param>
/// <param name="SourceSize">Side of the teacher's views in step 2.</param>
/// <param name="Teacher">Over the teacher's encoder.</param>
/// <param name="Student">Over the student's encoder.</param>
/// <param name="Step1">Over step 1.</param>
/// <param name="Step2">By kind of step 2.</param>
/// <param name="Step3">By protocol.</param>
/// <param name="Modalities">The same six fields by pair of modalities, over the above.</param>
/// <param name="Tables">By table, then <c>rows</c> or <c>columns</c>, then id: the same six fields for one row or column, over all else.</param>
/// <param name="Parity">As in <see cref="TierSettings"/>.</param>
/// <param name="Rate">As in <see cref="TierSettings"/>.</param>
internal sealed record TierFile(
    string Name,
    bool StandsIn,
    string About,
    IReadOnlyDictionary<string, RoleSettings> Roles,
    JToken? SourceSize,
    JObject? Teacher,
    JObject? Student,
    JObject? Step1,
    JObject? Step2,
    JObject? Step3,
    JObject? Modalities,
    JObject? Tables,
    TierParity? Parity,
    TierRate? Rate) : ISelfChecked
{
    IEnumerable<(string Field, string Expected)> ISelfChecked.Faults()
    {
        if (!StandsIn && Parity is null) yield return ("standsIn", "true, or a field parity: what numbers on the paper's own data may differ by");
        if (StandsIn && Parity is not null) yield return ("parity", "no parity where standsIn is true: such numbers are never compared with the printed ones");
    }
}
