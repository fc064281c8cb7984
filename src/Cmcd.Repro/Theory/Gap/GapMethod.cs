namespace Cmcd.Repro.Theory.Gap;

/// <summary>The ways to an encoder of the target modality, in the order of the stack that trains them.</summary>
/// <remarks>
/// CMKD is missing: its attention is the place of each activation in a map, and a vector has one place, so that its attention term is zero and CMKD is CMST.
/// </remarks>
public enum GapMethod
{
    /// <summary>SimCLR on the target side of the pairs, from random weights.</summary>
    SSL,

    /// <summary>SimCLR on the target side of the pairs, from the teacher's weights.</summary>
    PreSSL,

    /// <summary>Distillation by similarities.</summary>
    CMD,

    /// <summary>Contrast between the modalities.</summary>
    CMC,

    /// <summary>CMD with the pairs put in random order: a control without any link.</summary>
    ShuffledCMD,

    /// <summary>Squared distance of the last layers.</summary>
    CMST,

    /// <summary>Distance of the layers' statistics.</summary>
    SOCKET,

    /// <summary>Random weights: in FT, supervised training from scratch.</summary>
    Random,

    /// <summary>The teacher's weights without step 2: in LE the null student, in FT the paper's Sup.</summary>
    Sup,
}
