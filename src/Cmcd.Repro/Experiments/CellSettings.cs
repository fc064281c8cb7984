using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>Everything one cell is made of: its table's, row's and column's parts together, recipes expanded and the tier's sizes laid over.</summary>
/// <param name="Method">How the student is trained, for people: CMC.</param>
/// <param name="Modalities">Source and target, as in image-sketch.</param>
/// <param name="Task">What step 3 learns: recognition or segmentation.</param>
/// <param name="Metric">What is measured on the test data: top1 (correct first answers) or miou (mean intersection over union).</param>
/// <param name="Unit">Unit of the metric: percent.</param>
/// <param name="Source">Role of step 1's unlabelled source data. A tier says which dataset plays it.</param>
/// <param name="Pairs">Role of step 2's pairs.</param>
/// <param name="Downstream">Role of step 3's labelled target data.</param>
/// <param name="PairShare">Share of the pairs, drawn by photo, that step 2 sees; (0, 1], absent: all.</param>
/// <param name="Budget">What a smaller share leaves as it is; absent: epochs.</param>
/// <param name="FewShot">Few labelled items; absent: the whole training set, once.</param>
/// <param name="Predictor">What answers the test set; absent: the network.</param>
/// <param name="SourceSize">Side of the views that the teacher sees in step 2, where it differs from the student's; pixels.</param>
/// <param name="Teacher">The source-modality network.</param>
/// <param name="Student">The target-modality network.</param>
/// <param name="Step1">How the teacher is trained.</param>
/// <param name="Step2">What happens before the evaluation.</param>
/// <param name="Step3">The evaluation.</param>
public sealed record CellSettings(
    string Method,
    string Modalities,
    [AllowedValues("recognition", "segmentation")] string Task,
    [AllowedValues("top1", "miou")] string Metric,
    [AllowedValues("percent")] string Unit,
    string Source,
    string Pairs,
    string Downstream,
    [Range(0, 1.0, MinimumIsExclusive = true)] double? PairShare,
    Budget? Budget,
    FewShotSettings? FewShot,
    Predictor? Predictor,
    [Range(1, 1024)] int? SourceSize,
    EncoderSettings Teacher,
    EncoderSettings Student,
    SimClrSettings Step1,
    Step2Settings Step2,
    EvaluationSettings Step3) : ISelfChecked
{
    /// <summary>What the metric of a difference ends with.</summary>
    public const string GainSuffix = " gain";

    /// <summary>What the metric of a total variation begins with.</summary>
    public const string DistancePrefix = "tv.";

    /// <summary>The cell whose number is taken off this one's, at the same seed; null for a cell whose number is its own.</summary>
    public CellSettings? Over { get; init; }

    /// <summary>The cell's number is a total variation instead of a score; null for a score.</summary>
    public DistanceSettings? Distance { get; init; }

    /// <summary>The name under which a stage records the number, or each of the two of a difference.</summary>
    public string Recorded => Distance?.Estimator ?? Over?.Metric ?? Metric;

    /// <summary>The protocol of step 3; of a total variation, which needs none, that of the row whose encoder it is of.</summary>
    public Protocol Protocol => Step3.Protocol;

    IEnumerable<(string Field, string Expected)> ISelfChecked.Faults()
    {
        if ((Task == "segmentation") != (Metric == "miou")) yield return ("metric", Task == "segmentation" ? "miou: the task is segmentation" : "top1: the task is recognition");
        if (SourceSize is not null && Step2 is DistillationStep2 { Settings.SharedGeometry: true }) yield return ("sourceSize", "it only where sharedGeometry is false: one crop has one size");
        if (Budget is not null && PairShare is null) yield return ("budget", "it only beside pairShare");
        if (FewShot is not null && Task == "segmentation") yield return ("fewShot", "it for recognition only");
        if (Predictor is Experiments.Predictor.LargestClass && (Step2 is not NoStep2 || FewShot is not null)) yield return ("predictor", "it beside a step 2 of kind none and without fewShot: nothing is trained");
    }
}
