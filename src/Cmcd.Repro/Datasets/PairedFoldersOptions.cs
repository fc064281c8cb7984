using Cmcd.Repro.Datasets.Images;

namespace Cmcd.Repro.Datasets;

/// <summary>Where a researcher's own pairs and labelled images lie, and how they are read.</summary>
/// <remarks>Images are JPEG or PNG files of any size, also in subfolders. Relative paths count from the working folder. What is not needed may stay empty: Source and Target without step 2, Train and Test without step 3.</remarks>
public sealed record PairedFoldersOptions
{
    /// <summary>Folder of the teacher's modality, as photos. Default none.</summary>
    public string Source { get; init; } = "";

    /// <summary>Folder of the student's modality, as sketches. Default none.</summary>
    public string Target { get; init; } = "";

    /// <summary>CSV file with the columns source and target: paths within the two folders. Default none: files are paired by their path without its ending.</summary>
    public string List { get; init; } = "";

    /// <summary>Without a list: a target's name before its last separator names its source, so "-" pairs cat-1.png and cat-2.png with cat.jpg. Default none: names are equal.</summary>
    public string Separator { get; init; } = "";

    /// <summary>Folder of labelled target images to train step 3 on, one subfolder a class. Default none.</summary>
    public string Train { get; init; } = "";

    /// <summary>Folder of labelled target images to test on, with the classes of Train. Default none.</summary>
    public string Test { get; init; } = "";

    /// <summary>Side of an image, pixels. Default 256, as Sketchy's.</summary>
    public int Side { get; init; } = 256;

    /// <summary>How an image becomes square. Default Stretch: nothing is cut off, and pairs of different sizes stay aligned.</summary>
    public ImageFit Fit { get; init; } = ImageFit.Stretch;

    /// <summary>Channels of source images: 1 grey, 3 colour. Default 3, as the SimCLR teachers read.</summary>
    public int SourceChannels { get; init; } = 3;

    /// <summary>Channels of target images: 1 grey, 3 colour. Default 3, so that a student can start from the teacher's weights.</summary>
    public int TargetChannels { get; init; } = 3;

    /// <summary>Grey level around source images, 0 … 255. Default 0, as for photos.</summary>
    public int SourceBackground { get; init; }

    /// <summary>Grey level around target images, 0 … 255. Default 255, the paper of sketches; 0 suits depth and spectrograms.</summary>
    public int TargetBackground { get; init; } = 255;

    /// <summary>What happens to files that are no whole images. Default Refuse: in one's own data they are mistakes.</summary>
    public BrokenImages Broken { get; init; } = BrokenImages.Refuse;

    internal void Check(string name)
    {
        OptionCheck.RequireSide(name, Side);
        OptionCheck.RequireNamed(name, nameof(Fit), Fit);
        OptionCheck.RequireNamed(name, nameof(Broken), Broken);
        foreach (var (option, channels) in new[] { (nameof(SourceChannels), SourceChannels), (nameof(TargetChannels), TargetChannels) })
            OptionCheck.Require(channels is 1 or 3, name, option, channels, "1 (grey) or 3 (colour)");
        foreach (var (option, level) in new[] { (nameof(SourceBackground), SourceBackground), (nameof(TargetBackground), TargetBackground) })
            OptionCheck.Require(level is >= 0 and <= 255, name, option, level, "0 to 255");
    }
}
