using Cmcd.Repro.Caching;
using Cmcd.Repro.Pipeline;

namespace Cmcd.Repro.Tests.Pipeline.Planning;

/// <summary>Stages that are only planned.</summary>
internal static class Planned
{
    /// <summary>A stage of these settings, on data of its own name; it must not run.</summary>
    public static Stage Stage(string title, object settings, params Stage[] parents) => new(
        StageKey.Of(title.Split(' ')[0].ToLowerInvariant(), 1, settings, [("data", "d1"), .. parents.Select((parent, i) => ($"parent{i}", parent.Key.Hash))]),
        title, 0, parents, (_, _) => throw new InvalidOperationException("A plan runs nothing."));

    /// <summary>Puts a stage into the store as if it had run.</summary>
    public static void Store(StageStore store, StageKey key, double seconds)
    {
        using var lease = store.Open(key);
        File.WriteAllText(Path.Combine(lease.WorkFolder, "out.txt"), "made up");
        lease.Complete(new Dictionary<string, object>(), ["out.txt"], seconds);
    }
}
