using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>One statement of a claim, judged on its own: a claim that names two methods has one for each.</summary>
/// <param name="Name">What tells it from the claim's other parts; null when there is only one.</param>
/// <param name="Scale">Scale of gains; null for points.</param>
/// <param name="Aside">It is shown for comparison and does not decide.</param>
/// <param name="Reading">In how many cases it must hold.</param>
/// <param name="RoundTo">Decimals to which the sentence rounds: a case that holds only after rounding is borderline. Null where rounding excuses nothing.</param>
/// <param name="AboveNoise">It is borderline where it holds only within 1.96 binomial standard errors.</param>
/// <param name="Predicate">What is said.</param>
public sealed record ClaimPart(
    string? Name, Scale? Scale, bool? Aside, Reading Reading, [Range(0, 2)] int? RoundTo, bool? AboveNoise, ClaimPredicate Predicate);
