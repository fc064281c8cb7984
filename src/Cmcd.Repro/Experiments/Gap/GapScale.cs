namespace Cmcd.Repro.Experiments.Gap;

/// <summary>How a method's accuracy is turned into an outcome. Gains are over SSL in LE and over Sup in FT, as in the paper's Table 2.</summary>
public enum GapScale
{
    /// <summary>Accuracy of the exact Bayes rule on the same test items, minus the method's; points.</summary>
    ExcessRisk,

    /// <summary>Accuracy minus the reference's; points.</summary>
    Points,

    /// <summary>100 · gain / (100 - reference); percent.</summary>
    ErrorReduction,

    /// <summary>100 · gain / reference; percent.</summary>
    Relative,
}
