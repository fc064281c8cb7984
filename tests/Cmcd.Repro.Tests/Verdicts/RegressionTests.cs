using Cmcd.Repro.Commands;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Mutations;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.Verdicts;

/// <summary>What Mutations cannot plant into files: versions of the code, results made in memory.</summary>
public sealed class RegressionTests : IDisposable
{
    private readonly ApprovedCheckout _checkout = new();

    private TableResults Results => TableResults.Read(_checkout.Table);

    private IReadOnlyList<ApprovedCell> Approved => ApprovedCsv.Read(_checkout.Approved);

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public void A_version_raised_in_the_code_makes_the_approved_numbers_stale_and_names_the_cells()
    {
        var current = new Dictionary<string, int>(ApprovedFiles.CurrentVersions) { ["distill"] = 2 };
        var finding = Assert.Single(Regression.Compare(Approved, Results, current));
        Assert.Equal("STALE: the code has distill:2, the approved numbers of 6 cells (first Table1/SSL+LE/Sketchy/LE) were made by distill:1", finding.ToString());
    }

    [Fact]
    public void A_kind_of_stage_that_the_code_no_longer_has_is_stale() =>
        Assert.Contains("the code has no evaluate", Assert.Single(Regression.Compare(Approved, Results, new Dictionary<string, int> { ["pretrain"] = 1, ["distill"] = 1 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Numbers_of_another_tier_are_never_compared()
    {
        var foreign = Approved.Select(cell => cell with { Tier = "paper" }).ToArray();
        Assert.Equal("FOREIGN: the results are of Table1, tier mini; the approved numbers are of Table1, tier paper", Assert.Single(Regression.Compare(foreign, Results, ApprovedFiles.CurrentVersions)).ToString());
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_value_that_is_no_number_is_named_whoever_made_the_results(double value)
    {
        var results = Results with { Runs = [.. Results.Runs.Select((run, i) => i == 0 ? run with { Value = value } : run)] };
        Assert.StartsWith("NO_NUMBER: Table1/SSL+LE/Sketchy/LE: values ", Assert.Single(Regression.Compare(Approved, results, ApprovedFiles.CurrentVersions)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_moved_seed_is_listed_with_both_values_class_and_versions()
    {
        _checkout.Measure([("SSL+LE", "Sketchy", [50.5, 51, 53]), .. ApprovedCheckout.Cells[1..]]);
        var finding = Assert.Single(Regression.Compare(Approved, Results, ApprovedFiles.CurrentVersions));
        Assert.StartsWith(
            "STALE: Table1/SSL+LE/Sketchy/LE: numbers moved without a version: seed 0 approved 50, found 50.5, seed 2 approved 52.5, found 53; tolerance 0, same bits are promised for pretrain:1 distill:1 evaluate:1 on cpu, 1 thread, Fp32, ",
            finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_current_versions_name_every_kind_of_stage_behind_a_number() =>
        Assert.Equal(["chance", "distill", "evaluate", "gap-evaluate", "gap-level", "gap-teacher", "measure", "pretrain", "segment"], ApprovedFiles.CurrentVersions.Keys.Order());
}
