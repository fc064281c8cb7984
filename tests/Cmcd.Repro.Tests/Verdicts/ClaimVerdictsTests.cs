using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Experiments;
using Cmcd.Repro.Tests.Results;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.Verdicts;

public class ClaimVerdictsTests
{
    private static readonly ClaimsFile Claims = ClaimsFile.Read(ExperimentFolder.Committed);
    private static readonly string[] Columns = ["Sketchy", "TUBerlin", "VGGSound", "NYU-Depth V2"];
    private static readonly string[] Methods = ["SSL", "PreSSL", "CMST", "CMKD", "SOCKET", "CMD", "CMC"];
    private static readonly double[] Baseline = [50, 51, 50.5, 50.5, 50];
    private static readonly Manifest Manifest = new(
        "", "", RunEnvironment.Read(1, "cpu", new Dictionary<string, string>()), new { }, ["Source"], new Dictionary<string, string>(), [], 0, 0);

    [Fact]
    public void What_holds_in_every_column_is_reproduced_in_the_tiers_name()
    {
        var verdict = Verdicts(Table1())["C03"];

        Assert.Equal(Verdict.REPRODUCED, verdict.Verdict);
        Assert.StartsWith("mini: ", verdict.Text, StringComparison.Ordinal);
        Assert.StartsWith("mini: LE Sketchy: CMC+LE - ", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(("mini", "points", 10.0), (verdict.Tier, verdict.Unit, verdict.Estimate!.Value));
        Assert.True(verdict.Low > 0 && verdict.High > verdict.Low);
        Assert.Equal(52, verdict.Cells.Count);   // 6 LE and 7 FT rows in 4 columns
        Assert.Contains(new("Table1", "Sup+FT", "NYU-Depth V2", "FT"), verdict.Cells);
    }

    [Fact]
    public void What_fails_clearly_in_one_column_is_contradicted_there()
    {
        var verdict = Verdicts(Table1(("CMC+FT", "TUBerlin", [40, 41, 40.5])))["C03"];

        Assert.Equal(Verdict.CONTRADICTED, verdict.Verdict);
        Assert.Contains("FT TUBerlin: CMC+FT - Sup+FT -10.00 [", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(-10, verdict.Estimate!.Value, 9);
    }

    [Fact]
    public void What_the_seeds_disagree_on_is_inconclusive_with_the_seeds_that_it_takes()
    {
        var verdict = Verdicts(Table1(("CMC+FT", "TUBerlin", [48, 57, 51])))["C03"];

        Assert.Equal(Verdict.INCONCLUSIVE, verdict.Verdict);
        Assert.Matches(@"hardest is CMC\+FT - \w+\+FT \+1\.50 .*: about \d+ seeds would decide it alone", verdict.Reason);
    }

    [Fact]
    public void One_seed_decides_nothing() => Assert.All(
        Verdicts(Table1(seeds: 1)).Values.Where(verdict => verdict.Claim is "C02" or "C03" or "C04" or "H1" or "H5"),
        verdict => Assert.Equal((Verdict.INCONCLUSIVE, "mini: one seed in common: an interval needs at least 2, 5 are planned"), (verdict.Verdict, verdict.Reason)));

    [Fact]
    public void Columns_that_cannot_be_had_leave_the_whole_claim_inconclusive()
    {
        var verdict = Verdicts(Unavailable(Table1(), "VGGSound", "NYU-Depth V2"))["C03"];

        Assert.Equal(Verdict.INCONCLUSIVE, verdict.Verdict);
        Assert.StartsWith("mini: on 4 of 8 comparisons: LE Sketchy: ", verdict.Reason, StringComparison.Ordinal);
        Assert.EndsWith(" holds; the other comparisons are not measured", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(52, verdict.Cells.Count);
    }

    [Fact]
    public void Columns_that_were_measured_can_contradict_the_whole_claim_alone()
    {
        var verdict = Verdicts(Unavailable(Table1(("CMC+LE", "Sketchy", [40, 41, 40.5])), "VGGSound", "NYU-Depth V2"))["C03"];

        Assert.Equal(Verdict.CONTRADICTED, verdict.Verdict);
        Assert.StartsWith("mini: on 4 of 8 comparisons: ", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C09"), InlineData("C10/CMC"), InlineData("C17")]
    public void Claim_without_a_measured_case_is_unavailable_with_the_cells_reason(string claim)
    {
        var verdict = Verdicts(Unavailable(Table1(), "VGGSound", "NYU-Depth V2"))[claim];

        Assert.Equal(Verdict.UNAVAILABLE, verdict.Verdict);
        Assert.EndsWith(": no such data", verdict.Reason, StringComparison.Ordinal);
        Assert.Null(verdict.Estimate);
    }

    [Theory]
    [InlineData("C20/ResNet18", "mini: Table3 has not been run")]
    [InlineData("C23", "mini: Figure1 has not been run")]
    [InlineData("C22", "mini: Table3 has not been run")]
    [InlineData("H10/in points", "mini: GapSweep has not been run")]
    [InlineData("C15", "mini: it is about how the paper's Table 2 was made from its Table 1")]
    [InlineData("C19", "mini: it is a choice of presentation, not a measurement")]
    public void What_has_not_been_run_or_cannot_be_is_not_tested(string claim, string reason)
    {
        var verdict = Verdicts(Table1())[claim];

        Assert.Equal((Verdict.NOT_TESTED, reason), (verdict.Verdict, verdict.Reason));
    }

    [Fact]
    public void Cells_of_another_version_make_the_claim_stale()
    {
        var verdict = Verdicts(Changed(
            Table1(), cell => cell is { Row: "SSL+LE", Column: "Sketchy" }, cell => cell with { Verdict = Verdict.STALE, Reason = "evaluate is now version 3" }))["C03"];

        Assert.Equal((Verdict.STALE, "mini: Table1/SSL+LE/Sketchy: evaluate is now version 3"), (verdict.Verdict, verdict.Reason));
    }

    [Fact]
    public void Size_of_a_difference_is_not_judged_where_data_stand_in_but_shown()
    {
        var verdict = Verdicts(Table1())["C05/CMC"];

        Assert.Equal(Verdict.NOT_TESTED, verdict.Verdict);
        Assert.Equal(10, verdict.Estimate);
        Assert.StartsWith("mini: the data stand in for the paper's", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains("CMC+LE - SSL+LE +10.00", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Size_of_a_difference_is_judged_on_the_papers_data()
    {
        var verdicts = Verdicts(Table1(seeds: 5, tier: "paper"));

        Assert.Equal(Verdict.REPRODUCED, verdicts["C05/CMC"].Verdict);     // at least 2: it is 10
        Assert.Equal(Verdict.CONTRADICTED, verdicts["C01"].Verdict);       // between 2 and 3
        Assert.Equal(Verdict.CONTRADICTED, verdicts["C12"].Verdict);       // below 2
        Assert.StartsWith("paper: ", verdicts["C01"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Upper_bound_above_every_interval_is_kept()
    {
        var ours = Methods[5..].SelectMany(method => new[] { "LE", "FT" }, (method, protocol) => ($"{method}+{protocol}", "VGGSound", (double[])[50.5, 51.5, 51]));

        Assert.Equal(Verdict.REPRODUCED, Verdicts(Table1([.. ours], tier: "paper"))["C12"].Verdict);
    }

    [Fact]
    public void Smoke_numbers_are_never_judged() => Assert.All(
        Verdicts(Table1(tier: "smoke")).Values,
        verdict => Assert.Equal((Verdict.NOT_TESTED, "smoke: this tier tests plumbing; its numbers mean nothing"), (verdict.Verdict, verdict.Reason)));

    [Fact]
    public void Many_comparisons_ask_more_of_each()
    {
        // p = 0.013 for one comparison with three seeds: enough alone, too little among the eight cases of C03.
        double[] values = [52, 54.5, 53];
        (string, string, double[])[] cells = [.. Columns.SelectMany(_ => new[] { "LE", "FT" }, (column, protocol) => ($"CMC+{protocol}", column, values))];
        var verdicts = Verdicts(Table1(cells));

        Assert.Equal(Verdict.INCONCLUSIVE, verdicts["C03"].Verdict);
        Assert.All(Columns, column => Assert.Contains($"LE {column}: CMC+LE - SSL+LE +2.67 [", verdicts["C03"].Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(52.0, 55.0, Verdict.REPRODUCED)]       // rises at each step
    [InlineData(55.0, 52.0, Verdict.CONTRADICTED)]     // rises on the whole, but the second step falls
    [InlineData(50.0, 50.0, Verdict.INCONCLUSIVE)]     // flat
    public void Monotone_rise_needs_a_trend_and_no_falling_step(double middle, double last, Verdict expected)
    {
        double[] from = [50, 51, 50.5];
        (string, string, double[])[] cells =
        [
            ("ResNet18", "ResNet50(1x)", from), ("ResNet18", "ResNet50(2x)", Shifted(from, middle - 50)), ("ResNet18", "ResNet50(4x)", Shifted(from, last - 50)),
        ];

        Assert.Equal(expected, Verdicts(Read("Table3", cells))["C20/ResNet18"].Verdict);
    }

    [Theory]
    [InlineData("lambda=0.5", Verdict.REPRODUCED)]    // a mixture is clearly best on one task
    [InlineData("lambda=1", Verdict.CONTRADICTED)]    // an end is clearly best on all
    [InlineData("", Verdict.INCONCLUSIVE)]            // all the same
    public void Claim_of_some_tasks_needs_one(string best, Verdict expected) => Assert.Equal(expected, Verdicts(Table5(_ => best))["C28"].Verdict);

    [Theory]
    [InlineData("lambda=0.5", "lambda=1", Verdict.REPRODUCED)]
    [InlineData("lambda=1", "lambda=1", Verdict.CONTRADICTED)]
    [InlineData("", "", Verdict.INCONCLUSIVE)]
    public void No_choice_dominates_where_each_is_beaten_somewhere(string sketchy, string berlin, Verdict expected) =>
        Assert.Equal(expected, Verdicts(Table5(row => row.StartsWith("Sketchy", StringComparison.Ordinal) ? sketchy : berlin))["C29"].Verdict);

    [Fact]
    public void Claim_of_some_tasks_holds_although_the_other_tasks_cannot_be_had()
    {
        var verdict = Verdicts(Changed(Table5(_ => "lambda=0.5"), cell => cell.Row == "TUBerlin+FT", WithoutData))["C28"];

        Assert.Equal(Verdict.REPRODUCED, verdict.Verdict);
        Assert.Contains("on 3 of 4 comparisons: ", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, Verdict.REPRODUCED), InlineData(1, Verdict.CONTRADICTED)]
    public void Gain_that_falls_with_the_gap_is_a_negative_correlation(int sign, Verdict expected)
    {
        var cells = Enumerable.Range(1, 8).SelectMany(level => new (string, string, double[])[]
        {
            ("TV", $"level {level}", [5.0 * level, 5.0 * level, 5.0 * level]),
            ("SSL+LE", $"level {level}", Baseline), ("CMD+LE", $"level {level}", Shifted(Baseline, 20 + (sign * 2 * level))),
            ("Sup+FT", $"level {level}", Baseline), ("CMD+FT", $"level {level}", Shifted(Baseline, 20 + (sign * level))),
        });

        Assert.Equal(expected, Verdicts(Read("GapSweep", [.. cells]))["H10/in points"].Verdict);
    }

    [Fact]
    public void Correlation_over_too_few_levels_is_inconclusive()
    {
        var distances = Read("Table2", [.. Columns.Select((column, place) => ("TV distance", column, (double[])[place, place, place]))]);
        var verdict = ClaimVerdicts.Judge(Claims, [Table1(), distances]).Single(verdict => verdict.Claim == "C18");

        Assert.Equal((Verdict.INCONCLUSIVE, "mini: 4 distinct levels, 8 are needed"), (verdict.Verdict, verdict.Reason));
    }

    [Fact]
    public void Every_part_that_decides_has_one_verdict_and_the_same_again()
    {
        var (first, second) = (ClaimVerdicts.Judge(Claims, [Table1()]), ClaimVerdicts.Judge(Claims, [Table1()]));

        Assert.Equal(Claims.Claims.Concat(Claims.Predicates).Sum(claim => claim.Parts.Count(part => part.Aside != true)), first.Count);
        Assert.Equal(first.Count, first.Select(verdict => verdict.Claim).Distinct().Count());
        Assert.Equal(first.Select(verdict => verdict with { Cells = [] }).Select(Line), second.Select(verdict => verdict with { Cells = [] }).Select(Line));

        static string Line(ClaimVerdict verdict) => $"{verdict.Claim} {verdict.Verdict} {verdict.Estimate} {verdict.Low} {verdict.High} {verdict.Reason}";
    }

    [Fact]
    public void Tables_of_two_tiers_are_refused() =>
        Assert.Throws<ArgumentException>(() => ClaimVerdicts.Judge(Claims, [Table1(), Table1(tier: "paper") with { Folder = "other" }]));

    private static Dictionary<string, ClaimVerdict> Verdicts(TableResults table) => ClaimVerdicts.Judge(Claims, [table]).ToDictionary(verdict => verdict.Claim);

    /// <summary>Every baseline at 50.5, CMD and CMC 10 points above, but for the cells given.</summary>
    private static TableResults Table1(params (string Row, string Column, double[] Values)[] cells) => Table1(cells, seeds: 3);

    private static TableResults Table1((string Row, string Column, double[] Values)[]? cells = null, int seeds = 3, string tier = "mini")
    {
        var rows = Methods.Select(method => $"{method}+LE").Concat(["Sup+FT"]).Concat(Methods.Select(method => $"{method}+FT"));
        var all = from row in rows
                  from column in Columns
                  let given = (cells ?? []).FirstOrDefault(cell => (cell.Row, cell.Column) == (row, column)).Values
                  select (row, column, (given ?? Shifted(Baseline, row[..3] is "CMD" or "CMC" ? 10 : 0)).Take(seeds).ToArray());
        return Read("Table1", [.. all], tier);
    }

    /// <summary>Lambdas at 50.5, the best of each row 10 points above.</summary>
    private static TableResults Table5(Func<string, string> best)
    {
        string[] rows = ["Sketchy+LE", "Sketchy+FT", "TUBerlin+LE", "TUBerlin+FT"], lambdas = ["lambda=0", "lambda=0.25", "lambda=0.5", "lambda=0.75", "lambda=1"];
        return Read("Table5", [.. rows.SelectMany(_ => lambdas, (row, lambda) => (row, lambda, Shifted(Jittered(lambda), best(row) == lambda ? 10 : 0)))]);

        static double[] Jittered(string lambda) => lambda == "lambda=0.5" ? [51, 50, 50.5, 50, 50.5] : Baseline;
    }

    private static TableResults Read(string table, (string Row, string Column, double[] Values)[] cells, string tier = "mini")
    {
        var (rows, runs, labels) = (new List<CellRow>(), new List<RunRow>(), Enumerable.Range(0, ResultFolder.Items).Select(item => item % 2).ToArray());
        var answers = new Dictionary<string, Dictionary<string, IReadOnlyList<int>>>();
        foreach (var (row, column, values) in cells)
        {
            var protocol = row.Split('+')[^1];
            var spread = Cells.Fold(values);
            rows.Add(new(
                table, row, column, protocol, "top1", "percent", tier, values.Length, spread.Mean, spread.Std, spread.Low, spread.High, null, null, Verdict.NOT_TESTED, ""));
            for (var seed = 0; seed < values.Length; seed++)
            {
                var (key, right) = ($"{row} {column} {seed}", values[seed] * ResultFolder.Items / 100);
                runs.Add(new(table, row, column, protocol, seed, values[seed], key, "parent", "cpu", 1, "Source"));
                answers.TryAdd(column, []);
                answers[column][key] = [.. labels.Select((label, item) => item < right ? label : 1 - label)];
            }
        }

        var predictions = answers.ToDictionary(column => column.Key, column => new PredictionTable(labels, column.Value));
        return new(table, rows, runs, Manifest with { Table = table, Tier = tier }, predictions);
    }

    private static TableResults Unavailable(TableResults table, params string[] columns) => Changed(table, cell => columns.Contains(cell.Column), WithoutData);

    private static CellRow WithoutData(CellRow cell) =>
        cell with { Seeds = 0, Mean = null, Std = null, Ci95Low = null, Ci95High = null, Verdict = Verdict.UNAVAILABLE, Reason = "no such data" };

    /// <summary>The table with some cells changed; cells left without seeds lose their runs.</summary>
    private static TableResults Changed(TableResults table, Predicate<CellRow> which, Func<CellRow, CellRow> change)
    {
        CellRow[] cells = [.. table.Cells.Select(cell => which(cell) ? change(cell) : cell)];
        var empty = cells.Where(cell => cell.Seeds == 0).Select(cell => cell.Cell).ToHashSet();
        return table with { Cells = cells, Runs = [.. table.Runs.Where(run => !empty.Contains(run.Cell))] };
    }

    /// <summary>The values moved, and by half a point more or less at two seeds, so that differences have a spread.</summary>
    private static double[] Shifted(double[] values, double by) =>
        [.. values.Select((value, seed) => value + by + (by == 0 ? 0 : seed switch { 1 => 0.5, 2 => -0.5, _ => 0 }))];
}
