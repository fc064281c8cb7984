using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments.Gap;

/// <summary>The gap experiment in one tier: pairs of modalities at designed distances, every method at every distance. Ours, not the paper's.</summary>
/// <param name="Id">The file's name.</param>
/// <param name="Kind">gap.</param>
/// <param name="About">One sentence: what it asks.</param>
/// <param name="Cost">By tier, a text for people.</param>
/// <param name="Seeds">Seeds; each draws a world, its data and its networks anew.</param>
/// <param name="World">What all levels share.</param>
/// <param name="Base">Where each knob stands while another one is turned.</param>
/// <param name="Knobs">What is turned, one at a time.</param>
/// <param name="Cells">Id of the knob whose levels are the columns of cells.csv, by which claims are judged.</param>
/// <param name="Outcomes">What is correlated with total variation, fixed before the run.</param>
/// <param name="Estimators">How total variation is estimated.</param>
/// <param name="Sizes">Numbers of items.</param>
/// <param name="Training">How networks are trained.</param>
public sealed record GapExperiment(
    string Id,
    [AllowedValues(GapExperiment.KindName)] string Kind,
    string About,
    IReadOnlyDictionary<string, string> Cost,
    [MinLength(1), Range(0, (double)uint.MaxValue)] IReadOnlyList<long> Seeds,
    GapWorldSettings World,
    GapLevel Base,
    [MinLength(1)] IReadOnlyList<GapKnob> Knobs,
    string Cells,
    [MinLength(1)] IReadOnlyList<GapOutcome> Outcomes,
    EstimatorSettings Estimators,
    GapSizes Sizes,
    GapTraining Training) : ISelfChecked
{
    /// <summary>What <c>kind</c> says in such a file.</summary>
    public const string KindName = "gap";

    /// <summary>The knob whose levels are the columns of cells.csv.</summary>
    public GapKnob CellKnob => Knobs.Single(knob => knob.Id == Cells);

    /// <summary>Every level of a knob as a point of the world.</summary>
    public IReadOnlyList<GapLevel> LevelsOf(GapKnob knob) => [.. knob.Levels.Select(setting => Base.With(knob.Dial, setting))];

    IEnumerable<(string Field, string Expected)> ISelfChecked.Faults()
    {
        if (Seeds.Distinct().Count() < Seeds.Count) yield return ("seeds", "each seed once");
        if (Knobs.Select(knob => knob.Id).Distinct().Count() < Knobs.Count) yield return ("knobs", "each id once");
        if (Knobs.All(knob => knob.Id != Cells)) yield return ("cells", $"the id of a knob ({string.Join(", ", Knobs.Select(knob => knob.Id))})");
        if (Outcomes.Select(outcome => outcome.Scale).Distinct().Count() < Outcomes.Count) yield return ("outcomes", "each scale once");
        var pairs = Knobs.Where(knob => knob.Dial == GapDial.Pairs).SelectMany(knob => knob.Levels).Append(Base.Pairs).Min();
        if (Training.BatchSize > Math.Min(pairs, Math.Min(Sizes.Source, Sizes.Held))) yield return ("training", $"a batchSize of at most the smallest set ({Math.Min(pairs, Math.Min(Sizes.Source, Sizes.Held))} items)");
        if (Sizes.Gibbs > Sizes.Held) yield return ("sizes", "a number gibbs of at most held");
        if (Math.Min(Sizes.Train, Sizes.Test) < World.Classes) yield return ("sizes", $"train and test with an item of each of the {World.Classes} classes");
        if (World.Content + World.Style > World.Observed) yield return ("world", "observed of at least content + style: the map must lose nothing");
    }
}
