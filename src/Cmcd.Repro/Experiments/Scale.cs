namespace Cmcd.Repro.Experiments;

/// <summary>How a gain of one number over another is expressed. The same pair of numbers can order one way on one scale and the other way on another.</summary>
public enum Scale
{
    /// <summary>a - b, in points.</summary>
    Points,

    /// <summary>100 (a - b) / b, in percent of the reference.</summary>
    Relative,

    /// <summary>100 (a - b) / (100 - b), in percent of the reference's error; a and b in percent.</summary>
    ErrorReduction,
}
