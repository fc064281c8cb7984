using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Tests.Experiments;

/// <summary>A tier whose numbers are compared with the printed ones says what they may differ by; one that stands in does not.</summary>
public class ParityTests
{
    [Fact]
    public void Exactly_the_tiers_that_stand_in_have_no_parity()
    {
        var files = new ExperimentFiles(ExperimentFolder.Committed);
        Assert.All(files.Tiers().Select(tier => files.Load("Table1", tier).Tier), tier => Assert.Equal(tier.StandsIn, tier.Parity is null));
    }

    [Fact]
    public void The_paper_tier_knows_every_test_set_and_the_reason_of_every_gap()
    {
        var table = new ExperimentFiles(ExperimentFolder.Committed).Load("Table1", "paper");

        Assert.Equal([15146, 5000, 10000, 654], table.Columns.Select(column => table.Tier.Parity!.TestItems[table.Cell("CMC+LE", column.Id).Downstream]));
        Assert.All(table.Tier.Parity!.Gaps, gap => Assert.True(gap.Points > 0 && gap.Reason.Length > 40));
    }

    [Theory]
    [InlineData("\"standsIn\": true", "\"standsIn\": false", "experiments/tiers/mini.json: standsIn is false. Expected true, or a field parity: what numbers on the paper's own data may differ by.")]
    [InlineData("\"standsIn\": true", "\"standsIn\": true, \"parity\": { \"testItems\": {}, \"gaps\": [] }", "experiments/tiers/mini.json: parity is an object. Expected no parity where standsIn is true: such numbers are never compared with the printed ones.")]
    [InlineData("\"standsIn\": true", "\"standsIn\": false, \"parity\": { \"testItems\": { \"sketchy-eval\": 0 }, \"gaps\": [] }", "experiments/tiers/mini.json: parity.testItems.sketchy-eval is 0.")]
    [InlineData("\"standsIn\": true", "\"standsIn\": false, \"parity\": { \"testItems\": { \"sketchy-eval\": 1 }, \"gaps\": [] }", "experiments/tiers/mini.json: parity.testItems has no tu-berlin-eval")]
    public void A_parity_that_does_not_fit_is_refused_by_place(string found, string replacement, string fault)
    {
        using var folder = new ExperimentFolder();
        folder.Edit("tiers/mini.json", found, replacement);
        Assert.Contains(folder.Faults(), told => told.StartsWith(fault, StringComparison.Ordinal));
    }
}
