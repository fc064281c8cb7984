using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Formats;
using Cmcd.Repro.Datasets.Nyu;
using Cmcd.Repro.Tests.Datasets.Formats;
using Cmcd.Repro.Tests.Datasets.Mirror;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets;

/// <summary>Files of NYU-Depth V2 that are swapped, cut or do not belong together, and what is said about them.</summary>
public sealed class NyuDepthErrorTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void An_unknown_split_or_limit_is_refused_with_what_exists()
    {
        Assert.Equal("Dataset nyu-depth-v2 has no split \"validation\". Its splits: train, test.", Message(() => Open().Segmented("validation", null)));
        Assert.Equal("6 nyu-depth-v2 test images were asked for; allowed are 1 to 5. Change the tier's limit.", Message(() => Open().Segmented("test", 6)));
        Assert.Equal("0 nyu-depth-v2 train images were asked for; allowed are 1 to 5. Change the tier's limit.", Message(() => Open().Pairs(0)));
    }

    [Fact]
    public void Options_that_do_not_fit_the_images_are_refused()
    {
        Assert.Equal("nyu-depth-v2: option Height is -1. Allowed: 1 to 4096 pixels, or 0 for the images' own 480. Change it in the tier.", Message(() => Open(new() { Height = -1 }).Pairs(null)));
        Assert.Equal("nyu-depth-v2: option Border is 7. Allowed: Whole, Sixteen, To420x560. Change it in the tier.", Message(() => Open(new() { Border = (NyuBorder)7 }).Pairs(null)));
        Assert.Equal("nyu-depth-v2/train: images are 240 x 240, label maps 480 x 640: both must show the same view; cut or scale one of them.",
            Message(() => Open(new() { Height = 240, Width = 240 }).Segmented("train", null)));
        Assert.Equal("nyu-depth-v2: images of 48 x 64 are too small for border To420x560. Set border to Whole.", Message(() => NyuWindow.Of(NyuBorder.To420x560, 48, 64)));
        Assert.StartsWith("nyu-depth-v2: images of 32 x 64 are too small for border Sixteen.", Message(() => NyuWindow.Of(NyuBorder.Sixteen, 32, 64)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_the_wrong_MATLAB_version_is_told()
    {
        Assert.StartsWith("nyu_depth_v2_labeled.mat is a MAT file of version 5; due is a MAT file of version 7.3", Refusal(NyuMirror.Data, Mat5Fixtures.Read("splits.mat")), StringComparison.Ordinal);
        foreach (var small in new[] { "splits.mat", "classMapping40.mat" })
            Assert.StartsWith($"{small} is a MAT file of version 7.3 (HDF5); due is a MAT file of version 5", Refusal(small, File.ReadAllBytes(NyuMirror.Fixture("odd-depths.mat"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_or_odd_labelled_data_are_told_before_an_image_is_read()
    {
        Assert.StartsWith("nyu_depth_v2_labeled.mat: it is cut off: ", Refusal(NyuMirror.Data, File.ReadAllBytes(NyuMirror.Fixture(NyuMirror.Data))[..100_000]), StringComparison.Ordinal);
        Assert.StartsWith("nyu_depth_v2_labeled.mat: there is no labels. It has: accelData, depths,", Refusal(NyuMirror.Data, File.ReadAllBytes(NyuMirror.Fixture("without-labels.mat"))), StringComparison.Ordinal);
        Assert.StartsWith("nyu_depth_v2_labeled.mat: depths is [2, 64, 40]; due is [2, 64, 48], as images is [2, 3, 64, 48].", Refusal(NyuMirror.Data, File.ReadAllBytes(NyuMirror.Fixture("odd-depths.mat"))), StringComparison.Ordinal);
    }

    /// <summary>The structure is whole and a deflate stream is not: told with the item, when it is read.</summary>
    [Fact]
    public void A_damaged_item_is_told_in_one_line_when_it_is_unpacked()
    {
        var data = Open(change: folder =>
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, NyuMirror.Data));
            for (var at = 11_000; at < 11_200; at++) bytes[at] ^= 0xFF;                     // within the first piece of image 2's colours
            File.WriteAllBytes(Path.Combine(folder, NyuMirror.Data), bytes);
        });

        var said = Message(() => data.Pairs(null).Source.Read([0]));
        Assert.Matches("^nyu_depth_v2_labeled.mat: item 1 of images cannot be read: .* Delete nyu_depth_v2_labeled.mat and fetch it again: ./build.sh --target=Datasets.$", said);
    }

    [Fact]
    public void A_split_that_is_none_is_refused()
    {
        Assert.StartsWith("splits.mat: image 4 stands 2 times; allowed is once", Refusal("splits.mat", NyuMirror.SplitsFile([2, 4], [1, 4])), StringComparison.Ordinal);
        Assert.StartsWith("splits.mat: entry 2 of testNdxs is 11; allowed are the whole numbers 1 to 10.", Refusal("splits.mat", NyuMirror.SplitsFile([2], [1, 11])), StringComparison.Ordinal);
        Assert.StartsWith("splits.mat: 0 images train and 1 test", Refusal("splits.mat", NyuMirror.SplitsFile([], [1])), StringComparison.Ordinal);
        Assert.StartsWith("splits.mat has no trainNdxs. It has: classMapping13.", Refusal("splits.mat", Mat5Fixtures.Read("class13Mapping.mat")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_map_that_does_not_fit_is_refused()
    {
        Assert.StartsWith("classMapping40.mat: entry 2 of mapClass is 41; allowed are the whole numbers 1 to 40.", Refusal("classMapping40.mat", NyuMirror.Map40File([1, 41])), StringComparison.Ordinal);

        var data = Open(change: folder => File.WriteAllBytes(Path.Combine(folder, "classMapping40.mat"), NyuMirror.Map40File([.. Enumerable.Repeat(1.0, 12)])));
        Assert.Matches("^nyu_depth_v2_labeled.mat: a label is [0-9]+; classMapping40.mat maps 1 to 12, and 0 is unlabelled. The two files do not belong together", Message(() => data.Segmented("test", null).Labels.Read([0])));
    }

    [Fact]
    public void A_map_that_is_void_everywhere_is_told_with_its_place()
    {
        // The mirror has no such map, so one is made of ids.
        var map = NyuClassMap.Of(Mat5Reader.Read(NyuMirror.Map40File([1, 2]), "classMapping40.mat"), null);
        byte[] maps = [map.ClassOf(1), map.ClassOf(0), map.ClassOf(0), map.ClassOf(0)];

        Assert.Equal("nyu-depth-v2/test: map 1 is void everywhere, so it teaches and tests nothing: leave the item out.", Assert.Throws<DatasetUnavailableException>(() => LabelMaps.Check("nyu-depth-v2/test", maps, 2, 40)).Message);
    }

    private NyuDepth Open(NyuDepthOptions? options = null, Action<string>? change = null) =>
        new(() => NyuMirror.Store(_scratch.File("cache"), change), _scratch.File("packed"), options ?? new(), null);

    private string Refusal(string file, byte[] content) => Message(() => Open(change: folder => File.WriteAllBytes(Path.Combine(folder, file), content)).Segmented("train", null));

    private static string Message(Func<object> open) => Assert.Throws<DatasetUnavailableException>(open).Message;
}
