using System.Diagnostics;
using Cmcd.Repro.Tests.EndToEnd;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Commands;

/// <summary>The audit as a process of its own.</summary>
public class AuditCommandTests
{
    [Theory]
    [InlineData(0), InlineData(1, "--strict")]
    public void Findings_about_the_paper_fail_only_where_it_is_asked_for(int exitCode, params string[] options)
    {
        var (code, lines, error, _) = Run(options);

        Assert.Equal((exitCode, ""), (code, error));
        Assert.Equal(34, lines.Count(line => line.Length > 3 && line[0] == 'C' && char.IsAsciiDigit(line[1]) && char.IsAsciiDigit(line[2])));
        Assert.Contains(lines, line => line.StartsWith("C01 contradicted: ", StringComparison.Ordinal));
        Assert.Contains("      LE Sketchy: CMC+LE 73.24 - SOCKET+LE 71.33 = +1.91 (z 3.7, standard error 0.51)", lines);
        Assert.Contains("Duplicate and derived cells: 22 of the 118 printed cells, so 96 distinct ones; 22 agree.", lines);
        Assert.Contains(lines, line => line.StartsWith("    LE gain of CMD, relative, %", StringComparison.Ordinal) && line.EndsWith("+0.95", StringComparison.Ordinal));
        Assert.Contains("11 predicates of ours (H1 to H11) speak of runs: the Report target judges them.", lines);
        Assert.Equal(
            "34 claims of arXiv 2405.03355v2: 15 supported, 6 contradicted, 9 borderline, 4 untestable. "
            + "Contradicted as a whole or in one part: C01, C04, C05, C10, C11, C13, C17, C20, C34.",
            lines[^1]);
    }

    [Fact]
    public void The_README_says_what_the_audit_says()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var lines = Run([]).Lines;
        Assert.All([lines[^1], .. lines.Where(line => line.StartsWith("      LE Sketchy: CMC+LE 73.24", StringComparison.Ordinal)).Take(1)], line => Assert.Contains(line, readme, StringComparison.Ordinal));
        var score = File.ReadLines(Path.Combine(Repository.Root, "tests", "Cmcd.Repro.Tests", "Regression", "mutations.md")).First().Split(": ")[1];
        Assert.Contains($"[Planted faults](tests/Cmcd.Repro.Tests/Regression/mutations.md): {score}", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_libtorch_nor_its_binding_is_loaded()
    {
        if (!OperatingSystem.IsLinux()) return;   // the log of loaded libraries is glibc's
        var loaded = Run([]).Loaded;

        Assert.Contains("libcoreclr", loaded, StringComparison.Ordinal);   // the log was written
        Assert.DoesNotContain("torch", loaded, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Runs the program with glibc's log of every native library that it loads.</summary>
    private static (int ExitCode, string[] Lines, string Error, string Loaded) Run(string[] options)
    {
        using var folder = new ScratchFolder();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["LD_DEBUG"], start.Environment["LD_DEBUG_OUTPUT"]) = ("files", folder.File("loaded"));
        foreach (var argument in (string[])[SmokeRun.Program, "audit", .. options]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        process.WaitForExit();
        var loaded = string.Concat(Directory.EnumerateFiles(folder.Path, "loaded*").Select(File.ReadAllText));
        return (process.ExitCode, lines, error.GetAwaiter().GetResult(), loaded);
    }
}
