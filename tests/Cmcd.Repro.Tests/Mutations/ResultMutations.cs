using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Results;

namespace Cmcd.Repro.Tests.Mutations;

/// <summary>Faults planted into results, approved numbers and log; Verify must turn red on each.</summary>
internal static class ResultMutations
{
    private const string Reading = "strict reading", Comparison = "comparison", Audit = "sentinel audit", Signature = "signature";

    public static IEnumerable<Mutation> All =>
    [
        // What the issue lists.
        Planted("drop a row", Comparison, 1, "MISSING: row SSL+LE (3 cells, first Table1/SSL+LE/Sketchy/LE) was approved and is not in the results", Results(cells => [.. cells.Where(cell => cell.Row != "SSL+LE")])),
        Planted("round early: a run's value", Reading, 3, "value is 52, its predictions give 52.5", Edit("runs.csv", "LE,2,52.5,", "LE,2,52,")),
        Planted("round early: a cell's mean", Reading, 3, "mean is 51, its runs give 51.17", Edit("cells.csv", ",51.17,", ",51.00,")),
        Planted("pick the best epoch: the stage says so", Audit, 1, "sentinel selection is \"best epoch by test score\"", Stages("evaluate", stage => ApprovedCheckout.With(stage, "selection", "best epoch by test score"))),
        Planted("pick the best epoch: report its number over the last epoch's answers", Reading, 3, "value is 65, its predictions give 63", Edit("runs.csv", "LE,2,63,", "LE,2,65,")),
        Planted("reuse another seed's run: one stage for two seeds", Audit, 1, "seeds 0 and 1 are one run", checkout => Reuse(checkout, sameKey: true)),
        Planted("reuse another seed's run: its answers under a key of their own", Audit, 1, "seeds 0 and 1 answer every item alike", checkout => Reuse(checkout, sameKey: false)),
        Planted("reuse another seed's encoder", Audit, 1, "name different parents, yet held the same weights frozen", OneHash),
        Planted("cut cells.csv in half", Reading, 3, "cells.csv: the last line has no line end: the file was cut", checkout => Cut(checkout, "cells.csv")),
        Planted("cut runs.csv in half", Reading, 3, "runs.csv: the last line has no line end: the file was cut", checkout => Cut(checkout, "runs.csv")),
        Planted("cut the approved file in half", Signature, 1, "mini.Table1.approved.csv was edited by hand", checkout => Cut(checkout, checkout.Approved)),
        Planted("decimal comma in cells.csv", Reading, 3, "17 fields, expected 16", Edit("cells.csv", "51.17", "51,17")),
        Planted("decimal comma in quotes", Reading, 3, "mean is \"51,17\", expected a finite number", Edit("cells.csv", "51.17", "\"51,17\"")),

        // Segmentation.
        Segmented("a segmentation value that its confusions do not give", Reading, 3, "value is 145.8333333333333", checkout => checkout.Edit("runs.csv", "LE,0,", "LE,0,1")),
        Segmented("a row of confusions cut", Reading, 3, "item 4 has 2 pixels of class 1 in cmc+lenyu-depth v21, 3 in cmc+lenyu-depth v20: a line is missing or was changed.", CutConfusion),
        Segmented("confusions are missing", Reading, 3, "no confusions of Table1/CMC+LE/NYU-Depth V2/LE", checkout => File.Delete(Confusions(checkout))),
        Segmented("pixels moved from wrong to right", Reading, 3, ", its confusions give 45.91", MoveConfusion),
        Segmented("segmentation answered by a stage of recognition", Audit, 1, "its stage is of kind evaluate, expected segment", checkout => checkout.EditStages("segment", stage => stage with { Kind = "evaluate" })),

        // Bad input.
        Planted("results of another version", Reading, 3, "manifest.json is cut or of another version", Edit("manifest.json", "\"kind\":", "\"sort\":")),
        Planted("a manifest without its schema", Reading, 3, "manifest.json: schema is missing, expected", Edit("manifest.json", "  \"schema\": \"cmcd-repro-results/1\",\n", "")),
        Planted("a renamed setting: split", Reading, 3, "manifest.json: settings.split is missing: it is of another version", Edit("manifest.json", "\"split\":", "\"splits\":")),
        Planted("wrong columns", Reading, 3, "cells.csv:1: header is", Edit("cells.csv", "mean,std", "std,mean")),
        Planted("a run stands twice", Reading, 3, "a run stands twice", checkout => Twice(checkout, "runs.csv")),
        Planted("a cell stands twice", Reading, 3, "stands twice", checkout => Twice(checkout, "cells.csv")),
        Planted("a cell of another tier", Reading, 3, "tier smoke; expected Table1, mini", Edit("cells.csv", ",mini,", ",smoke,")),
        Planted("a byte order mark", Reading, 3, "starts with a byte order mark", Edit("cells.csv", "table,row", "\uFEFFtable,row")),
        Planted("the value NaN", Reading, 3, "mean is \"NaN\", expected a finite number", Edit("cells.csv", "51.17", "NaN")),
        Planted("an empty value", Reading, 3, "mean is , its runs give 51.17", Edit("cells.csv", "51.17", "")),
        Planted("predictions are missing", Reading, 3, "no predictions of Table1/SSL+LE/Sketchy/LE", checkout => File.Delete(Path.Combine(checkout.Table, PredictionTable.FileOf("Sketchy")))),
        Planted("no results", "presence", 4, "no results", checkout => Directory.Delete(checkout.Table, recursive: true)),
        Planted("an approved number edited by hand", Signature, 1, "mini.Table1.approved.csv was edited by hand", checkout => checkout.Edit(checkout.Approved, "50 51 52.5", "50 51 52")),
        Planted("an approved tolerance widened by hand", Signature, 1, "mini.Table1.approved.csv was edited by hand", WidenByHand),
        Planted("the approved file deleted", Signature, 1, "is gone; the log signed it", checkout => File.Delete(checkout.Approved)),
        Planted("the log deleted", Signature, 1, "which the log never signed", checkout => File.Delete(checkout.Log)),
        Planted("a line of the log removed", Signature, 1, "the line before was changed or removed", checkout => RemoveLine(checkout, 0)),
        Planted("the last line of the log removed", Signature, 1, "was edited by hand", checkout => RemoveLine(checkout, 1)),
        Planted("a reason in the log rewritten", Signature, 1, "the line before was changed or removed", checkout => { Second(checkout); checkout.Edit(checkout.Log, "a test", "a tale"); }),

        // Regressions.
        Planted("drop a column", Comparison, 1, "MISSING: column TUBerlin (3 cells", Results(cells => [.. cells.Where(cell => cell.Column != "TUBerlin")])),
        Planted("drop a cell", Comparison, 1, "MISSING: cell Table1/CMC+LE/TUBerlin/LE was approved", Results(cells => [.. cells.Where(cell => (cell.Row, cell.Column) != ("CMC+LE", "TUBerlin"))])),
        Planted("a new row", Comparison, 1, "EXTRA: row CMD+LE (1 cell, first Table1/CMD+LE/Sketchy/LE) is in the results and was never approved", Results(cells => [.. cells, ("CMD+LE", "Sketchy", [55, 56, 57])])),
        Planted("a new column", Comparison, 1, "EXTRA: column Rooms (1 cell, first Table1/CMC+LE/Rooms/LE) is in the results and was never approved", Results(cells => [.. cells, ("CMC+LE", "Rooms", [55, 56, 57])])),
        Planted("a number where none was approved", Comparison, 1, "approved as NOT_TESTED, now measured", Results(cells => [.. cells.Select(cell => cell.Column == "VGGSound" ? (cell.Row, cell.Column, [20, 21, 22]) : cell)])),
        Planted("a number lost", Comparison, 1, "NO_NUMBER: Table1/SSL+LE/Sketchy/LE: approved 51.17, has no number", Results(cells => Change(cells, []))),
        Planted("the reason for having no number changed", Comparison, 1, "CHANGED: Table1/SSL+LE/VGGSound/LE: approved as NOT_TESTED, is UNAVAILABLE", Edit("cells.csv", "VGGSound,LE,top1,percent,mini,0,,,,,50.00,,NOT_TESTED", "VGGSound,LE,top1,percent,mini,0,,,,,50.00,,UNAVAILABLE")),
        Planted("another unit", Comparison, 1, "CHANGED: Table1/SSL+LE/Sketchy/LE: unit was percent, is points", Edit("cells.csv", "percent", "points")),
        Planted("another metric", Comparison, 1, "CHANGED: Table1/SSL+LE/Sketchy/LE: metric was top1, is top5", Edit("cells.csv", "top1", "top5")),
        Planted("fewer seeds", Comparison, 1, "SEEDS: Table1/SSL+LE/Sketchy/LE: approved 51.17 over seeds 0 1 2, found 50.50 over seeds 0 1", Results(cells => Change(cells, [50, 51]))),
        Planted("more seeds", Comparison, 1, "found 50.88 over seeds 0 1 2 3", Results(cells => Change(cells, [50, 51, 52.5, 50]))),
        Planted("a value moved in the same determinism class", Comparison, 1, "STALE: Table1/SSL+LE/Sketchy/LE: numbers moved without a version: seed 2 approved 52.5, found 53; tolerance 0", Results(cells => Change(cells, [50, 51, 53]))),
        Planted("a mean moved down on another processor", Comparison, 1, "MOVED: Table1/SSL+LE/Sketchy/LE: approved 51.17, found 28.83, moved by -22.33 points; tolerance", Elsewhere([28, 28.5, 30])),
        Planted("a mean moved up on another processor", Comparison, 1, "found 71.17, moved by +20.00 points; tolerance", Elsewhere([70, 71, 72.5])),
        Planted("all means moved a little on another processor", Comparison, 1, "MOVED: mean of all measured cells of Table1: approved 50.33, found 56.33, moved by +6.00 points; tolerance", AllElsewhere),
        Planted("a stage version raised in the run", Comparison, 1, "STALE: 6 cells (first Table1/SSL+LE/Sketchy/LE) measured by pretrain:1 distill:2 evaluate:1, approved by pretrain:1 distill:1 evaluate:1", Stages("distill", stage => stage with { Version = 2 })),
        Planted("other settings on other threads", Comparison, 1, "made by other settings or data: settings differ", OtherSettingsOnOtherThreads),
        Planted("a sentinel missing: disjoint", Audit, 1, "sentinel disjoint is missing", Stages("evaluate", stage => ApprovedCheckout.With(stage, "disjoint", null))),
        Planted("a sentinel missing: frozen encoder", Audit, 1, "sentinel frozen-encoder is missing", Stages("evaluate", stage => ApprovedCheckout.With(stage, "frozen-encoder", null))),
        Planted("a sentinel missing: frozen teacher", Audit, 1, "sentinel frozen-teacher is missing", Stages("distill", stage => ApprovedCheckout.With(stage, "frozen-teacher", null))),
        Planted("a sentinel missing: selection", Audit, 1, "sentinel selection is missing", Stages("evaluate", stage => ApprovedCheckout.With(stage, "selection", null))),
        Planted("a sentinel missing: strict load", Audit, 1, "sentinel strict-load is missing", Stages("distill", stage => ApprovedCheckout.With(stage, "strict-load", null))),
        Planted("disjointness checked on another test set", Audit, 1, "checked 199 test items, 200 were answered", Stages("evaluate", stage => ApprovedCheckout.With(stage, "disjoint", "400 train and 199 test items share no content"))),
        Planted("a parent stage missing", Audit, 1, "parent stage teacher 0 is not in manifest.json", checkout => checkout.EditManifest(manifest => manifest with { Stages = [.. manifest.Stages.Where(stage => stage.Key != "teacher 0")] })),
    ];

