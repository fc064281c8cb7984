// One closed union in one file: a kind of row is read beside its alternative.
using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>A row of a derived table. In JSON, <c>kind</c> names which.</summary>
/// <param name="Id">As in the printed numbers.</param>
/// <param name="Label">As the paper prints it.</param>
internal abstract record DerivedRow(string Id, string Label)
{
    /// <summary>The rows of the other table that it is made from, each with the field that names it.</summary>
    public abstract IEnumerable<(string Field, string Row)> Needs { get; }
}

/// <summary>One row's number minus another's, at the same column and seed.</summary>
/// <param name="Id">As in the printed numbers.</param>
/// <param name="Label">As the paper prints it.</param>
/// <param name="Of">The row.</param>
/// <param name="Over">The row that is taken off.</param>
[Kind("gain")]
internal sealed record DerivedGain(string Id, string Label, string Of, string Over) : DerivedRow(Id, Label)
{
    public override IEnumerable<(string Field, string Row)> Needs => [("of", Of), ("over", Over)];
}

/// <summary>Total variation between the teacher's features and those of an encoder of the target modality.</summary>
/// <param name="Id">As in the printed numbers.</param>
/// <param name="Label">As the paper prints it.</param>
/// <param name="Encoder">The row whose student stands for the target modality's best encoder.</param>
/// <param name="Unpaired">Columns without pairs of their own: what needs no pairs is measured on their own target images.</param>
/// <param name="Items">At most so many source items.</param>
/// <param name="Estimator">The estimate that is the row's number; the others stand beside it.</param>
/// <param name="Estimators">Temperatures, classifier and codebook.</param>
[Kind("distance")]
internal sealed record DerivedDistance(
    string Id, string Label, string Encoder, IReadOnlyList<string> Unpaired, [Range(30, 20000)] int Items, string Estimator, EstimatorSettings Estimators) : DerivedRow(Id, Label)
{
    public override IEnumerable<(string Field, string Row)> Needs => [("encoder", Encoder)];
}
