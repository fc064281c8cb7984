using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Tests.Experiments;

/// <summary>What plays a role: data of the tier or of the table itself, or published weights.</summary>
public sealed class RoleTests : IDisposable
{
    private readonly ExperimentFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tables_own_role_stands_over_the_tiers_and_only_there()
    {
        _folder.Edit("Table5.json", "\"seeds\":", "\"roles\": { \"sketchy-pairs\": { \"kind\": \"dataset\", \"name\": \"rooms\", \"limit\": 7 } },\n  \"seeds\":");

        Assert.Equal(new DatasetSettings("rooms", 7, null), _folder.Files.Load("Table5", "mini").Tier.Roles["sketchy-pairs"]);
        Assert.Equal(new DatasetSettings("fashion-sketch", null, null), _folder.Files.Load("Table4", "mini").Tier.Roles["sketchy-pairs"]);
    }

    [Fact]
    public void A_tables_own_test_set_needs_no_size_in_a_tier_that_compares()
    {
        _folder.Edit("Table4.json", "\"downstream\": \"tu-berlin-eval\"", "\"downstream\": \"mine\"");
        Assert.Contains("Known roles of tier paper:", Assert.Throws<ExperimentException>(() => _folder.Files.Load("Table4", "paper")).Message, StringComparison.Ordinal);

        _folder.Edit("Table4.json", "\"seeds\":", "\"roles\": { \"mine\": { \"kind\": \"dataset\", \"name\": \"paired-folders\", \"options\": { \"train\": \"a\", \"test\": \"b\" } } },\n  \"seeds\":");
        Assert.IsType<DatasetSettings>(_folder.Files.Load("Table4", "paper").Tier.Roles["mine"]);
    }

    [Fact]
    public void Weights_stand_for_source_data_only_and_for_each_teachers_width()
    {
        _folder.Edit("tiers/paper.json", "\"sketchy-pairs\": { \"kind\": \"dataset\", \"name\": \"sketchy\" }", "\"sketchy-pairs\": { \"kind\": \"weights\", \"byWidth\": { \"64\": \"simclr-1x\" } }")
            .Edit("tiers/paper.json", ", \"256\": \"simclr-4x\"", "");

        var faults = Assert.Throws<ExperimentException>(() => _folder.Files.Load("Table3", "paper")).Faults;
        Assert.Equal(
            [
                "experiments/tiers/paper.json: roles.imagenet.byWidth has no \"256\", the width of a teacher. It has 64, 128.",
                "experiments/tiers/paper.json: roles.sketchy-pairs is weights, and a cell reads it as pairs or labelled data. Expected a dataset.",
            ], faults.Order(StringComparer.Ordinal));
        Assert.Single(Assert.Throws<ExperimentException>(() => _folder.Files.Load("Table1", "paper")).Faults);   // no teacher of Table 1 has that width
    }

    [Fact]
    public void Missing_weights_concern_the_cells_of_their_width_alone()
    {
        var table = _folder.Files.Load("Table3", "paper");
        var weights = (WeightsSettings)table.Tier.Roles["imagenet"];
        var runs = table.With(new Dictionary<string, RoleSettings> { ["imagenet"] = weights with { Missing = new Dictionary<string, string> { ["256"] = "the 4x is not here" } } }).Runs([0], [Initialisation.Source]);

        Assert.Equal(["ResNet50(4x)"], runs.Where(run => run.UnavailableReason == "the 4x is not here").Select(run => run.Column.Id).Distinct());
        Assert.All(runs.Where(run => run.Column.Id != "ResNet50(4x)"), run => Assert.Null(run.UnavailableReason));
    }
}
