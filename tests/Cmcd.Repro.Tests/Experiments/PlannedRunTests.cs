using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Tests.Experiments;

public class PlannedRunTests
{
    private static readonly TableExperiment Table = new ExperimentFiles(ExperimentFolder.Committed).Load("Table1", "mini");

    [Fact]
    public void One_initialisation_gives_rows_times_columns_times_seeds_in_that_order()
    {
        var runs = Table.Runs([7, 3], [Initialisation.Source]);

        var expected = new List<string>();
        foreach (var row in Table.Rows)
            foreach (var column in Table.Columns)
                foreach (var seed in new[] { 7, 3 })
                    expected.Add($"{row.Id} {column.Id} {seed}");
        Assert.Equal(15 * 4 * 2, runs.Count);
        Assert.Equal(expected, runs.Select(run => $"{run.Row.Id} {run.Column.Id} {run.Seed}"));
    }

    [Fact]
    public void Both_initialisations_double_only_the_rows_that_leave_it_open()
    {
        var runs = Table.Runs([0], [Initialisation.Random, Initialisation.Source]);

        Assert.Equal((11 * 2 + 4) * 4, runs.Count);
        Assert.All(runs.Where(run => run.Row.Method == "SSL"), run => Assert.Equal(Initialisation.Random, run.Init));
        Assert.All(runs.Where(run => run.Row.Method == "PreSSL"), run => Assert.Equal(Initialisation.Source, run.Init));
        Assert.Equal([Initialisation.Random, Initialisation.Source], runs.Where(run => run.Row.Id == "Sup+FT" && run.Column.Id == "Sketchy").Select(run => run.Init));
        Assert.Equal([Initialisation.Random, Initialisation.Source], runs.Where(run => run.Row.Id == "CMC+LE" && run.Column.Id == "Sketchy").Select(run => run.Init));
    }

    [Fact]
    public void A_student_of_another_shape_than_the_teacher_always_starts_from_random_weights()
    {
        using var folder = new ExperimentFolder();
        folder.Edit("tiers/mini.json", "\"student\": { \"architecture\": \"ResNet18\", \"width\": 16", "\"student\": { \"architecture\": \"ResNet18\", \"width\": 8");

        Assert.All(folder.Files.Load("Table1", "mini").Runs([0], [Initialisation.Source]), run => Assert.Equal(Initialisation.Random, run.Init));
    }

    [Fact]
    public void Columns_without_data_keep_their_runs_and_say_why()
    {
        using var folder = new ExperimentFolder();
        folder.Edit("tiers/mini.json", "\"vggsound-eval\": { \"kind\": \"dataset\", \"name\": \"impacts\" }", "\"vggsound-eval\": { \"kind\": \"unavailable\", \"reason\": \"no sounds\" }");
        var reasons = folder.Files.Load("Table1", "mini").Runs([0], [Initialisation.Source]).ToLookup(run => run.Column.Id, run => run.UnavailableReason);

        Assert.All(reasons["VGGSound"], reason => Assert.Equal("no sounds", reason));
        Assert.All(new[] { "Sketchy", "TUBerlin", "NYU-Depth V2" }.SelectMany(column => reasons[column]), Assert.Null);
    }

    [Fact]
    public void Run_is_available_when_only_roles_it_does_not_need_are_missing()
    {
        using var folder = new ExperimentFolder();
        folder.Edit("tiers/mini.json", "\"imagenet\": { \"kind\": \"dataset\", \"name\": \"fashion-sketch\" }", "\"imagenet\": { \"kind\": \"unavailable\", \"reason\": \"no photos\" }");
        var runs = folder.Files.Load("Table1", "mini").Runs([0], [Initialisation.Source, Initialisation.Random]).Where(run => run.Column.Id == "Sketchy").ToArray();

        Assert.All(runs, run => Assert.Equal(run.Row.Method == "SSL" || (run.Row.Method == "Sup" && run.Init == Initialisation.Random) ? null : "no photos", run.UnavailableReason));
    }

    [Theory]
    [InlineData(), InlineData(1L, 1L), InlineData(-1L), InlineData(4294967296L)]
    public void Seeds_that_cannot_be_used_are_refused(params long[] seeds) =>
        Assert.Equal("seeds", Assert.ThrowsAny<ArgumentException>(() => Table.Runs(seeds, [Initialisation.Source])).ParamName);

    [Fact]
    public void No_initialisation_is_refused() => Assert.Equal("inits", Assert.Throws<ArgumentException>(() => Table.Runs([0], [])).ParamName);
}
