using Cmcd.Repro.Datasets.Clips;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets.Clips;

public sealed class ClipShelfTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("---g-f_I2yQ_000001.mp4", "---g-f_I2yQ", 1, false)]
    [InlineData("---g-f_I2yQ_000001.wav", "---g-f_I2yQ", 1, true)]
    [InlineData("a_b_c-d_e_f_000130.mp4", "a_b_c-d_e_f", 130, false)]
    [InlineData("--0PQM4-hqg_30000_40000.mp4", "--0PQM4-hqg", 30, false)]
    [InlineData("--0PQM4-hqg_0_10000.flac", "--0PQM4-hqg", 0, true)]
    [InlineData("12345678901_000123_133000.MKV", null, 0, false)]      // 123 ms is no whole second
    [InlineData("12345678901_30500_40500.mp4", null, 0, false)]
    [InlineData("12345678901_40000_30000.mp4", null, 0, false)]
    [InlineData("12345678901_30.mp4", null, 0, false)]                 // neither six digits nor two times
    [InlineData("1234567890_000030.mp4", null, 0, false)]
    [InlineData("12345678901_000030.mp4.part", null, 0, false)]
    [InlineData("12345678901_000030.txt", null, 0, false)]
    public void A_files_name_says_which_clip_it_is(string file, string? video, int start, bool soundOnly) =>
        Assert.Equal(video is null ? null : (video, start, soundOnly), ClipNames.Parse(file));

    [Fact]
    public void Files_are_found_in_subfolders_and_joined_to_clips()
    {
        Put("one/aaaaaaaaaaa_000001.mp4", 5);
        Put("two/aaaaaaaaaaa_000001.wav", 6);
        Put("two/aaaaaaaaaaa_1000_11000.mp4", 7);
        Put("bbbbbbbbbbb_000002.wav", 8);
        Put("ccccccccccc_000003.mp4", 0);
        Put("ddddddddddd_000004.mp4", 0);
        Put("one/ddddddddddd_000004.mp4", 9);
        Put("notes.txt", 3);
        var shelf = new ClipShelf([_folder.Path]);

        Assert.Equal((3, 1, 1), (shelf.Count, shelf.Empty, shelf.Strangers));
        var both = shelf[Clip("aaaaaaaaaaa", 1)]!.Value;
        Assert.Equal((5, 6), (both.Video!.Length, both.Heard.Length));
        var sound = shelf[Clip("bbbbbbbbbbb", 2)]!.Value;
        Assert.Equal((null, 8), (sound.Video, sound.Heard.Length));
        Assert.Null(shelf[Clip("ccccccccccc", 3)]);
        Assert.Equal(9, shelf[Clip("ddddddddddd", 4)]!.Value.Heard.Length);
        Assert.Null(shelf[Clip("aaaaaaaaaaa", 2)]);
    }

    private static ListedClip Clip(string video, int start) => new(video, start, 0, IsTest: false);

    private void Put(string file, int bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        File.WriteAllBytes(_folder.File(file), new byte[bytes]);
    }
}
