namespace Cmcd.Repro;

/// <summary>Something the user can mend: printed as one message without a stack trace, exit code 3.</summary>
/// <remarks>The message says where, what was found, what is allowed and what to do. Caller mistakes are ArgumentExceptions instead.</remarks>
public class ReproException : Exception
{
    /// <param name="message">Where, what was found, what is allowed, what to do.</param>
    public ReproException(string message) : base(message) { }

    /// <param name="message">Where, what was found, what is allowed, what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ReproException(string message, Exception innerException) : base(message, innerException) { }
}
