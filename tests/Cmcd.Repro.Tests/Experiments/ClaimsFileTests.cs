using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Tests.Experiments;

public class ClaimsFileTests
{
    private const string Claims = "claims.json";
    private const string Columns = "Known columns: Sketchy, TUBerlin, VGGSound, NYU-Depth V2.";

    [Fact]
    public void All_34_claims_and_11_predicates_are_there_in_order()
    {
        var claims = ClaimsFile.Read(ExperimentFolder.Committed);

        Assert.Equal(Enumerable.Range(1, 34).Select(number => $"C{number:00}"), claims.Claims.Select(claim => claim.Id));
        Assert.Equal(Enumerable.Range(1, 11).Select(number => $"H{number}"), claims.Predicates.Select(predicate => predicate.Id));
    }

    [Fact]
    public void Claims_stand_beside_the_tables_and_are_none() => Assert.DoesNotContain("claims", new ExperimentFiles(ExperimentFolder.Committed).Tables());

    [Fact]
    public void A_group_of_one_column_is_the_best_of_its_rows()
    {
        var claims = ClaimsFile.Read(ExperimentFolder.Committed);
        var predicate = (DifferencePredicate)claims.Claims.Single(claim => claim.Id == "C03").Parts[0].Predicate;
        var binding = predicate.Cases[5];

        Assert.Equal("FT TUBerlin", binding.Label);
        Assert.Equal(
            ["Sup", "SSL", "PreSSL", "CMST", "CMKD", "SOCKET"], Assert.IsType<BestQuantity>(claims.Bind(predicate.Second, binding)).Cells.Select(cell => cell.Row.Split('+')[0]));
        Assert.Equal(CellAddress.Parse("Table1/CMC+FT/TUBerlin"), Assert.IsType<CellQuantity>(claims.Bind(predicate.First, binding)).Address);
    }

    [Theory]
    [InlineData("Table1/CMC+LE/Sketchy", 15146), InlineData("Table5/TUBerlin+FT/lambda=1", 5000), InlineData("Table1/CMC+LE/NYU-Depth V2", null), InlineData("Table2/LE gain/Sketchy", null)]
    public void Test_set_sizes_are_the_papers(string address, int? items) =>
        Assert.Equal(items, ClaimsFile.Read(ExperimentFolder.Committed).TestItemsOf(CellAddress.Parse(address)));

