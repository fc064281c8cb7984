using System.Globalization;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Clips;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets.Clips;

public sealed class VggSoundDrawTests : IDisposable
{
    private const int Listed = 400;

    private readonly ScratchFolder _folder = new();
    private readonly VggSoundOptions _options = new() { PairCount = 50, TrainCount = 100, TestCount = 40 };

    public VggSoundDrawTests()
    {
        // Every fifth row is of the test split; rows 390 on have no file, every tenth has only its sound.
        File.WriteAllLines(_folder.File("list.csv"), Enumerable.Range(0, Listed).Select(row => $"{Video(row)},{row % 60},{(row % 4 == 0 ? "rain" : "siren")},{(row % 5 == 0 ? "test" : "train")}"));
        foreach (var row in Enumerable.Range(0, 390)) File.WriteAllText(_folder.File($"{Video(row)}_{row % 60:000000}.{(row % 10 == 1 ? "wav" : "mp4")}"), "x");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parts_have_a_reserve_of_two_percent_and_two_and_share_no_video()
    {
        var draw = Draw();
        Assert.Equal((50 + 1 + 2, 100 + 2 + 2, 40 + 0 + 2), (draw.Pairs.Count, draw.Train.Count, draw.Test.Count));
        Assert.Equal(draw.Pairs.Count + draw.Train.Count + draw.Test.Count, All(draw).Distinct().Count());
        Assert.All(draw.Pairs, drawn => Assert.NotNull(drawn.Files.Video));
        Assert.Contains(draw.Train, drawn => drawn.Files.Video is null);
        Assert.All(draw.Pairs.Concat(draw.Train), drawn => Assert.False(drawn.Clip.IsTest));
        Assert.All(draw.Test, drawn => Assert.True(drawn.Clip.IsTest));
        Assert.Equal((312, 78), (draw.TrainHere, draw.TestHere));
    }

    [Fact]
    public void Draw_is_pinned_and_follows_the_seed()
    {
        Assert.Equal(["video000217", "video000046", "video000172"], Draw().Pairs.Take(3).Select(drawn => drawn.Clip.Video));
        Assert.Equal(All(Draw()), All(Draw()));
        Assert.NotEqual(All(Draw()), All(Draw(_options with { SplitSeed = 1 })));
    }

    [Fact]
    public void A_missing_clip_moves_no_other_and_a_larger_part_keeps_the_smaller_ones()
    {
        var before = Draw();
        File.Delete(before.Pairs[7].Files.Video!.FullName);
        var after = Draw();
        Assert.Equal(Names(before.Pairs).Where((_, place) => place != 7), Names(after.Pairs).SkipLast(1));
        Assert.Equal(Names(before.Train), Names(after.Train));

        var larger = Draw(_options with { PairCount = 60, TestCount = 50 });
        Assert.Equal(Names(after.Pairs), Names(larger.Pairs).Take(after.Pairs.Count));
        Assert.Equal(Names(after.Train), Names(larger.Train));
        Assert.Equal(Names(after.Test), Names(larger.Test).Take(after.Test.Count));
    }

    [Fact]
    public void Too_few_clips_shorten_pairs_and_training_by_one_share()
    {
        var draw = Draw(_options with { PairCount = 200, TrainCount = 400, TestCount = 500 });
        Assert.Equal((104, 208, 78), (draw.Pairs.Count, draw.Train.Count, draw.Test.Count));      // of 312, a third and two thirds
        Assert.Equal(390, All(draw).Distinct().Count());
    }

    [Fact]
    public void One_clip_of_a_video_counts_and_none_of_a_test_video_trains()
    {
        File.AppendAllLines(_folder.File("list.csv"), [$"{Video(1)},59,rain,train", $"{Video(5)},58,rain,train", $"{Video(10)},57,rain,test"]);
        File.WriteAllText(_folder.File($"{Video(5)}_000058.mp4"), "x");
        var draw = Draw(_options with { PairCount = 200, TrainCount = 400, TestCount = 500 });

        Assert.Equal(3, draw.SecondClips);
        Assert.Equal(draw.Pairs.Count + draw.Train.Count + draw.Test.Count, All(draw).Select(name => name[..11]).Distinct().Count());
    }

    private VggSoundDraw Draw(VggSoundOptions? options = null) => new(VggSoundList.Read(_folder.File("list.csv")), new ClipShelf([_folder.Path]), options ?? _options);

    private static string Video(int row) => "video" + row.ToString("000000", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Names(IReadOnlyList<DrawnClip> part) => part.Select(drawn => drawn.Clip.Name);

    private static IEnumerable<string> All(VggSoundDraw draw) => Names(draw.Pairs).Concat(Names(draw.Train)).Concat(Names(draw.Test));
}
