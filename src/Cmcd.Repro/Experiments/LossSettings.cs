// One closed union in one file: a kind of loss is read beside its alternatives.
using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>The loss of step 2. In JSON, <c>kind</c> names which.</summary>
public abstract record LossSettings;

/// <summary>Soft cross-entropy against the teacher's similarities. Source: arXiv 2405.03355v2, Eq. (2) and (5).</summary>
/// <param name="TeacherTemperature">Divides the teacher's cosine similarities; unitless, above 0.</param>
/// <param name="StudentTemperature">Divides the student's cosine similarities; unitless, above 0.</param>
/// <param name="Relational">Student similarities are student-to-student instead of student-to-teacher.</param>
/// <param name="IncludeSelf">An item's own teacher feature is one of its anchors.</param>
[Kind("cmd")]
public sealed record CmdSettings(
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double TeacherTemperature,
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double StudentTemperature,
    bool Relational,
    bool IncludeSelf) : LossSettings;

/// <summary>InfoNCE between the two modalities of each pair. Source: arXiv 2405.03355v2, Eq. (3).</summary>
/// <param name="Temperature">Divides cosine similarity; unitless, above 0; fixed during training.</param>
/// <param name="Symmetric">Mean of both directions; otherwise from the student to the teacher only.</param>
/// <param name="MultiPositive">All items of one photo are positives of each other; otherwise only the own pair is.</param>
[Kind("cmc")]
public sealed record CmcSettings(
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double Temperature,
    bool Symmetric,
    bool MultiPositive) : LossSettings;

/// <summary>λ · CMC + (1 - λ) · CMD on the same features. Source: arXiv 2405.03355v2, Table 5.</summary>
/// <param name="Lambda">Weight of CMC; unitless, [0, 1].</param>
/// <param name="Cmc">The contrastive part.</param>
/// <param name="Cmd">The distillation part.</param>
[Kind("mixed")]
public sealed record MixedSettings([Range(0, 1.0)] double Lambda, CmcSettings Cmc, CmdSettings Cmd) : LossSettings;

/// <summary>Mean squared error of the last stage's maps. Source: Gupta et al. 2016.</summary>
[Kind("cmst")]
public sealed record CmstSettings : LossSettings;

/// <summary>CMST plus attention transfer over the four stages. Source: Zhao et al. 2020; Zagoruyko and Komodakis 2017.</summary>
/// <param name="AttentionWeight">Weight of each stage's attention term; unitless, at least 0.</param>
[Kind("cmkd")]
public sealed record CmkdSettings([Range(0, double.MaxValue)] double AttentionWeight) : LossSettings;

/// <summary>Distance of the batch's statistics from the teacher's running ones, over its batch-norm layers. Source: Ahmed et al. 2022 and its code.</summary>
/// <param name="FirstLayerWeight">Weight of the first layer's term, the others having 1; unitless, at least 0.</param>
/// <param name="Weight">Weight of the whole; unitless, above 0.</param>
[Kind("socket")]
public sealed record SocketSettings(
    [Range(0, double.MaxValue)] double FirstLayerWeight,
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double Weight) : LossSettings;
