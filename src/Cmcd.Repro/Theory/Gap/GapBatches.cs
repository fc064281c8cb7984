using Cmcd.Repro.Randomness;
using static TorchSharp.torch;

namespace Cmcd.Repro.Theory.Gap;

/// <summary>Which items make up an update: a fresh order every epoch, the last short batch dropped.</summary>
internal sealed class GapBatches(int count, int batchSize, long seed, int stream)
{
    private readonly int _perEpoch = Math.Max(count / batchSize, 1);
    private readonly int _size = Math.Min(batchSize, count);

    public int EpochOf(int update) => update / _perEpoch;

    /// <summary>Positions, [N], int64, in the caller's dispose scope.</summary>
    public Tensor Of(int update)
    {
        var order = new CounterRandom(seed, Purpose.Gap, (long)GapPart.Batches, stream, EpochOf(update)).NextPermutation(count);
        return tensor(order.AsSpan(update % _perEpoch * _size, _size).ToArray(), dtype: int64);
    }
}
