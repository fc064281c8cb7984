namespace Cmcd.Repro.Datasets;

/// <summary>Data of the paper that are not on this machine: nothing is broken, and what does not need them can go on.</summary>
public sealed class DatasetMissingException : DatasetUnavailableException
{
    /// <param name="message">Which files of which sources, and how to get them.</param>
    public DatasetMissingException(string message) : base(message) { }

    /// <param name="message">Which files of which sources, and how to get them.</param>
    /// <param name="innerException">The cause.</param>
    public DatasetMissingException(string message, Exception innerException) : base(message, innerException) { }
}
