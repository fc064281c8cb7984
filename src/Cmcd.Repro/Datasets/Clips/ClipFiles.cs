namespace Cmcd.Repro.Datasets.Clips;

/// <summary>The files of one clip.</summary>
/// <param name="Video">With pictures, and with sound where nothing else has it; null where only sound is here.</param>
/// <param name="Sound">A file of sound alone; null where the video has it.</param>
internal readonly record struct ClipFiles(FileInfo? Video, FileInfo? Sound)
{
    /// <summary>Where its sound is read from: the file of sound alone is preferred, as the authors' loader reads one.</summary>
    public FileInfo Heard => Sound ?? Video!;
}