    /// <summary>Changes that move no number where the bits are promised; Verify must stay green on each.</summary>
    public static IEnumerable<Mutation> Harmless =>
    [
        Planted("another commit of the code", "", 0, "6 cells equal to the bit", checkout => checkout.EditManifest(manifest => manifest with { Environment = manifest.Environment with { Code = "9.9.9+other" } })),
        Planted("other times, stages cached", "", 0, "6 cells equal to the bit", Stages("evaluate", stage => stage with { Reason = "cached", Seconds = 7 })),
        Planted("another verdict on a measured cell", "", 0, "6 cells equal to the bit", Edit("cells.csv", "50.00,,NOT_TESTED,stand-in", "50.00,,INCONCLUSIVE,too few seeds")),
        Planted("equal numbers on another processor", "", 0, "6 cells within the tolerances", checkout => checkout.EditManifest(OtherProcessor)),
        Planted("a mean moved within its tolerance on another processor", "", 0, "6 cells within the tolerances", Elsewhere([51, 52, 53.5])),
        Planted("other stage keys and the same settings on other threads", "", 0, "6 cells within the tolerances", OtherKeysOnOtherThreads),
    ];

    private static Mutation Planted(string name, string caughtBy, int exitCode, string says, Action<ApprovedCheckout> plant) => new(name, caughtBy, exitCode, says, () =>
    {
        using var checkout = new ApprovedCheckout();
        plant(checkout);
        var (code, text) = checkout.Verify();
        return (code, checkout.Plain(text));
    });

