using Cmcd.Repro.Datasets.Formats;

namespace Cmcd.Repro.Datasets.Nyu;

/// <summary>The authors' split: which images train and which test, counted from 0, ascending.</summary>
internal sealed record NyuSplit(IReadOnlyList<int> Train, IReadOnlyList<int> Test)
{
    /// <param name="file">splits.mat.</param>
    /// <param name="images">Images of the data.</param>
    /// <exception cref="DatasetUnavailableException">An index is no image, or stands twice.</exception>
    public static NyuSplit Of(Mat5File file, int images)
    {
        var (train, test) = (file.Integers("trainNdxs", 1, images), file.Integers("testNdxs", 1, images));
        var twice = train.Concat(test).GroupBy(image => image).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new DatasetUnavailableException($"splits.mat: image {twice.Key} stands {twice.Count()} times; allowed is once, in trainNdxs or testNdxs. {MatHeader.Remedy("splits.mat")}");
        if (train.Length == 0 || test.Length == 0) throw new DatasetUnavailableException($"splits.mat: {train.Length} images train and {test.Length} test; due is at least one of each. {MatHeader.Remedy("splits.mat")}");
        return new([.. train.Order().Select(image => image - 1)], [.. test.Order().Select(image => image - 1)]);
    }
}
