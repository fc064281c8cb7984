namespace Cmcd.Repro.Experiments;

/// <summary>What step 3 trains.</summary>
public enum Protocol
{
    /// <summary>Linear evaluation: a linear layer on a frozen encoder in evaluation mode.</summary>
    LE,

    /// <summary>Fine-tuning: the encoder and the linear layer.</summary>
    FT,
}
