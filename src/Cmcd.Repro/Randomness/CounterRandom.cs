namespace Cmcd.Repro.Randomness;

/// <summary>A Philox 4x32-10 generator addressed by (seed, purpose, epoch, sample, view): a counter, not a stream.</summary>
/// <remarks>
/// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
/// The numbers of one address do not depend on what was drawn elsewhere, so the same augmentation comes out for any
/// thread count, batch order or resume point. Each address holds 2^32 blocks of four words.
/// A mutable struct: keep it in a local and pass it by reference.
/// </remarks>
public struct CounterRandom
{
    private readonly uint _key0, _key1, _sample, _epoch, _view;
    private uint _block;
    private uint _word0, _word1, _word2, _word3;
    private int _left;

    /// <param name="seed">The run's seed; at most 2^32 - 1.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="epoch">Epoch, 0-based.</param>
    /// <param name="sample">Item id in its dataset, or tensor position.</param>
    /// <param name="view">View of the item, 0-based.</param>
    /// <exception cref="ArgumentOutOfRangeException">seed, epoch, sample or view is negative or too large.</exception>
    public CounterRandom(long seed, Purpose purpose, long epoch = 0, long sample = 0, long view = 0)
    {
        _key0 = Word(seed, nameof(seed));
        _key1 = (uint)purpose;
        _epoch = Word(epoch, nameof(epoch));
        _sample = Word(sample, nameof(sample));
        _view = Word(view, nameof(view));
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextWord()
    {
        if (_left == 0)
        {
            (_word0, _word1, _word2, _word3) = Philox(_block++, _sample, _epoch, _view, _key0, _key1);
            _left = 4;
        }

        return (4 - _left--) switch { 0 => _word0, 1 => _word1, 2 => _word2, _ => _word3 };
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-24.</summary>
    public float NextUniform() => (NextWord() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform in [low, high).</summary>
    public float NextUniform(float low, float high) => low + ((high - low) * NextUniform());

    /// <summary>Standard normal (Box-Muller; each call draws two words).</summary>
    public float NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(((NextWord() >> 8) + 1) * (1.0 / (1 << 24))));
        return (float)(radius * Math.Cos(2 * Math.PI * NextUniform()));
    }

    /// <summary>True with the given probability.</summary>
    public bool NextBool(double probability) => NextUniform() < probability;

    /// <summary>Uniform in 0 … count - 1 (bias below count / 2^32).</summary>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)(((ulong)NextWord() * (uint)count) >> 32);
    }

    /// <summary>A uniformly random order of 0 … count - 1 (Fisher-Yates).</summary>
    public int[] NextPermutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            var j = NextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }

        return order;
    }

    internal static (uint, uint, uint, uint) Philox(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < 10; round++)
        {
            var high0 = Math.BigMul(0xD2511F53u, c0);
            var high1 = Math.BigMul(0xCD9E8D57u, c2);
            (c0, c1, c2, c3) = ((uint)(high1 >> 32) ^ c1 ^ k0, (uint)high1, (uint)(high0 >> 32) ^ c3 ^ k1, (uint)high0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        return (c0, c1, c2, c3);
    }

    private static uint Word(long value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, uint.MaxValue, name);
        return (uint)value;
    }
}
