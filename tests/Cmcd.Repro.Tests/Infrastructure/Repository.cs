namespace Cmcd.Repro.Tests.Infrastructure;

/// <summary>The checkout the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Experiments => Path.Combine(Root, "experiments");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Cmcd.Repro.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("The tests run outside a checkout.");
    }
}
