namespace Cmcd.Repro.Caching;

/// <summary>A folder of stage outputs, each under its key; knows no stage by name.</summary>
/// <remarks>
/// <para>Layout: <c>stage/hash/</c> holds the outputs and stage.json, <c>stage/hash.work/</c> what an unfinished stage keeps between attempts,
/// <c>stage/hash.lock</c> the lock, <c>quarantine/</c> what was found damaged. Several processes may share one store.</para>
/// <para>A stored output is believed only if every byte still matches stage.json, and stage.json its own hash. Anything else counts as missing.</para>
/// </remarks>
public sealed class StageStore
{
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly IReadOnlyDictionary<string, string> _versions;

    /// <param name="folder">The store's folder; made when first used.</param>
    /// <param name="time">Clock for the time of storing.</param>
    /// <param name="versions">Program and library versions to note in every stage.json; not part of any key.</param>
    public StageStore(string folder, TimeProvider time, IReadOnlyDictionary<string, string>? versions = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(time);
        _folder = Path.GetFullPath(folder);
        _time = time;
        _versions = new SortedDictionary<string, string>((versions ?? new Dictionary<string, string>()).ToDictionary(), StringComparer.Ordinal);
    }

    /// <summary>As the other overload, waiting silently for another holder.</summary>
    /// <inheritdoc cref="Open(StageKey, Action, CancellationToken)"/>
    public StageLease Open(StageKey key, CancellationToken cancellation = default) => Open(key, static () => { }, cancellation);

    /// <summary>Locks one key and says whether its output is stored and, if not, why.</summary>
    /// <param name="key">The stage.</param>
    /// <param name="waiting">Called once if another process or thread holds the key; the call then waits for it.</param>
    /// <param name="cancellation">Ends the wait for another holder of the key.</param>
    /// <returns>A lease that holds the lock until it is disposed.</returns>
    /// <exception cref="ReproException">The folder cannot be used: not writable, full, not a folder.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public StageLease Open(StageKey key, Action waiting, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(waiting);
        var place = new StagePlace(_folder, key);
        var held = StagePlace.Guard(_folder, () =>
        {
            Directory.CreateDirectory(place.StageFolder);
            return StageLock.Acquire(place.Lock, waiting, cancellation);
        });
        try
        {
            return StagePlace.Guard(_folder, () => Examine(place, held));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Says what <see cref="Open(StageKey, CancellationToken)"/> would find, without waiting for a lock and without changing anything.</summary>
    /// <param name="key">The stage.</param>
    /// <returns>Its record where every stored byte still matches, else null; and the reason, as in <see cref="StageLease.Reason"/>.</returns>
    /// <exception cref="ReproException">The folder cannot be read.</exception>
    public (StageRecord? Record, string Reason) Look(StageKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var place = new StagePlace(_folder, key);
        return StagePlace.Guard(_folder, () =>
        {
            if (Directory.Exists(place.Output))
                return StoredOutput.Check(place, out var fault) is { } record ? (record, "cached") : (null, $"damaged: {fault}");

            return (null, Resumes(place) ? "resumes at an earlier point" : StageDifference.Explain(place));
        });
    }

    /// <summary>The records of all stored stages of a name; unreadable ones are left out, bytes of outputs are not checked.</summary>
    /// <exception cref="ReproException">The folder cannot be read.</exception>
    public IReadOnlyList<StageRecord> Records(string stage) => StagePlace.Guard(_folder, () => StageDifference.Stored(Path.Combine(_folder, stage)).ToArray());

    private static bool Resumes(StagePlace place) => Directory.Exists(place.Work) && Directory.EnumerateFileSystemEntries(place.Work).Any();

    private StageLease Examine(StagePlace place, FileStream held)
    {
        DeleteFolder(place.Staging);
        string? damage = null;
        if (Directory.Exists(place.Output))
        {
            var record = StoredOutput.Check(place, out var fault);
            if (record is not null)
            {
                DeleteFolder(place.Work);
                return new StageLease(place, held, _time, _versions, record, "cached");
            }

            damage = $"damaged: {fault}; quarantined as {Quarantine(place, fault!)}";
        }

        var resumes = Resumes(place);
        Directory.CreateDirectory(place.Work);
        return new StageLease(place, held, _time, _versions, null,
            damage ?? (resumes ? "resumes at an earlier point" : StageDifference.Explain(place)));
    }

    private static string Quarantine(StagePlace place, string fault)
    {
        var parent = Directory.CreateDirectory(Path.Combine(place.Store, StagePlace.QuarantineName)).FullName;
        var number = 1;
        string name;
        while (Directory.Exists(Path.Combine(parent, name = $"{place.Key.Stage}-{place.Key.Short}-{SettingsText.Number(number)}")))
        {
            number++;
        }

        var target = Path.Combine(parent, name);
        Directory.Move(place.Output, target);
        File.WriteAllText(Path.Combine(target, StagePlace.QuarantineReasonName), $"{place.Key.Stage} {place.Key.Hash}\n{fault}\n");
        return $"{StagePlace.QuarantineName}/{name}";
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
