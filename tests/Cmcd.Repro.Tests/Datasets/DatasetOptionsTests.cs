using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Nyu;

namespace Cmcd.Repro.Tests.Datasets;

public class DatasetOptionsTests
{
    [Fact]
    public void Texts_become_the_options_and_what_is_absent_keeps_its_default()
    {
        var options = DatasetOptions.Bind<SketchyOptions>("sketchy", new Dictionary<string, string> { ["pairRule"] = "NoFlags", ["trainShare"] = "0.75", ["splitSeed"] = "4294967295", ["side"] = "64" });

        Assert.Equal(new SketchyOptions { PairRule = SketchyPairRule.NoFlags, TrainShare = 0.75, SplitSeed = 4294967295, Side = 64 }, options);
        Assert.Equal(new NyuDepthOptions(), DatasetOptions.Bind<NyuDepthOptions>("nyu-depth-v2", null));
        Assert.Equal(NyuClasses.Thirteen, DatasetOptions.Bind<NyuDepthOptions>("nyu-depth-v2", new Dictionary<string, string> { ["classes"] = "Thirteen" }).Classes);
    }

    [Fact]
    public void All_faults_come_at_once_with_what_is_allowed()
    {
        var given = new Dictionary<string, string> { ["Side"] = "64", ["side"] = "large", ["pairRule"] = "2", ["trainShare"] = "0,8" };
        var message = Assert.Throws<DatasetUnavailableException>(() => DatasetOptions.Bind<SketchyOptions>("sketchy", given)).Message;

        Assert.StartsWith("Dataset sketchy, options of its role in the tier file: Side is no option of it; side is \"large\"; pairRule is \"2\"; trainShare is \"0,8\". Known: ", message, StringComparison.Ordinal);
        Assert.Contains("pairRule (Capped or ShareOfTrain or NoFlags or NoFlagsNoTestPhotos)", message, StringComparison.Ordinal);
        Assert.Contains("side (a whole number)", message, StringComparison.Ordinal);
        Assert.Contains("trainShare (a number)", message, StringComparison.Ordinal);
    }

    /// <summary>Every option of every set can be set by name: none is of a kind that has no text.</summary>
    [Theory]
    [InlineData(typeof(SketchyOptions)), InlineData(typeof(TuBerlinOptions)), InlineData(typeof(NyuDepthOptions)), InlineData(typeof(VggSoundOptions)), InlineData(typeof(PairedFoldersOptions))]
    public void Options_hold_texts_numbers_and_enums_only(Type options) => Assert.All(
        options.GetProperties().Where(property => property.CanWrite),
        property => Assert.True(property.PropertyType.IsEnum || new[] { typeof(string), typeof(int), typeof(long), typeof(double) }.Contains(property.PropertyType), property.Name));

    [Fact]
    public void A_set_without_options_refuses_them()
    {
        var catalogue = new DatasetCatalogue(DataFolder.Committed, DataFolder.Generated);
        var message = Assert.Throws<DatasetUnavailableException>(() => catalogue.Pairs("fashion-sketch", 10, new Dictionary<string, string> { ["side"] = "64" })).Message;
        Assert.Equal("Dataset fashion-sketch has no options, its role in the tier file gives side. Leave them out. Sets with options: sketchy, tu-berlin, nyu-depth-v2, vggsound, paired-folders.", message);
    }
}
