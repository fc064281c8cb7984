using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets.Formats;

/// <summary>MAT files of others (make_mat5.py), and one of this project's writer that SciPy has read.</summary>
internal static class Mat5Fixtures
{
    /// <summary>What own-v6.mat and own-v7.mat hold, and what SciPy found in them: own.scipy.txt.</summary>
    public static byte[][] Own =>
    [
        Mat5Writer.Numbers("small", 2, 3, 1, 2, 3, 4, 5, 255), Mat5Writer.Numbers("wide", 3, 1, 0, 256, 65535), Mat5Writer.Numbers("real", 1, 2, -0.5, 1e300),
        Mat5Writer.Numbers("none", 0, 0), Mat5Writer.Text("text", "otherprop"), Mat5Writer.Text("word", "bed"),
        Mat5Writer.Cells("cells", Mat5Writer.Text("", "floor mat"), Mat5Writer.Text("", ""), Mat5Writer.Numbers("", 1, 1, 7)),
        Mat5Writer.Struct("whole", ("labels", Mat5Writer.Numbers("", 1, 4, 12, 5, 6, 1)), ("names", Mat5Writer.Cells("", Mat5Writer.Text("", "bed"), Mat5Writer.Text("", "books")))),
    ];

    public static byte[] Read(string file) => File.ReadAllBytes(PathOf(file));

    public static string PathOf(string file) => Path.Combine(Repository.Root, "tests", "Cmcd.Repro.Tests", "Datasets", "Formats", "Fixtures", file);
}
