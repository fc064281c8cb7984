using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Pipeline;

/// <summary>Which items make up step s of a training: a fresh order every epoch, the last short batch dropped.</summary>
/// <remarks>A pure function of (seed, epoch), so a resumed run goes on with the very batches an uninterrupted one would see.</remarks>
public sealed class Batches
{
    private readonly int _count;
    private readonly int _batchSize;
    private readonly long _seed;
    private int[] _order = [];
    private int _epoch = -1;

    /// <param name="what">The data, for messages.</param>
    /// <param name="count">Items in the set.</param>
    /// <param name="batchSize">Items in a batch.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <exception cref="ReproException">The set does not fill one batch.</exception>
    public Batches(string what, int count, int batchSize, long seed)
    {
        if (count < batchSize)
            throw new ReproException($"{what} has {count} items, fewer than one batch of {batchSize}. Lower the tier's batchSize or raise the limit of this data set.");
        (_count, _batchSize, _seed) = (count, batchSize, seed);
    }

    /// <summary>Whole batches in an epoch.</summary>
    public int PerEpoch => _count / _batchSize;

    /// <summary>Updates of a training over whole epochs: <see cref="PerEpoch"/> times the epochs.</summary>
    public static int Updates(int count, int batchSize, int epochs) => epochs * (count / batchSize);

    /// <summary>The items of one step, counted from the start of the training.</summary>
    public ReadOnlySpan<int> Of(int step)
    {
        var epoch = step / PerEpoch;
        if (epoch != _epoch)
        {
            _order = new CounterRandom(_seed, Purpose.Shuffle, epoch).NextPermutation(_count);
            _epoch = epoch;
        }

        return _order.AsSpan(step % PerEpoch * _batchSize, _batchSize);
    }
}
