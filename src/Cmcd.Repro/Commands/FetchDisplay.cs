using System.Globalization;
using Cmcd.Repro.Datasets.Download;

namespace Cmcd.Repro.Commands;

/// <summary>Shows a fetch: one line that is written over with a terminal, else a plain line now and then.</summary>
internal sealed class FetchDisplay(TimeProvider time) : IFetchObserver
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(30);

    private readonly bool _live = !Console.IsOutputRedirected;
    private long _shown = time.GetTimestamp();
    private int _width;

    /// <summary>"name: 1,234 of 5,678 bytes (21.7 %), 3.4 MB/s, 0:00:12 left", as far as it is known.</summary>
    public static string Line(FetchProgress progress)
    {
        var total = progress.Total is { } all and > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {all:N0} bytes ({100.0 * progress.Bytes / all:F1} %)") : " bytes";
        var rate = progress.BytesPerSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $", {progress.BytesPerSecond / 1e6:F1} MB/s") : "";
        var left = progress.Left is { } time ? string.Create(CultureInfo.InvariantCulture, $", {(long)time.TotalHours}:{time:mm\\:ss} left") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{progress.File}: {progress.Bytes:N0}{total}{rate}{left}");
    }

    public void Progressed(FetchProgress progress) => Passing(() => Line(progress));

    public void Retrying(string file, string reason, TimeSpan pause) =>
        Said(string.Create(CultureInfo.InvariantCulture, $"{file}: {reason}. Next attempt in {pause.TotalSeconds:F1} s."));

    public void Extracted(string archive, int entries, long bytes) => Passing(() => string.Create(CultureInfo.InvariantCulture, $"{archive}: unpacking, {entries:N0} entries, {bytes:N0} bytes"));

    public void Said(string line)
    {
        Wipe();
        Console.WriteLine("  " + line);
    }

    private void Passing(Func<string> text)
    {
        if (time.GetElapsedTime(_shown) < (_live ? LiveInterval : PlainInterval)) return;
        _shown = time.GetTimestamp();
        var line = "  " + text();
        Wipe();
        if (!_live)
        {
            Console.WriteLine(line);
            return;
        }

        _width = Math.Min(line.Length, Math.Max(Console.WindowWidth - 1, 0));   // a wrapped line could not be wiped
        Console.Write(line[.._width]);
    }

    private void Wipe()
    {
        if (_width == 0) return;
        Console.Write($"\r{new string(' ', _width)}\r");
        _width = 0;
    }
}
