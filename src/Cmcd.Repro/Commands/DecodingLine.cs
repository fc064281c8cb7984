namespace Cmcd.Repro.Commands;

/// <summary>Says every few seconds how far the decoding of a data set has come: minutes pass before a first step.</summary>
internal static class DecodingLine
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private static long _last;

    /// <param name="what">What is decoded.</param>
    /// <param name="done">Items done.</param>
    /// <param name="total">Of how many.</param>
    public static void Print(string what, int done, int total)
    {
        var now = TimeProvider.System.GetTimestamp();
        if (done < total && _last != 0 && TimeProvider.System.GetElapsedTime(_last, now) < Between) return;
        _last = now;
        Console.WriteLine($"Decoding {what}: {done:N0} of {total:N0}");
    }
}
