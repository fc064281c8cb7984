using Cmcd.Repro.Datasets.Formats;

namespace Cmcd.Repro.Datasets.Nyu;

/// <summary>What is known of the data without reading an image: split, class map, sizes, and the hashes of the files.</summary>
/// <param name="Path">Of the labelled data.</param>
/// <param name="Images">Images of the data.</param>
/// <param name="Window">The part of every image that is kept.</param>
/// <param name="Split">Training and test images.</param>
/// <param name="Classes">From label ids to classes.</param>
/// <param name="DataHash">SHA-256 of the labelled data.</param>
/// <param name="SplitHash">SHA-256 of splits.mat.</param>
/// <param name="MapHash">SHA-256 of the class maps that are used.</param>
internal sealed record NyuFiles(string Path, int Images, NyuWindow Window, NyuSplit Split, NyuClassMap Classes, string DataHash, string SplitHash, string MapHash)
{
    private const string SplitsFile = "splits.mat", Map40File = "classMapping40.mat", Map13File = "class13Mapping.mat";

    /// <exception cref="DatasetUnavailableException">A file is missing, cut off, of another format, the arrays do not fit each other, or an option has no meaning.</exception>
    public static NyuFiles Open(DatasetFolder folder, NyuDepthOptions options)
    {
        OptionCheck.RequireNamed(NyuDepth.Name, nameof(options.Classes), options.Classes);
        OptionCheck.RequireNamed(NyuDepth.Name, nameof(options.Depth), options.Depth);
        OptionCheck.RequireNamed(NyuDepth.Name, nameof(options.Border), options.Border);
        OptionCheck.RequireNamed(NyuDepth.Name, nameof(options.Encoding), options.Encoding);
        var path = folder[NyuDepth.Data];
        using var mat = Mat73.Open(path);
        var images = mat.Items(NyuDepth.ImagesVariable).Shape;
        if (images is not [> 0, 3, > 0, > 0]) throw Odd(NyuDepth.ImagesVariable, images, "[images, 3, width, height]");
        foreach (var variable in new[] { NyuDepth.DepthVariable(options.Depth), NyuDepth.LabelsVariable })
        {
            var shape = mat.Items(variable).Shape;
            if (!shape.SequenceEqual([images[0], images[2], images[3]])) throw Odd(variable, shape, $"[{images[0]}, {images[2]}, {images[3]}], as {NyuDepth.ImagesVariable} is [{string.Join(", ", images)}]");
        }

        var thirteen = options.Classes == NyuClasses.Thirteen;
        string[] maps = thirteen ? [Map40File, Map13File] : [Map40File];
        return new(
            path, images[0], NyuWindow.Of(options.Border, images[3], images[2]), NyuSplit.Of(Small(folder, SplitsFile), images[0]),
            NyuClassMap.Of(Small(folder, Map40File), thirteen ? Small(folder, Map13File) : null),
            HashOf(NyuDepth.Data), HashOf(SplitsFile), string.Join(' ', maps.Select(HashOf)));

        string HashOf(string file) => folder.Receipts[file].Digest.Sha256;
    }

    private static Mat5File Small(DatasetFolder folder, string file)
    {
        try
        {
            return Mat5Reader.Read(File.ReadAllBytes(folder[file]), file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetUnavailableException($"{folder[file]} cannot be read: {fault.Message} {MatHeader.Remedy(file)}", fault);
        }
    }

    private static DatasetUnavailableException Odd(string variable, IReadOnlyList<int> found, string due) =>
        new($"{NyuDepth.Data}: {variable} is [{string.Join(", ", found)}]; due is {due}. {MatHeader.Remedy(NyuDepth.Data)}");
}
