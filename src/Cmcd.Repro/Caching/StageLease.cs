using System.Diagnostics.CodeAnalysis;

namespace Cmcd.Repro.Caching;

/// <summary>One key, locked: its stored output, or the folder in which to make it.</summary>
/// <remarks>Disposing releases the lock and deletes nothing: an unfinished stage finds its work folder again.</remarks>
public sealed class StageLease : IDisposable
{
    private readonly StagePlace _place;
    private readonly FileStream _held;
    private readonly TimeProvider _time;
    private readonly IReadOnlyDictionary<string, string> _versions;

    internal StageLease(
        StagePlace place, FileStream held, TimeProvider time, IReadOnlyDictionary<string, string> versions, StageRecord? record, string reason)
    {
        _place = place;
        _held = held;
        _time = time;
        _versions = versions;
        Record = record;
        Reason = reason;
    }

    /// <summary>The locked key.</summary>
    public StageKey Key => _place.Key;

    /// <summary>True when the output is stored and every byte of it was checked, or was stored by <see cref="Complete"/>.</summary>
    [MemberNotNullWhen(true, nameof(Record))]
    public bool IsComplete => Record is not null;

    /// <summary>Why the stage must run or need not: starts with "cached", "new:", "changed:", "damaged:" or "resumes".</summary>
    public string Reason { get; }

    /// <summary>The stored record; null until the stage is complete.</summary>
    public StageRecord? Record { get; private set; }

    /// <summary>For resume points and outputs being written; survives crashes, goes when the stage completes.</summary>
    public string WorkFolder => _place.Work;

    /// <summary>Holds the outputs once the stage is complete. Read only: a change makes it count as damaged.</summary>
    public string OutputFolder => _place.Output;

    /// <summary>Stores the outputs: flushed to disk, hashed, and put in place by one rename.</summary>
    /// <param name="metrics">What was measured: texts and finite numbers.</param>
    /// <param name="outputFiles">File names in <see cref="WorkFolder"/>; everything else there is dropped.</param>
    /// <param name="seconds">Time the stage took, in seconds.</param>
    /// <exception cref="ArgumentException">An output is missing, has a path or a reserved name, or a metric is NaN or of another type.</exception>
    /// <exception cref="InvalidOperationException">The stage is complete already.</exception>
    /// <exception cref="ReproException">The disk is full or refuses; the work folder is as it was and Complete may be called again.</exception>
    public void Complete(IReadOnlyDictionary<string, object> metrics, IReadOnlyList<string> outputFiles, double seconds)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(outputFiles);
        if (IsComplete)
        {
            throw new InvalidOperationException($"Stage {Key} is complete already.");
        }

        if (!double.IsFinite(seconds) || seconds < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "Seconds are finite and not negative.");
        }

        foreach (var name in outputFiles)
        {
            RequireOutput(name);
        }

        var measured = StageRecord.CheckedMetrics(metrics);
        Record = StagePlace.Guard(_place.Store, () => Store(measured, [.. outputFiles.Order(StringComparer.Ordinal)], seconds));
        StagePlace.Guard(_place.Store, () => Directory.Delete(_place.Work, recursive: true));
    }

    /// <summary>Releases the key.</summary>
    public void Dispose() => _held.Dispose();

    private StageRecord Store(IReadOnlyDictionary<string, object> metrics, string[] names, double seconds)
    {
        var outputs = names.Select(name => Describe(Path.Combine(_place.Work, name))).ToArray();
        var record = new StageRecord(
            Key.Stage, Key.Hash, Key.Version, Key.Settings, Key.Inputs, metrics, outputs, seconds, _versions, _time.GetUtcNow().ToUniversalTime());

        // What may need disk space comes first: when it fails, every output still lies in the work folder.
        Directory.CreateDirectory(_place.Staging);
        SealedJson.Write(Path.Combine(_place.Staging, StagePlace.RecordName), record);
        try
        {
            Move(names, _place.Work, _place.Staging);
            DurableFile.FlushFolder(_place.Staging);
            Directory.Move(_place.Staging, _place.Output);
        }
        catch (IOException)
        {
            Move(names.Where(name => File.Exists(Path.Combine(_place.Staging, name))), _place.Staging, _place.Work);
            throw;
        }

        DurableFile.FlushFolder(_place.StageFolder);
        return record;
    }

    private static void Move(IEnumerable<string> names, string from, string to)
    {
        foreach (var name in names)
        {
            File.Move(Path.Combine(from, name), Path.Combine(to, name));
        }
    }

    private static StoredFile Describe(string path)
    {
        DurableFile.Flush(path);
        return new StoredFile(Path.GetFileName(path), new FileInfo(path).Length, DurableFile.Sha256(path));
    }

    private void RequireOutput(string name)
    {
        if (Path.GetFileName(name) != name || name.Length == 0 || name is StagePlace.RecordName or StagePlace.QuarantineReasonName)
        {
            throw new ArgumentException($"Output \"{name}\" of stage {Key} must be a plain file name other than stage.json and reason.txt.");
        }

        if (!File.Exists(Path.Combine(_place.Work, name)))
        {
            throw new ArgumentException($"Output {name} of stage {Key} is not in the work folder.");
        }
    }
}
