using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Tests.Randomness;

public class CounterRandomTests
{
    /// <summary>Known answers published with the Random123 library (kat_vectors, philox4x32 10).</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Published_vectors_come_out(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3) =>
        Assert.Equal((r0, r1, r2, r3), CounterRandom.Philox(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void Each_part_of_the_address_changes_the_numbers()
    {
        CounterRandom[] neighbours =
        [
            new(1, Purpose.Test, 2, 3, 4), new(2, Purpose.Test, 2, 3, 4), new(1, Purpose.Shuffle, 2, 3, 4),
            new(1, Purpose.Test, 3, 3, 4), new(1, Purpose.Test, 2, 4, 4), new(1, Purpose.Test, 2, 3, 5),
        ];

        Assert.Equal(neighbours.Length, neighbours.Select(random => random.NextWord()).Distinct().Count());
    }

    [Fact]
    public void Same_address_gives_the_same_numbers_whatever_else_was_drawn()
    {
        var first = new CounterRandom(7, Purpose.Test, sample: 5);
        var other = new CounterRandom(7, Purpose.Test, sample: 6);
        var expected = Enumerable.Range(0, 9).Select(_ => first.NextWord()).ToArray();
        other.NextWord();

        var again = new CounterRandom(7, Purpose.Test, sample: 5);
        Assert.Equal(expected, Enumerable.Range(0, 9).Select(_ => again.NextWord()));
    }

    [Fact]
    public void Normal_numbers_have_mean_zero_and_variance_one()
    {
        var random = new CounterRandom(3, Purpose.Test);
        var draws = Enumerable.Range(0, 40_000).Select(_ => (double)random.NextNormal()).ToArray();

        Assert.InRange(draws.Average(), -0.025, 0.025);                    // five standard errors
        Assert.InRange(draws.Average(x => x * x), 1 - 0.036, 1 + 0.036);   // five standard errors, sd of x² is √2
    }

    [Fact]
    public void Permutation_holds_every_item_once_and_moves_them()
    {
        var order = new CounterRandom(0, Purpose.Shuffle).NextPermutation(1000);

        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.InRange(order.Where((item, place) => item == place).Count(), 0, 10);
    }

    [Fact]
    public void Negative_seed_is_refused_by_name() =>
        Assert.Equal("seed", Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(-1, Purpose.Test)).ParamName);
}
