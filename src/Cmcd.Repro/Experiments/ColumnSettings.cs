using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>One column of a table: the data of all three steps and the number that is read.</summary>
/// <param name="Id">As in the header of the printed numbers; unique in its table.</param>
/// <param name="Label">The column's name as the paper prints it.</param>
/// <param name="Modalities">Source and target, as in image-sketch.</param>
/// <param name="Task">What step 3 learns: recognition or segmentation.</param>
/// <param name="Metric">What is measured on the test data: top1 (correct first answers) or miou (mean intersection over union).</param>
/// <param name="Unit">Unit of the metric: percent.</param>
/// <param name="Source">Role of step 1's unlabelled source data. A tier says which dataset plays it.</param>
/// <param name="Pairs">Role of step 2's pairs.</param>
/// <param name="Downstream">Role of step 3's labelled target data.</param>
public sealed record ColumnSettings(
    string Id,
    string Label,
    string Modalities,
    [AllowedValues("recognition", "segmentation")] string Task,
    [AllowedValues("top1", "miou")] string Metric,
    [AllowedValues("percent")] string Unit,
    string Source,
    string Pairs,
    string Downstream);
