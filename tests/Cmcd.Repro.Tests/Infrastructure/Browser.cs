using System.Diagnostics;

namespace Cmcd.Repro.Tests.Infrastructure;

/// <summary>An installed Chromium, run without a window.</summary>
internal static class Browser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    /// <summary>Its program; null when there is none. CHROMIUM names one that is not in the path.</summary>
    public static string? Program { get; } = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.SelectMany(name => (string[])[Path.Combine(folder, name), Path.Combine(folder, name + ".exe")])).FirstOrDefault(File.Exists);

    /// <summary>Opens a page, lets its scripts finish and returns the document as it is then.</summary>
    public static string Document(string page)
    {
        using var folder = new ScratchFolder();
        var file = folder.File("page.html");
        File.WriteAllText(file, page);
        var start = new ProcessStartInfo(Program ?? throw new InvalidOperationException(BrowserFactAttribute.Missing)) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1440,900", "--virtual-time-budget=120000",
            $"--user-data-dir={folder.Create("profile")}", "--dump-dom", new Uri(file).AbsoluteUri,
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var document = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? document : throw new InvalidOperationException($"{Program} ended with exit code {process.ExitCode}: {error.GetAwaiter().GetResult()}");
    }
}
