namespace Cmcd.Repro.Datasets.Download;

/// <summary>A folder of many files that the user obtained, such as clips: read where it lies, never copied.</summary>
/// <param name="Name">Its name in the source's subfolder of the drop folder.</param>
/// <param name="Path">Where it lies.</param>
public sealed record DroppedFolder(string Name, string Path);
