namespace Cmcd.Repro.Tests.Infrastructure;

/// <summary>A test that needs ffmpeg. Without one it is listed as skipped, and fails where CMCD_REQUIRE_FFMPEG is set, as .ci/run does.</summary>
internal sealed class FfmpegFactAttribute : FactAttribute
{
    public const string Missing = "No ffmpeg is installed. Install one (Debian: apt-get install ffmpeg).";

    public FfmpegFactAttribute()
    {
        if (Ffmpeg.Folder is null && Environment.GetEnvironmentVariable("CMCD_REQUIRE_FFMPEG") is null) Skip = Missing;
    }
}
