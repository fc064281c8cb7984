namespace Cmcd.Repro.Datasets.Download;

/// <summary>One dataset or checkpoint of the paper: its files, its terms, and how to get what a program cannot fetch.</summary>
/// <param name="Name">As in --name, and its folder in the store and in the drop folder.</param>
/// <param name="Title">What it is, in one line.</param>
/// <param name="Home">Its authors' page.</param>
/// <param name="Licence">Terms of use as far as they are known here.</param>
/// <param name="Citation">What to cite.</param>
/// <param name="ByHand">How to get the files in a browser.</param>
/// <param name="Files">Its files.</param>
/// <param name="HeadTop1">Of weights: published top-1 of the linear head in them on ImageNet's validation set, in percent.</param>
public sealed record DatasetSource(
    string Name, string Title, Uri Home, string Licence, string Citation, string ByHand, IReadOnlyList<RemoteFile> Files, double? HeadTop1 = null)
{
    /// <summary>The files a run of the paper tier needs.</summary>
    public IEnumerable<RemoteFile> Needed => Files.Where(file => file.OnRequest is null);
}
