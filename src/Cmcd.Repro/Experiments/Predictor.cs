namespace Cmcd.Repro.Experiments;

/// <summary>What answers the test set.</summary>
public enum Predictor
{
    /// <summary>The network that step 3 trained.</summary>
    Network,

    /// <summary>The class that is largest among the training labels, for every item: the chance level. Nothing is trained.</summary>
    LargestClass,
}
