using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>What a table, one of its rows or one of its columns says about its cells, as written. Fields are those of <see cref="CellSettings"/>.</summary>
/// <remarks>
/// Parts are laid over each other: table, row, column, tier. A step or a network may be given whole or in part; a field of step 2 may also stand
/// under the kind it is for (<c>simclr</c>, <c>distill</c>). The values are judged when they are together.
/// </remarks>
internal sealed record CellPart(
    JToken? Method,
    JToken? Modalities,
    JToken? Task,
    JToken? Metric,
    JToken? Unit,
    JToken? Source,
    JToken? Pairs,
    JToken? Downstream,
    JToken? PairShare,
    JToken? Budget,
    JToken? FewShot,
    JToken? SourceSize,
    JToken? Predictor,
    JToken? Teacher,
    JToken? Student,
    JToken? Step1,
    JToken? Step2,
    JToken? Step3)
{
    /// <summary>It says nothing.</summary>
    public static CellPart None { get; } = new(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
}
