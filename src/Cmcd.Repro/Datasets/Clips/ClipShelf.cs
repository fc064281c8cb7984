namespace Cmcd.Repro.Datasets.Clips;

/// <summary>Which clips are here: all files with a clip's name below some folders.</summary>
/// <remarks>
/// Files without a byte are passed over and counted. Of two files of one clip and kind the one with the first name counts; of two folders the first. Files are not opened.
/// </remarks>
internal sealed class ClipShelf
{
    private readonly Dictionary<(string Video, int Start), ClipFiles> _clips = [];
    private readonly HashSet<(string Video, int Start)> _empty = [];

    /// <param name="folders">Searched with all their subfolders.</param>
    /// <exception cref="ReproException">A folder cannot be read.</exception>
    public ClipShelf(IEnumerable<string> folders)
    {
        foreach (var folder in folders)
        {
            var files = StoreDisk.Guard(folder, () => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).ToArray());
            foreach (var file in files.OrderBy(file => file.FullName, StringComparer.Ordinal)) Add(file);
        }
    }

    /// <summary>Clips of which a file is here.</summary>
    public int Count => _clips.Count;

    /// <summary>Clips of which only empty files are here.</summary>
    public int Empty => _empty.Count(key => !_clips.ContainsKey(key));

    /// <summary>Files that are not named like a clip.</summary>
    public int Strangers { get; private set; }

    /// <summary>The clip's files; null where none is here.</summary>
    public ClipFiles? this[ListedClip clip] => _clips.TryGetValue((clip.Video, clip.Start), out var files) ? files : null;

    private void Add(FileInfo file)
    {
        if (ClipNames.Parse(file.Name) is not var (video, start, soundOnly))
        {
            Strangers++;
            return;
        }

        var key = (video, start);
        if (file.Length == 0)
        {
            _empty.Add(key);
            return;
        }

        var files = _clips.GetValueOrDefault(key);
        _clips[key] = soundOnly ? files with { Sound = files.Sound ?? file } : files with { Video = files.Video ?? file };
    }
}
