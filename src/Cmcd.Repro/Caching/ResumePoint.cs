namespace Cmcd.Repro.Caching;

/// <summary>The newest state from which an interrupted stage can go on.</summary>
/// <remarks>
/// A folder holds one point: a data file and resume.json, which names it with its SHA-256. Saving writes the new data file, flips resume.json by
/// a rename and only then removes the old file, so a kill at any moment leaves the old point or the new one.
/// </remarks>
/// <param name="DataFile">Path of the checked data file.</param>
/// <param name="Facts">What the writer noted beside it, such as the epoch.</param>
public sealed record ResumePoint(string DataFile, IReadOnlyDictionary<string, string> Facts)
{
    private const string PointerName = "resume.json";
    private const string DataPattern = "resume-*.bin*";

    /// <summary>Stores a point in place of the one before.</summary>
    /// <param name="folder">The stage's work folder.</param>
    /// <param name="write">Writes the state.</param>
    /// <param name="facts">Short notes, read back by <see cref="TryLoad"/>.</param>
    /// <exception cref="ReproException">The disk is full or refuses; the point before is kept.</exception>
    public static void Save(string folder, Action<Stream> write, IReadOnlyDictionary<string, string> facts)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(facts);
        StagePlace.Guard(folder, () =>
        {
            var number = 1 + (ReadPointer(folder, out _)?.Number ?? 0);
            var name = $"resume-{SettingsText.Number(number)}.bin";
            var (hash, bytes) = DurableFile.Write(Path.Combine(folder, name), write);
            var pointer = new Pointer(number, name, bytes, hash, new SortedDictionary<string, string>(facts.ToDictionary(), StringComparer.Ordinal));
            SealedJson.Write(Path.Combine(folder, PointerName), pointer);
            foreach (var old in Directory.EnumerateFiles(folder, DataPattern).Where(path => Path.GetFileName(path) != name && !IsSetAside(path)).ToArray())
            {
                File.Delete(old);
            }
        });
    }

    /// <summary>The stored point, if it is whole.</summary>
    /// <param name="folder">The stage's work folder.</param>
    /// <param name="reason">Why there is none: nothing saved yet, or what was damaged and under which name it was set aside; else "found".</param>
    /// <exception cref="ReproException">The folder cannot be used.</exception>
    public static ResumePoint? TryLoad(string folder, out string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string? found = null;
        var point = StagePlace.Guard(folder, () => Load(folder, out found));
        reason = found!;
        return point;
    }

    private static ResumePoint? Load(string folder, out string reason)
    {
        var pointerPath = Path.Combine(folder, PointerName);
        if (!File.Exists(pointerPath))
        {
            reason = "no resume point was saved";
            return null;
        }

        if (ReadPointer(folder, out var fault) is not { } pointer)
        {
            reason = $"damaged: {fault}; set aside as {SetAside(pointerPath)}";
            return null;
        }

        var data = Path.Combine(folder, pointer.File);
        if (File.Exists(data) && new FileInfo(data).Length == pointer.Bytes && DurableFile.Sha256(data) == pointer.Sha256)
        {
            reason = "found";
            return new ResumePoint(data, pointer.Facts);
        }

        var aside = File.Exists(data) ? $"does not match its SHA-256; set aside as {SetAside(data)}" : "is missing";
        _ = SetAside(pointerPath);
        reason = $"damaged: {pointer.File} {aside}";
        return null;
    }

    private static Pointer? ReadPointer(string folder, out string? fault)
    {
        try
        {
            fault = null;
            var path = Path.Combine(folder, PointerName);
            return File.Exists(path) ? SealedJson.Read<Pointer>(path) : null;
        }
        catch (InvalidDataException damage)
        {
            fault = damage.Message;
            return null;
        }
    }

    private static string SetAside(string path)
    {
        var number = 1;
        while (File.Exists($"{path}.damaged-{SettingsText.Number(number)}"))
        {
            number++;
        }

        var target = $"{path}.damaged-{SettingsText.Number(number)}";
        File.Move(path, target);
        return Path.GetFileName(target);
    }

    private static bool IsSetAside(string path) => path.Contains(".damaged-", StringComparison.Ordinal);

    private sealed record Pointer(int Number, string File, long Bytes, string Sha256, IReadOnlyDictionary<string, string> Facts);
}
