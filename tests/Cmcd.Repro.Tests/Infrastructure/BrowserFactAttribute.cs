namespace Cmcd.Repro.Tests.Infrastructure;

/// <summary>A test that needs a browser. Without one it is listed as skipped, and fails where CMCD_REQUIRE_BROWSER is set, as .ci/run does.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public const string Missing = "No Chromium is installed. Install one (Debian: apt-get install chromium) or name its program in the variable CHROMIUM.";

    public BrowserFactAttribute()
    {
        if (Browser.Program is null && Environment.GetEnvironmentVariable("CMCD_REQUIRE_BROWSER") is null) Skip = Missing;
    }
}
