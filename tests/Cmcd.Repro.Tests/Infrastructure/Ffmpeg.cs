using System.Diagnostics;
using Cmcd.Repro.Datasets.Clips;

namespace Cmcd.Repro.Tests.Infrastructure;

/// <summary>The installed ffmpeg, by which tests make their clips.</summary>
internal static class Ffmpeg
{
    /// <summary>The folder of its program; null when there is none.</summary>
    public static string? Folder { get; } = FfmpegProgram.Folder(Environment.GetEnvironmentVariable("PATH"));

    /// <summary>Runs it to its end; an existing output is written over.</summary>
    /// <param name="arguments">Without the leading switches.</param>
    public static void Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Folder ?? throw new InvalidOperationException(FfmpegFactAttribute.Missing), "ffmpeg")) { RedirectStandardError = true };
        foreach (var argument in (string[])["-v", "error", "-nostdin", "-y", .. arguments]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"ffmpeg {string.Join(' ', arguments)} ended with exit code {process.ExitCode}: {said}");
    }
}
