namespace Cmcd.Repro.Datasets.Clips;

/// <summary>The system's ffmpeg, which decodes clips.</summary>
internal static class FfmpegProgram
{
    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["ffmpeg.exe"] : ["ffmpeg"];

    /// <summary>The folder it lies in; null where it is not installed.</summary>
    /// <param name="path">Folders to look in, as in the variable PATH.</param>
    public static string? Folder(string? path) =>
        (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(folder => Names.Any(name => File.Exists(Path.Combine(folder, name))));

    /// <summary>The folder it lies in.</summary>
    /// <param name="path">As above; null takes the variable PATH.</param>
    /// <exception cref="DatasetUnavailableException">It is not installed; the message says how to install it.</exception>
    public static string Require(string? path = null) => Folder(path ?? Environment.GetEnvironmentVariable("PATH")) ?? throw new DatasetUnavailableException(
        "VGGSound's clips are decoded by ffmpeg, and no folder of PATH has a program of this name. "
        + "Install it (Debian, Ubuntu: apt-get install ffmpeg; macOS: brew install ffmpeg; Windows: winget install ffmpeg) and start again.");
}