    private static Mutation Segmented(string name, string caughtBy, int exitCode, string says, Action<ApprovedCheckout> plant) => new(name, caughtBy, exitCode, says, () =>
    {
        using var checkout = new ApprovedCheckout([("CMC+LE", ResultFolder.Segmented, [70, 72, 74]), ("SSL+LE", ResultFolder.Segmented, [60, 61, 63])]);
        plant(checkout);
        var (code, text) = checkout.Verify();
        return (code, checkout.Plain(text));
    });

    private static string Confusions(ApprovedCheckout checkout) => Path.Combine(checkout.Table, ConfusionTable.FileOf(ResultFolder.Segmented));

    private static void CutConfusion(ApprovedCheckout checkout)
    {
        var lines = PackedText.Read(Confusions(checkout)).Split('\n');
        PackedText.Replace(Confusions(checkout), string.Join('\n', lines.Where((line, i) => i == 0 || !line.StartsWith("4,1,1,", StringComparison.Ordinal))));
    }

    /// <summary>One pixel of image 4 in the first run: the truth stays as it was.</summary>
    private static void MoveConfusion(ApprovedCheckout checkout)
    {
        var lines = PackedText.Read(Confusions(checkout)).Split('\n');
        Change("4,1,0,", -1);
        Change("4,1,1,", 1);
        PackedText.Replace(Confusions(checkout), string.Join('\n', lines));

        void Change(string place, int by)
        {
            var line = Array.FindIndex(lines, each => each.StartsWith(place, StringComparison.Ordinal));
            var fields = lines[line].Split(',');
            fields[3] = (int.Parse(fields[3], System.Globalization.CultureInfo.InvariantCulture) + by).ToString(System.Globalization.CultureInfo.InvariantCulture);
            lines[line] = string.Join(',', fields);
        }
    }

