using System.Diagnostics;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.EndToEnd;

/// <summary>Every experiment in the smoke tier, reproduced once by a process of its own from an empty cache; shared by the tests that read what came out.</summary>
public sealed class SmokeRun : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public SmokeRun()
    {
        Cache = _folder.Create("cache");
        Results = _folder.Create("results");
        First = Start(["reproduce", "--tier=smoke", "--threads=1", $"--cache={Cache}", $"--results={Results}"], _ => false);
    }

    internal static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Cmcd.Repro.dll");

    internal string Cache { get; }

    internal string Results { get; }

    internal Outcome First { get; }

    internal string File(string name) => Path.Combine(Results, "smoke", "Table1", name);

    /// <summary>Table 1 alone.</summary>
    internal static Outcome Run(string cache, string results, params string[] more) =>
        Start(["run", "Table1", "--tier=smoke", "--threads=1", $"--cache={cache}", $"--results={results}", .. more], _ => false);

    /// <summary>Runs the program; kills it (SIGKILL) at the first line for which <paramref name="killAt"/> holds.</summary>
    internal static Outcome Start(IReadOnlyList<string> arguments, Predicate<string> killAt)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
            if (!killAt(line)) continue;
            process.Kill();
            break;
        }

        process.WaitForExit();
        return new(process.ExitCode, lines, error.GetAwaiter().GetResult());
    }

    public void Dispose() => _folder.Dispose();

    internal sealed record Outcome(int ExitCode, IReadOnlyList<string> Lines, string Error);
}
