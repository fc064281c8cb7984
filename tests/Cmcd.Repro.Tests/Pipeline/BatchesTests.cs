using Cmcd.Repro.Pipeline;

namespace Cmcd.Repro.Tests.Pipeline;

public class BatchesTests
{
    [Fact]
    public void An_epoch_shows_each_item_at_most_once_and_drops_the_short_batch()
    {
        var batches = new Batches("The test set", count: 23, batchSize: 5, seed: 1);
        Assert.Equal(4, batches.PerEpoch);

        var seen = Enumerable.Range(0, 4).SelectMany(step => batches.Of(step).ToArray()).ToArray();
        Assert.Equal(20, seen.Distinct().Count());
        Assert.All(seen, item => Assert.InRange(item, 0, 22));
    }

    [Fact]
    public void Each_epoch_has_an_order_of_its_own()
    {
        var batches = new Batches("The test set", 64, 64, 1);
        Assert.NotEqual(batches.Of(0).ToArray(), batches.Of(1).ToArray());
        Assert.Equal(batches.Of(0).ToArray().Order(), batches.Of(1).ToArray().Order());
    }

    [Fact]
    public void A_step_asked_for_out_of_order_holds_the_same_items()
    {
        var straight = new Batches("The test set", 40, 8, 3);
        var steps = Enumerable.Range(0, 12).Select(step => straight.Of(step).ToArray()).ToArray();

        var resumed = new Batches("The test set", 40, 8, 3);
        Assert.Equal(steps[11], resumed.Of(11).ToArray());
        Assert.Equal(steps[2], resumed.Of(2).ToArray());
    }

    [Fact]
    public void A_set_smaller_than_a_batch_is_refused_with_both_numbers()
    {
        var fault = Assert.Throws<ReproException>(() => new Batches("The set of pairs", 63, 64, 0));
        Assert.StartsWith("The set of pairs has 63 items, fewer than one batch of 64.", fault.Message, StringComparison.Ordinal);
    }
}