    private static Action<ApprovedCheckout> Edit(string file, string found, string instead) => checkout => checkout.Edit(file, found, instead);

    private static Action<ApprovedCheckout> Stages(string kind, Func<ManifestStage, ManifestStage> change) => checkout => checkout.EditStages(kind, change);

    private static Action<ApprovedCheckout> Results(Func<(string Row, string Column, double[] Values)[], (string Row, string Column, double[] Values)[]> change) =>
        checkout => checkout.Measure(change(ApprovedCheckout.Cells));

    private static (string Row, string Column, double[] Values)[] Change((string Row, string Column, double[] Values)[] cells, double[] values) => [(cells[0].Row, cells[0].Column, values), .. cells[1..]];

    private static Action<ApprovedCheckout> Elsewhere(double[] values) => checkout =>
    {
        checkout.Measure(Change(ApprovedCheckout.Cells, values));
        checkout.EditManifest(OtherProcessor);
    };

    private static void AllElsewhere(ApprovedCheckout checkout)
    {
        checkout.Measure([.. ApprovedCheckout.Cells.Select(cell => (cell.Row, cell.Column, Array.ConvertAll(cell.Values, value => value + 6)))]);
        checkout.EditManifest(OtherProcessor);
    }

    public static Manifest OtherProcessor(Manifest manifest) => manifest with { Environment = manifest.Environment with { Cpu = "Another processor" } };

    private static void OtherSettingsOnOtherThreads(ApprovedCheckout checkout)
    {
        checkout.EditManifest(manifest => manifest with { Environment = manifest.Environment with { Threads = 2 } });
        checkout.Edit("manifest.json", "\"temperature\": 0.1", "\"temperature\": 0.2");
    }

    private static void OtherKeysOnOtherThreads(ApprovedCheckout checkout)
    {
        checkout.EditManifest(manifest => manifest with { Environment = manifest.Environment with { Threads = 2 } });
        checkout.Rekey(key => key + " on 2 threads");
    }

    /// <summary>Seed 1 of one cell takes seed 0's answers and value; every file is made to agree.</summary>
    private static void Reuse(ApprovedCheckout checkout, bool sameKey)
    {
        checkout.Measure(Change(ApprovedCheckout.Cells, [50, 50, 52.5]));
        if (sameKey) checkout.Edit("runs.csv", "ssl+lesketchy1", "ssl+lesketchy0");
    }

    private static void OneHash(ApprovedCheckout checkout)
    {
        var hash = new string('a', 64);
        checkout.EditStages("evaluate", stage => stage.Sentinels.ContainsKey("sentinel.frozen-encoder") ? ApprovedCheckout.With(stage, "frozen-encoder", hash) : stage);
    }

    private static void Cut(ApprovedCheckout checkout, string file)
    {
        var path = Path.IsPathRooted(file) ? file : Path.Combine(checkout.Table, file);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
    }

    private static void Twice(ApprovedCheckout checkout, string file)
    {
        var path = Path.Combine(checkout.Table, file);
        File.AppendAllText(path, File.ReadAllLines(path)[1] + "\n");
    }

    private static void WidenByHand(ApprovedCheckout checkout)
    {
        var fields = File.ReadAllLines(checkout.Approved)[1].Split(',');
        checkout.Edit(checkout.Approved, $",{fields[13]},", ",99,");
    }

    /// <summary>A second approval, so that the log has two lines.</summary>
    private static void Second(ApprovedCheckout checkout)
    {
        checkout.Measure(Change(ApprovedCheckout.Cells, [50, 51, 54]));
        Assert.Equal(0, checkout.Approve("a second reason").ExitCode);
    }

    private static void RemoveLine(ApprovedCheckout checkout, int line)
    {
        Second(checkout);
        var lines = File.ReadAllLines(checkout.Log).ToList();
        lines.RemoveAt(line);
        File.WriteAllText(checkout.Log, string.Concat(lines.Select(text => text + "\n")));
    }
}
