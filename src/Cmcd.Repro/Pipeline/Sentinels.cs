using System.Security.Cryptography;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Models;
using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>Checks that the protocol was kept, made in every run and recorded with its result; a broken one stops the run.</summary>
internal sealed class Sentinels
{
    private readonly SortedDictionary<string, object> _facts = new(StringComparer.Ordinal);

    /// <summary>What was checked, for the stage's record.</summary>
    public IReadOnlyDictionary<string, object> Facts => _facts;

    /// <summary>Runs work during which a network must not change: weights, BatchNorm statistics and gradients.</summary>
    /// <param name="what">The network, for the message.</param>
    /// <param name="network">The frozen network.</param>
    /// <param name="work">What is done with it.</param>
    /// <exception cref="ProtocolViolationException">It changed, or it could have learned.</exception>
    public T WhileFrozen<T>(string what, nn.Module network, Func<T> work)
    {
        var before = StateDict.Hash(network);
        var result = work();
        var after = StateDict.Hash(network);
        if (before != after)
            throw new ProtocolViolationException($"The {what} is frozen, yet its weights or BatchNorm statistics moved: SHA-256 {before[..12]} before, {after[..12]} after.");
        if (network.parameters().Any(parameter => parameter.requires_grad))
            throw new ProtocolViolationException($"The {what} is frozen, yet some of its parameters ask for gradients.");
        _facts[$"sentinel.frozen-{what}"] = before;
        return result;
    }

    /// <summary>No test item may stand among the training items, by content.</summary>
    /// <exception cref="ProtocolViolationException">Some item stands in both.</exception>
    public void RequireDisjoint(IImageSet train, IImageSet test)
    {
        var seen = ContentHashes(train).ToHashSet(StringComparer.Ordinal);
        var shared = ContentHashes(test).Select((hash, index) => (hash, index)).Where(item => seen.Contains(item.hash)).Select(item => item.index).ToList();
        if (shared.Count > 0)
            throw new ProtocolViolationException($"{shared.Count} test items also stand in the training set (first: test item {shared[0]}). A score on them would measure memory.");
        _facts["sentinel.disjoint"] = $"{train.Count} train and {test.Count} test items share no content";
    }

    /// <summary>What answered the test set must be what the last update left, and the test set must have been read once, after it.</summary>
    /// <param name="afterLastUpdate">Hash of the weights right after the last update: <see cref="Training.LastWeights"/>.</param>
    /// <param name="scored">Hash of the weights that answered.</param>
    /// <param name="test">The test set as it was handed out.</param>
    /// <exception cref="ProtocolViolationException">Other weights answered, such as those of the best epoch, or some item was not read.</exception>
    public void RequireLastEpoch(string afterLastUpdate, string scored, UnseenImages test)
    {
        if (afterLastUpdate != scored)
        {
            throw new ProtocolViolationException(
                $"The test set was answered by weights {scored[..12]}, the last update left {afterLastUpdate[..12]}: an epoch was selected. The last one counts.");
        }

        if (test.Unread > 0) throw new ProtocolViolationException($"{test.Unread} of {test.Count} test items were never read.");
        _facts["sentinel.selection"] = "last epoch; the test set is read once, after the last update";
    }

    private static IEnumerable<string> ContentHashes(IImageSet images)
    {
        const int chunk = 512;
        for (var start = 0; start < images.Count; start += chunk)
        {
            var indices = Enumerable.Range(start, Math.Min(chunk, images.Count - start)).ToArray();
            using var batch = images.Read(indices);
            var bytes = batch.bytes.ToArray();
            var size = bytes.Length / indices.Length;
            for (var i = 0; i < indices.Length; i++) yield return Convert.ToHexString(SHA256.HashData(bytes.AsSpan(i * size, size)));
        }
    }
}