    [Theory]
    // Cells, groups, tables, variables.
    [InlineData("Table1/CMD+LE/Sketchy", "Table1/CMD+LE/Sketch", "experiments/claims.json: claims[4].parts[0].predicate.first is \"Table1/CMD+LE/Sketch\". Table1 has no column Sketch. " + Columns + " Did you mean Sketchy?")]
    [InlineData("Table3/ResNet18/ResNet50({w})", "Table3/ResNet34/ResNet50({w})", "experiments/claims.json: claims[19].parts[0].predicate.of is \"Table3/ResNet34/ResNet50({w})\". Table3 has no row ResNet34. Known rows: ResNet18, ResNet50. Did you mean ResNet18?")]
    [InlineData("Table1/SSL+LE/VGGSound", "Table6/SSL+LE/VGGSound", "experiments/claims.json: claims[7].parts[0].predicate.second is \"Table6/SSL+LE/VGGSound\". There is no table Table6. Known tables: Table1, Table2, Table3, Table4, Table5, Figure1, GapSweep.")]
    [InlineData("\"ours {p}/VGGSound\"", "\"our {p}/VGGSound\"", "experiments/claims.json: claims[11].parts[0].predicate.first is \"our {p}/VGGSound\". There is no group our LE. Known groups: baselines LE, baselines FT, ours LE, ours FT, reference LE, reference FT, gap reference LE, gap reference FT. Did you mean ours LE?")]
    [InlineData("\"ours {p}/VGGSound\"", "\"ours {q}/VGGSound\"", "experiments/claims.json: claims[11].parts[0].predicate.first is \"ours {q}/VGGSound\". {q} is no variable of the predicate's for or along.")]
    [InlineData("\"ours {p}/VGGSound\"", "\"VGGSound\"", "experiments/claims.json: claims[11].parts[0].predicate.first is \"VGGSound\". Expected a cell (table/row/column) or a group (group/column).")]
    [InlineData("\"Table1/CMD+LE\", ", "\"Table1/CMDD+LE\", ", "experiments/claims.json: groups['ours LE'][0] is \"Table1/CMDD+LE\". Table1 has no row CMDD+LE. Known rows: SSL+LE, PreSSL+LE, CMST+LE, CMKD+LE, SOCKET+LE, CMD+LE, CMC+LE, Sup+FT, SSL+FT, PreSSL+FT, CMST+FT, CMKD+FT, SOCKET+FT, CMD+FT, CMC+FT. Did you mean CMKD+LE?")]
    [InlineData("\"Table1/*/VGGSound\": 10000", "\"Table1/*/VGG\": 10000", "experiments/claims.json: testItems['Table1/*/VGG']: Table1 has no column VGG. " + Columns)]
    [InlineData("\"Table1/*/VGGSound\": 10000", "\"Table1/*/VGGSound\": 0", "experiments/claims.json: testItems['Table1/*/VGGSound'] is 0. Expected a whole number >= 1.")]
    [InlineData("\"place\": \"Abstract\", \"tables\": [\"Table1\"]", "\"place\": \"Abstract\", \"tables\": [\"Table2\"]", "experiments/claims.json: claims[0].tables[0] is \"Table2\". The claim speaks of no cell there. Known tables: Table1.")]
    // Ids.
    [InlineData("\"id\": \"C02\"", "\"id\": \"C01\"", "experiments/claims.json: claims[1].id is \"C01\". claims[0].id is the same. Expected ids that differ.")]
    [InlineData("\"mapsTo\": [\"C03\"]", "\"mapsTo\": [\"C99\"]", "experiments/claims.json: predicates[0].mapsTo[0] is \"C99\". Known claims: C01, ")]
    [InlineData("\"mapsTo\": [\"C03\"], ", "", "experiments/claims.json: predicates[0].mapsTo is missing. Expected the claims it tests.")]
    [InlineData("      \"quote\": \"our algorithm outperforms", "      \"note\": \"our algorithm outperforms", "experiments/claims.json: claims[0].quote is missing. Expected the paper's words.")]
    // Fields, kinds, and fields that must fit each other.
    [InlineData("\"roundTo\": 0,", "\"rounded\": 0,", "experiments/claims.json: claims[0].parts[0].rounded is not a field. Known fields: name, scale, aside, reading, roundTo, aboveNoise, predicate.")]
    [InlineData("\"reading\": \"Everywhere\"", "\"reading\": \"everywhere\"", "experiments/claims.json: claims[0].parts[0].reading is \"everywhere\". Known readings: Everywhere, InPart, Somewhere.")]
    [InlineData("\"kind\": \"difference\"", "\"kind\": \"different\"", "experiments/claims.json: claims[0].parts[0].predicate.kind is \"different\". Known kinds: difference, equal, monotone, noCommonBest, rankCorrelation, untestable.")]
    [InlineData("{ \"kind\": \"gain\"", "{ \"kind\": \"gains\"", "experiments/claims.json: claims[10].parts[0].predicate.first.kind is \"gains\". Known kinds: best, cell, gain, group, mean, stated, sum.")]
    [InlineData(", \"atLeast\": 2, \"atMost\": 3", "", "experiments/claims.json: claims[0].parts[0].predicate.kind is \"difference\". Expected above, atLeast, below or atMost beside it.")]
    [InlineData("\"atLeast\": 2, \"atMost\": 3", "\"atLeast\": 4, \"atMost\": 3", "experiments/claims.json: claims[0].parts[0].predicate.atLeast is 4. Expected at most the upper bound.")]
    [InlineData("\"place\": \"Abstract\", \"tables\": [\"Table1\"]", "\"place\": \"Abstract\", \"tables\": []", "experiments/claims.json: claims[0].tables is a list. Expected a table, or notOnRuns with the reason beside it.")]
    [InlineData("\"tables\": [], \"notOnRuns\": \"it is about one number that the paper prints twice\"", "\"tables\": [\"Table3\"]", "experiments/claims.json: claims[20].parts[0].predicate.kind is \"equal\". It is about what the paper prints. Expected no tables, and notOnRuns with the reason.")]
    public void A_fault_is_told_once_with_its_place_and_what_was_expected(string found, string replacement, string expected)
    {
        using var folder = new ExperimentFolder();
        folder.Edit(Claims, found, replacement);

        var fault = Assert.Single(Assert.Throws<ExperimentException>(() => ClaimsFile.Read(folder.Path)).Faults);
        Assert.StartsWith(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_of_claims_and_printed_tables_are_told_at_once()
    {
        using var folder = new ExperimentFolder();
        folder.Edit(Claims, "\"id\": \"C02\"", "\"id\": \"C01\"").Edit(Claims, "\"reading\": \"InPart\"", "\"reading\": \"Partly\"").Edit("paper/table4.csv", "10.21", "x");

        Assert.Equal(3, Assert.Throws<ExperimentException>(() => ClaimsFile.Read(folder.Path)).Faults.Count);
    }

    [Fact]
    public void A_printed_table_cannot_be_called_unprinted()
    {
        using var folder = new ExperimentFolder();
        folder.Edit(Claims, "\"GapSweep\": {", "\"Table5\": {");

        Assert.Contains(
            "experiments/claims.json: unprinted.Table5 is an object. The paper prints that table. Expected one that it does not.",
            Assert.Throws<ExperimentException>(() => ClaimsFile.Read(folder.Path)).Faults);
    }

    [Fact]
    public void A_missing_file_is_told()
    {
        using var folder = new ExperimentFolder();
        folder.Remove(Claims);

        Assert.Equal(["experiments/claims.json does not exist."], Assert.Throws<ExperimentException>(() => ClaimsFile.Read(folder.Path)).Faults);
    }
}
