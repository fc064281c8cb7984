using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Formats;
using Cmcd.Repro.Datasets.Nyu;
using Cmcd.Repro.Tests.Datasets.Formats;
using Cmcd.Repro.Tests.Datasets.Mirror;

namespace Cmcd.Repro.Tests.Datasets.Nyu;

/// <summary>The class map with the real file's numbers (ankurhanda/nyuv2-meta-data), and MATLAB's own map to 13 classes.</summary>
public class NyuClassMapTests
{
    /// <summary>The one id of each of the classes 1 to 37.</summary>
    private static readonly int[] Own =
    [
        21, 11, 3, 157, 5, 83, 19, 28, 59, 88, 64, 7, 80, 36, 42, 89, 169, 119, 122, 143, 141, 4, 85, 17, 172, 15, 135, 123, 26, 45, 331, 158, 124,
        24, 144, 136, 55,
    ];

    /// <summary>Ids of class 38, other structure.</summary>
    private static readonly int[] Structure =
    [
        8, 25, 33, 38, 51, 53, 57, 58, 62, 65, 79, 94, 104, 112, 134, 153, 215, 216, 223, 225, 238, 241, 242, 256, 295, 301, 339, 342, 354, 363, 372,
        380, 392, 408, 412, 453, 456, 463, 477, 497, 541, 550, 553, 567, 573, 582, 591, 609, 612, 615, 642, 645, 657, 658, 659, 663, 667, 668, 686,
        700, 702, 777, 778, 782, 850, 861, 868, 874,
    ];

    /// <summary>Ids of class 39, other furniture.</summary>
    private static readonly int[] Furniture =
    [
        12, 43, 48, 50, 87, 106, 111, 161, 163, 174, 183, 204, 214, 219, 221, 224, 236, 262, 278, 291, 298, 313, 343, 344, 356, 359, 373, 393, 401,
        414, 418, 419, 430, 443, 444, 447, 448, 457, 458, 460, 462, 475, 479, 485, 486, 493, 494, 498, 499, 509, 510, 515, 521, 524, 540, 549, 551,
        554, 556, 558, 576, 580, 608, 625, 703, 734, 770, 772, 797, 800, 803, 804, 813, 814, 815, 820, 829, 835, 858, 863, 882, 892,
    ];

    private static readonly double[] MapClass =
        [.. Enumerable.Range(1, 894).Select(id => Array.IndexOf(Own, id) is >= 0 and var own ? own + 1 : Structure.Contains(id) ? 38.0 : Furniture.Contains(id) ? 39 : 40)];

    private static readonly Mat5File Map40 = Mat5Reader.Read(NyuMirror.Map40File(MapClass), "classMapping40.mat");

    [Fact]
    public void Of_894_ids_each_belongs_to_one_of_40_classes()
    {
        var map = NyuClassMap.Of(Map40, null);

        Assert.Equal((68, 82, 707), (map.IdsOf(38), map.IdsOf(39), map.IdsOf(40)));
        Assert.All(Enumerable.Range(1, 37), label => Assert.Equal(1, map.IdsOf(label)));
        Assert.Equal(Own.Select((_, label) => (byte)label), Own.Select(id => map.ClassOf(id)));
        Assert.Equal(["wall", "door", "otherprop"], new[] { 21, 28, 894 }.Select(id => map.Names[map.ClassOf(id)]));
        Assert.Equal(SegmentedDataset.Void, map.ClassOf(0));
        Assert.Throws<DatasetUnavailableException>(() => map.ClassOf(895));
        Assert.Throws<DatasetUnavailableException>(() => map.ClassOf(0.5f));
    }

    [Fact]
    public void Thirteen_classes_follow_MATLAB_s_own_map()
    {
        var map = NyuClassMap.Of(Map40, Mat5Reader.Read(Mat5Fixtures.Read("class13Mapping.mat"), "class13Mapping.mat"));

        Assert.Equal(13, map.Names.Count);
        Assert.Equal(["wall", "floor", "furniture", "bed", "chair", "sofa", "table", "wall", "window"], Own.Take(9).Select(id => map.Names[map.ClassOf(id)]));
        Assert.Equal(["tv", "objects", "books", "ceiling"], new[] { 172, 331, 85, 4 }.Select(id => map.Names[map.ClassOf(id)]));
        Assert.Equal(Enumerable.Range(0, 13), Enumerable.Range(1, 894).Select(id => (int)map.ClassOf(id)).Distinct().Order());
        Assert.Equal(SegmentedDataset.Void, map.ClassOf(0));
    }
}
