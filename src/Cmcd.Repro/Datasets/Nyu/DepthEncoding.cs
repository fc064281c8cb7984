namespace Cmcd.Repro.Datasets.Nyu;

/// <summary>How a depth in metres becomes a byte. A depth that is not known is 0.</summary>
public enum DepthEncoding
{
    /// <summary>Cut to 0 to 10 m, 255 for 10 m, repeated to three channels.</summary>
    Metric,

    /// <summary>As <see cref="Metric"/>, in one channel: for a student with one input channel.</summary>
    MetricOneChannel,

    /// <summary>The logarithm, 1 for 0.5 m and 255 for 10 m, repeated to three channels: equal steps in proportion, as in FCN's depth input.</summary>
    Logarithmic,
}
