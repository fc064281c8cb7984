using Cmcd.Repro.Commands;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Experiments;
using Cmcd.Repro.Tests.Mutations;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.Verdicts;

/// <summary>STALE as it comes about: the code's stages moved on, the results did not.</summary>
public sealed class StalenessTests : IDisposable
{
    private readonly ApprovedCheckout _checkout = new();

    private TableResults Results => TableResults.Read(_checkout.Table);

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public void Results_of_this_code_keep_their_verdicts() =>
        Assert.Equal(Results.Cells, Staleness.Mark(Results, ApprovedFiles.CurrentVersions).Cells);

    [Theory]
    [InlineData("distill", 2, "measured by distill:1; the code has distill:2")]
    [InlineData("distill", null, "measured by distill:1; the code has no distill")]
    public void Measured_cells_of_another_version_are_stale_and_name_both(string kind, int? version, string reason)
    {
        var current = ApprovedFiles.CurrentVersions.Where(known => known.Key != kind).ToDictionary();
        if (version is { } number) current[kind] = number;
        var cells = Staleness.Mark(Results, current).Cells;

        var (measured, other) = (cells.Where(cell => cell.Mean is not null).ToArray(), cells.Where(cell => cell.Mean is null).ToArray());
        Assert.NotEmpty(measured);
        Assert.All(measured, cell => Assert.Equal((Verdict.STALE, reason), (cell.Verdict, cell.Reason)));
        Assert.Equal(Results.Cells.Where(cell => cell.Mean is null), other);
    }

    [Fact]
    public void Stages_that_a_cell_does_not_stand_on_make_nothing_stale()
    {
        var current = new Dictionary<string, int>(ApprovedFiles.CurrentVersions) { ["measure"] = 7 };
        Assert.DoesNotContain(Staleness.Mark(Results, current).Cells, cell => cell.Verdict == Verdict.STALE);
    }

    [Fact]
    public void A_claim_on_a_stale_cell_is_stale_and_says_which()
    {
        var current = new Dictionary<string, int>(ApprovedFiles.CurrentVersions) { ["evaluate"] = 9 };
        var claims = ClaimVerdicts.Judge(ClaimsFile.Read(ExperimentFolder.Committed), [Staleness.Mark(Results, current)]).ToDictionary(claim => claim.Claim);

        Assert.Equal((Verdict.STALE, "mini: Table1/CMC+LE/Sketchy: measured by evaluate:1; the code has evaluate:9"), (claims["C03"].Verdict, claims["C03"].Reason));
    }
}
