namespace Cmcd.Repro.Randomness;

/// <summary>What random numbers are for: part of the generator's key, so that no two uses ever share numbers.</summary>
/// <remarks>The values are written into every result. Never renumber; add at the end.</remarks>
public enum Purpose
{
    /// <summary>Initial weights; the sample id is the tensor's position in the network.</summary>
    Weights = 1,

    /// <summary>Order of the items in an epoch.</summary>
    Shuffle = 2,

    /// <summary>Crop and flip of a view.</summary>
    Geometry = 3,

    /// <summary>Colour, greyscale and blur of a view.</summary>
    Photometry = 4,

    /// <summary>Strokes of a drawn sketch.</summary>
    Sketch = 5,

    /// <summary>Choice of a subset of items.</summary>
    Subset = 6,

    /// <summary>Test inputs.</summary>
    Test = 7,

    /// <summary>Resamples and random orders behind an interval or a p-value; the sample id is the draw.</summary>
    Resampling = 8,

    /// <summary>Made-up results that measure the verdict engine; the epoch is the round.</summary>
    Simulation = 9,

    /// <summary>Events, cameras and rooms of generated clips; the sample id is the item.</summary>
    Impacts = 10,

    /// <summary>Generated indoor scenes; the sample id is the scene, the view says for which of its parts.</summary>
    Rooms = 11,

    /// <summary>Worlds, samples and networks of the gap experiment; the epoch is the part of the world.</summary>
    Gap = 12,

    /// <summary>Splits, first weights and reference orders inside the estimators of total variation; the epoch is the use.</summary>
    Estimator = 13,

    /// <summary>Spread of the pauses between attempts of a download; no number of a result depends on it.</summary>
    RetryJitter = 14,
}
