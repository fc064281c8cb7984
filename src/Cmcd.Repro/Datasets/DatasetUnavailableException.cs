namespace Cmcd.Repro.Datasets;

/// <summary>A dataset that was asked for does not exist, is damaged or is smaller than what was asked of it.</summary>
public class DatasetUnavailableException : ReproException
{
    /// <param name="message">Which dataset or file, what was found, what was expected, what to do.</param>
    public DatasetUnavailableException(string message) : base(message) { }

    /// <param name="message">Which dataset or file, what was found, what was expected, what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DatasetUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
