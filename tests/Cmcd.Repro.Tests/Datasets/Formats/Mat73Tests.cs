using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Formats;
using Cmcd.Repro.Tests.Datasets.Mirror;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets.Formats;

/// <summary>HDF5's own library wrote the files (make_nyu_mirror.py); the values are computed here again.</summary>
public sealed class Mat73Tests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Items_come_out_with_MATLAB_s_axes_reversed()
    {
        using var mat = Mat73.Open(NyuMirror.Fixture(NyuMirror.Data));
        var (images, depths, raw, labels) = (mat.Items("images"), mat.Items("depths"), mat.Items("rawDepths"), mat.Items("labels"));

        Assert.Equal([10, 3, 640, 480], images.Shape);
        Assert.Equal([10, 640, 480], depths.Shape);
        foreach (var image in new[] { 9, 0, 4 })
        {
            Assert.Equal(Expected(3, (c, y, x) => NyuMirror.Colour(image, c, y, x)), images.Read(image));
            Assert.Equal(Expected(1, (_, y, x) => NyuMirror.Depth(image, y, x)), depths.Read(image));
            Assert.Equal(Expected(1, (_, y, x) => NyuMirror.RawDepth(image, y, x)), raw.Read(image));
            Assert.Equal(Expected(1, (_, y, x) => NyuMirror.Label(image, y, x)), labels.Read(image));
        }
    }

    [Fact]
    public void Cells_are_followed_to_their_texts()
    {
        using var mat = Mat73.Open(NyuMirror.Fixture(NyuMirror.Data));

        Assert.Equal(Enumerable.Range(1, NyuMirror.Ids).Select(NyuMirror.NameOfId), mat.Texts("names"));
        Assert.Equal(["room_0000", "room_0000", "room_0001"], mat.Texts("scenes").Take(3));
        Assert.Equal(["kitchen", ""], mat.Texts("sceneTypes").Skip(8));                     // MATLAB's empty text is a pair of dimensions
    }

    [Fact]
    public void Items_read_by_several_threads_are_the_same()
    {
        using var mat = Mat73.Open(NyuMirror.Fixture(NyuMirror.Data));
        var depths = mat.Items("depths");
        var sums = new float[40];
        Parallel.For(0, sums.Length, turn => sums[turn] = depths.Read(turn * 7 % 10).Sum());

        Assert.Equal(Enumerable.Range(0, 40).Select(turn => Expected(1, (_, y, x) => NyuMirror.Depth(turn * 7 % 10, y, x)).Sum()), sums);
    }

    /// <summary>As numbers, an image takes 3.7 MB and all ten 37 MB.</summary>
    [Fact]
    public void One_item_is_unpacked_without_the_others()
    {
        using var mat = Mat73.Open(NyuMirror.Fixture(NyuMirror.Data));
        var images = mat.Items("images");
        var before = GC.GetAllocatedBytesForCurrentThread();
        images.Read(4);
        var first = GC.GetAllocatedBytesForCurrentThread() - before;
        images.Read(5);

        Assert.InRange(first, 4 * 3 * NyuMirror.Height * NyuMirror.Width, 16_000_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before - first, 4 * 3 * NyuMirror.Height * NyuMirror.Width, 8_000_000);
    }

    [Fact]
    public void A_missing_array_is_told_with_those_that_exist()
    {
        using var mat = Mat73.Open(NyuMirror.Fixture("without-labels.mat"));

        Assert.Equal("without-labels.mat: there is no labels. It has: accelData, depths, images, names, rawDepthFilenames, rawDepths, rawRgbFilenames, sceneTypes, scenes. "
            + "Delete without-labels.mat and fetch it again: ./build.sh --target=Datasets.", Message(() => mat.Items("labels")));
        Assert.StartsWith("without-labels.mat: there is no colours.", Message(() => mat.Texts("colours")), StringComparison.Ordinal);
        Assert.StartsWith("without-labels.mat: names holds Reference of 8 bytes; due are numbers.", Message(() => mat.Items("names")), StringComparison.Ordinal);
        Assert.StartsWith("without-labels.mat: depths holds FloatingPoint; due is a cell array of texts.", Message(() => mat.Texts("depths")), StringComparison.Ordinal);
        Assert.StartsWith("without-labels.mat: #refs# is a group; due is an array.", Message(() => mat.Items("#refs#")), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => mat.Items("depths").Read(2));
    }

    [Fact]
    public void A_cut_file_is_refused_when_it_is_opened()
    {
        var whole = File.ReadAllBytes(NyuMirror.Fixture("odd-depths.mat"));
        foreach (var length in Enumerable.Range(0, 600).Concat([whole.Length / 2, whole.Length - 1]))
            Assert.StartsWith("cut.mat", Message(() => Open("cut.mat", whole[..length])), StringComparison.Ordinal);

        Assert.StartsWith($"cut.mat: it is cut off: {whole.Length - 1:N0} bytes of {whole.Length:N0}. Delete cut.mat", Message(() => Open("cut.mat", whole[..^1])), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_kind_of_file_is_told_from_a_MAT_file_of_version_7_3()
    {
        Assert.StartsWith("some.mat is a MAT file of version 5; due is a MAT file of version 7.3 (HDF5, save -v7.3).", Message(() => Open("some.mat", Mat5Fixtures.Read("splits.mat"))), StringComparison.Ordinal);
        Assert.StartsWith("some.mat is HDF5 without MATLAB's block of 512 bytes", Message(() => Open("some.mat", File.ReadAllBytes(NyuMirror.Fixture(NyuMirror.Data))[512..])), StringComparison.Ordinal);
        Assert.StartsWith("some.mat: there is no HDF5 behind MATLAB's block", Message(() => Open("some.mat", [.. File.ReadAllBytes(NyuMirror.Fixture(NyuMirror.Data))[..512], .. new byte[500]])), StringComparison.Ordinal);
        Assert.StartsWith("absent.mat: the file cannot be read: Could not find file", Message(() => Mat73.Open(_folder.File("absent.mat"))), StringComparison.Ordinal);
    }

    /// <summary>The file has no sums of its own: a byte changed in the data is found by the hash of the download, one in the structure or in deflate must end in one clear line.</summary>
    [Fact]
    public void No_changed_byte_ends_in_another_error()
    {
        var whole = File.ReadAllBytes(NyuMirror.Fixture("odd-depths.mat"));
        var refused = 0;
        for (var at = 512; at < whole.Length; at += at < 700 ? 1 : 53)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0xFF;
            var fault = Record.Exception(() =>
            {
                using var mat = Open("some.mat", changed);
                foreach (var variable in new[] { "images", "depths", "labels" }) mat.Items(variable).Read(1);
                mat.Texts("scenes");
            });
            if (fault is null) continue;
            Assert.StartsWith("some.mat", Assert.IsType<DatasetUnavailableException>(fault).Message, StringComparison.Ordinal);
            refused++;
        }

        Assert.InRange(refused, 100, whole.Length);
    }

    private Mat73 Open(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        return Mat73.Open(_folder.File(name));
    }

    private static float[] Expected(int channels, Func<int, int, int, float> value) =>
        [.. from c in Enumerable.Range(0, channels) from x in Enumerable.Range(0, NyuMirror.Width) from y in Enumerable.Range(0, NyuMirror.Height) select value(c, y, x)];

    private static string Message(Func<object> act) => Assert.Throws<DatasetUnavailableException>(act).Message;
}
