namespace Cmcd.Repro.Datasets.Download;

/// <summary>A file that a source lacks, and why.</summary>
internal sealed record MissingFile(DatasetSource Source, RemoteFile File, string Reason)
{
    /// <summary>Everything missing in one message, each source with its remedy.</summary>
    /// <exception cref="DatasetMissingException">The list is not empty.</exception>
    public static void ThrowIfAny(IReadOnlyCollection<MissingFile> missing, string? dropFolder)
    {
        if (missing.Count == 0) return;
        var lines = new List<string>();
        foreach (var group in missing.GroupBy(each => each.Source))
        {
            var source = group.Key;
            lines.Add($"{source.Name}: {group.Count()} of {source.Files.Count} files missing ({source.Title}).");
            foreach (var each in group)
            {
                lines.Add($"  {each.Reason}");
                if (each.File.Note is { } note) lines.Add($"    Note: {note}");
            }

            var place = Path.Combine(dropFolder ?? "DIR", source.Name);
            lines.Add($"  Fetch:   ./build.sh --target=Datasets --name={source.Name}");
            lines.Add($"  By hand: {source.ByHand} Home: {source.Home}");
            lines.Add($"           Put {string.Join(", ", group.Select(each => Wanted(each.File)))} into {place} and add --data={dropFolder ?? "DIR"} to the line above.");
        }

        throw new DatasetMissingException(string.Join('\n', lines));
    }

    private static string Wanted(RemoteFile file) => file.Checked switch
    {
        { Sha256: { } sha256 } => $"{file.Name} (or any name with SHA-256 {sha256})",
        { Md5: { } md5 } => $"{file.Name} (or any name with MD5 {md5})",
        { GitBlob: { } blob } => $"{file.Name} (or any name with git blob SHA-1 {blob})",
        _ => file.Name,
    };
}
