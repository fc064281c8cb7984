// One closed union in one file: a kind of step is read beside its alternatives.
namespace Cmcd.Repro.Experiments;

/// <summary>What happens between the teacher and step 3. In JSON, <c>kind</c> names which.</summary>
public abstract record Step2Settings;

/// <summary>Nothing: step 3 starts from the initial weights (row Sup).</summary>
/// <param name="Init">First weights, where they are part of what the row is; absent: the table's.</param>
[Kind("none")]
public sealed record NoStep2(Initialisation? Init = null) : Step2Settings;

/// <summary>SimCLR on the target side of the pairs, labels and source side unseen (rows SSL and PreSSL).</summary>
/// <param name="Settings">The training; its fields stand directly in the step.</param>
/// <param name="Init">First weights, part of what the row is: random for SSL, the source's for PreSSL.</param>
[Kind("simclr")]
public sealed record SimClrStep2([Inline] SimClrSettings Settings, Initialisation Init) : Step2Settings;

/// <summary>Distillation from the teacher on pairs.</summary>
/// <param name="Settings">The training; its fields stand directly in the step.</param>
[Kind("distill")]
public sealed record DistillationStep2([Inline] DistillationSettings Settings) : Step2Settings;
