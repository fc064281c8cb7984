using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Tests.Experiments;

public class FaultTests
{
    private const string Table = "Table1.json", SimClr = "recipes/simclr.json", Linear = "recipes/linear-evaluation.json", Mini = "tiers/mini.json", Printed = "paper/table1.csv";
    private const string Fields = "method, modalities, task, metric, unit, source, pairs, downstream, pairShare, budget, fewShot, sourceSize, predictor, teacher, student, step1, step2, step3";
    private const string Tables = "Figure1, ReferenceLevels, Table1, Table2, Table3, Table4, Table5";
    private const string StepFields = "kind, loss, projector, teacherFeature, sharedGeometry, learningRate, batchSize, epochs, views";
    private const string Rows = "SSL+LE, PreSSL+LE, CMST+LE, CMKD+LE, SOCKET+LE, CMD+LE, CMC+LE, Sup+FT, SSL+FT, PreSSL+FT, CMST+FT, CMKD+FT, SOCKET+FT, CMD+FT, CMC+FT";

    [Theory]
    // Kinds, types and ranges.
    [InlineData(Table, "\"kind\": \"cmst\"", "\"kind\": \"cmcc\"", "experiments/Table1.json: rows[2].step2.loss.kind is \"cmcc\". Known kinds: cmc, cmd, cmkd, cmst, mixed, socket.")]
    [InlineData(Table, "{ \"kind\": \"cmst\" }", "{ }", "experiments/Table1.json: rows[2].step2.loss.kind is missing. Known kinds: cmc, cmd, cmkd, cmst, mixed, socket.")]
    [InlineData(Table, "{ \"kind\": \"none\" }", "{ \"kind\": null }", "experiments/Table1.json: rows[7].step2.kind is null. Known kinds: distill, none, simclr.")]
    [InlineData(Table, "{ \"kind\": \"none\" }", "\"none\"", "experiments/Table1.json: rows[7].step2 is \"none\". Expected an object.")]
    [InlineData(Table, "\"init\": \"Random\"", "\"init\": \"random\"", "experiments/Table1.json: rows[0].step2.init is \"random\". Known inits: Source, Random.")]
    [InlineData(Table, "\"symmetric\": true", "\"symmetric\": 1", "experiments/Table1.json: rows[6].step2.loss.symmetric is 1. Expected true or false.")]
    [InlineData(Table, "\"temperature\": 0.07", "\"temperature\": 0", "experiments/Table1.json: rows[6].step2.loss.temperature is 0. Expected a number > 0.")]
    [InlineData(Table, "\"temperature\": 0.07", "\"temperature\": \"0.07\"", "experiments/Table1.json: rows[6].step2.loss.temperature is \"0.07\". Expected a number > 0.")]
    [InlineData(Table, "\"temperature\": 0.07", "\"temperature\": NaN", "experiments/Table1.json: rows[6].step2.loss.temperature is \"NaN\". Expected a number > 0.")]
    [InlineData(Table, "\"metric\": \"miou\"", "\"metric\": \"iou\"", "experiments/Table1.json: columns[3].metric is \"iou\". Known metrics: top1, miou.")]
    [InlineData(Table, "\"label\": \"VGGSound\"", "\"label\": \"\"", "experiments/Table1.json: columns[2].label is \"\". Expected text.")]
    [InlineData(Table, "\"seeds\": [0, 1, 2, 3, 4]", "\"seeds\": []", "experiments/Table1.json: seeds is a list. Expected a list that is not empty.")]
    [InlineData(Table, "\"seeds\": [0, 1, 2, 3, 4]", "\"seeds\": [0, -1]", "experiments/Table1.json: seeds[1] is -1. Expected a whole number in [0, 4294967295].")]
    [InlineData(Table, "\"seeds\": [0, 1, 2, 3, 4]", "\"seeds\": [0, 0]", "experiments/Table1.json: seeds is a list. Expected each seed once.")]
    [InlineData(Table, "\"table\": 1", "\"table\": 1.0", "experiments/Table1.json: paper.table is 1.0. Expected a whole number in [1, 99].")]
    [InlineData(Linear, "[0.6, 0.7, 0.8]", "[0.6, 0.7, 1]", "experiments/recipes/linear-evaluation.json: milestones[2] is 1. Expected a number in (0, 1).")]
    [InlineData(Linear, "[0.6, 0.7, 0.8]", "[0.7, 0.6, 0.8]", "experiments/recipes/linear-evaluation.json: milestones is a list. Expected increasing numbers.")]
    [InlineData(Linear, "\"minArea\": 0.08", "\"minArea\": 0.9", "experiments/recipes/linear-evaluation.json: views.minArea is 0.9. Expected at most maxArea, 0.5.", "\"maxArea\": 1", "\"maxArea\": 0.5")]
    // Fields that are too many or too few.
    [InlineData(Table, "\"kind\": \"distill\",", "\"kind\": \"distill\", \"epoch\": 3,", "experiments/Table1.json: rows[2].step2.epoch is not a field. Known fields: " + StepFields + ".")]
    [InlineData(Table, "  \"printed\": \"paper/table1.csv\",\n", "", "experiments/Table1.json: id is \"Table1\". Expected it beside printed (a file of the paper's numbers) or unprinted (why there are none).")]
    [InlineData(Table, "\"printed\":", "\"unprinted\": \"a figure\", \"printed\":", "experiments/Table1.json: unprinted is \"a figure\". Expected it only where printed is absent.")]
    // What table, row and column leave open together.
    [InlineData(Table, "  \"step1\": { \"recipe\": \"simclr\" },\n", "", "experiments/Table1.json: step1 is missing. Expected an object.")]
    [InlineData(Table, "\"source\": \"depth-source\", ", "", "experiments/Table1.json: columns[3].source is missing. Expected text.")]
    [InlineData(Table, "\"method\": \"PreSSL\",", "", "experiments/Table1.json: rows[1].method is missing. Expected text.")]
    [InlineData(Table, "\"metric\": \"miou\"", "\"metric\": \"top1\"", "experiments/Table1.json: columns[3].metric is \"top1\". Expected miou: the task is segmentation.")]
    [InlineData(Table, "\"label\": \"Sketchy\",", "\"label\": \"Sketchy\", \"pairShare\": 0,", "experiments/Table1.json: columns[0].pairShare is 0. Expected a number in (0, 1].")]
    [InlineData(Table, "\"label\": \"Sketchy\",", "\"label\": \"Sketchy\", \"budget\": \"Updates\",", "experiments/Table1.json: columns[0].budget is \"Updates\". Expected it only beside pairShare.")]
    [InlineData(Table, "\"label\": \"Sketchy\",", "\"label\": \"Sketchy\", \"fewShot\": { \"perClass\": 0, \"draws\": 5 },", "experiments/Table1.json: columns[0].fewShot.perClass is 0. Expected a whole number >= 1.")]
    [InlineData(Table, "\"label\": \"Sketchy\",", "\"label\": \"Sketchy\", \"step3\": { \"epoch\": 3 },", "experiments/Table1.json: columns[0].step3.epoch is not a field. Known fields: protocol, learningRate, batchSize, epochs, milestones, decayFactor, headInitStd, views.")]
    [InlineData(Mini, "\"sourceSize\": 32", "\"sourceSize\": 0", "experiments/tiers/mini.json: modalities.video-audio.sourceSize is 0. Expected a whole number in [1, 1024].")]
    [InlineData(Table, "\"label\": \"Sketchy\",", "\"label\": \"Sketchy\", \"shots\": 3,", "experiments/Table1.json: columns[0].shots is not a field. Known fields: id, label, " + Fields + ".")]
    [InlineData(Table, "\"loss\": { \"kind\": \"cmst\" }", "\"epochs\": 3", "experiments/Table1.json: rows[2].step2.loss is missing. Expected an object.")]
    [InlineData(Linear, "    \"minArea\": 0.08,\n", "", "experiments/recipes/linear-evaluation.json: views.minArea is missing. Expected a number in (0, 1].")]
    // Names that must fit each other.
    [InlineData(Table, "\"id\": \"Table1\"", "\"id\": \"Table2\"", "experiments/Table1.json: id is \"Table2\". Expected \"Table1\", as the file is named.")]
    [InlineData(Table, "\"recipe\": \"simclr\"", "\"recipe\": \"simclrr\"", "experiments/Table1.json: step1.recipe is \"simclrr\". Known recipes: distill, fine-tuning, linear-evaluation, simclr.")]
    [InlineData(Table, "\"pairs\": \"vggsound-pairs\"", "\"pairs\": \"vggsound\"", "experiments/Table1.json: columns[2].pairs is \"vggsound\". Known roles of tier mini: imagenet, video-source, depth-source, sketchy-pairs, sketchy-eval, tu-berlin-eval, vggsound-pairs, vggsound-eval, nyu-pairs, nyu-eval.")]
    [InlineData(Table, "\"mini\": \"measured", "\"minni\": \"measured", "experiments/Table1.json: cost.minni is not a tier. Known tiers: mini, paper, smoke.", "\"smoke\": \"", "\"mini\": \"x\", \"smoke\": \"")]
    [InlineData(Table, "\"mini\": \"measured", "\"smoke\": \"measured", "experiments/Table1.json: cost.mini is missing. Expected text.", "    \"smoke\": \"measured: 76 s on two CPU cores\",\n", "")]
    [InlineData(Table, "paper/table1.csv", "paper/table9.csv", "experiments/Table1.json: printed is \"paper/table9.csv\". There is no such file in experiments/.")]
    [InlineData(SimClr, "\"temperature\": 0.5", "\"temperature\": 0.5, \"recipe\": \"distill\"", "experiments/recipes/simclr.json: recipe is \"distill\". A recipe may not name another recipe.")]
    // The printed numbers.
    [InlineData(Printed, "SSL,LE,64.31,54.64,18.48,13.88\n", "", "experiments/paper/table1.csv: row SSL+LE is missing. It is a row of experiments/Table1.json.")]
    [InlineData(Printed, "CMC,FT,", "CMX,FT,1,2,3,4\nCMC,FT,", "experiments/paper/table1.csv: line 16, row CMX+FT is not a row of experiments/Table1.json. Known rows: " + Rows + ".")]
    [InlineData(Printed, "CMC,FT,", "CMD,FT,1,2,3,4\nCMC,FT,", "experiments/paper/table1.csv: row CMD+FT stands there twice.")]
    [InlineData(Printed, "64.31", "", "experiments/paper/table1.csv: line 2, column Sketchy is \"\". Expected a number in [0, 100].")]
    [InlineData(Printed, "64.31", "NaN", "experiments/paper/table1.csv: line 2, column Sketchy is \"NaN\". Expected a number in [0, 100].")]
    [InlineData(Printed, "64.31", "164.31", "experiments/paper/table1.csv: line 2, column Sketchy is \"164.31\". Expected a number in [0, 100].")]
    [InlineData(Printed, "64.31", "64,31", "experiments/paper/table1.csv: line 2 has 7 fields. Expected 6.")]
    [InlineData(Printed, "method,protocol", ",protocol", "experiments/paper/table1.csv: line 1 is \",protocol,Sketchy,TUBerlin,VGGSound,NYU-Depth V2\". Expected what names the rows, protocol where there is one, and the columns' ids.")]
    // The tier: what it says itself, what it lays over the table, what it must not touch.
    [InlineData(Mini, "\"name\": \"mini\"", "\"name\": \"smoke\"", "experiments/tiers/mini.json: name is \"smoke\". Expected \"mini\", as the file is named.")]
    [InlineData(Mini, "\"standsIn\": true", "\"standIn\": true, \"standsIn\": true", "experiments/tiers/mini.json: standIn is not a field. Known fields: name, standsIn, about, roles, sourceSize, teacher, student, step1, step2, step3, modalities, tables, parity, rate.")]
    [InlineData(Mini, "\"name\": \"emoji-line\"", "\"name\": \"emoji-line\", \"limit\": 0", "experiments/tiers/mini.json: roles.tu-berlin-eval.limit is 0. Expected a whole number >= 1.")]
    [InlineData(Mini, "\"step1\": { \"epochs\": 12", "\"step1\": { \"epochs\": 0", "experiments/tiers/mini.json: step1.epochs is 0. Expected a whole number >= 1.")]
    [InlineData(Mini, "\"distill\": { \"epochs\": 6", "\"distill\": { \"epochs\": 6.5", "experiments/tiers/mini.json: step2.distill.epochs is 6.5. Expected a whole number >= 1.")]
    [InlineData(Mini, "\"LE\": { \"epochs\": 100, \"views\": { \"size\": 32 }", "\"LE\": { \"epochs\": 100, \"views\": { \"size\": -32 }", "experiments/tiers/mini.json: step3.LE.views.size is -32. Expected a whole number in [1, 1024].")]
    [InlineData(Mini, "\"ResNet18\"", "\"ResNet20\"", "experiments/tiers/mini.json: teacher.architecture is \"ResNet20\". Known architectures: ResNet18, ResNet50.")]
    [InlineData(Mini, "\"step1\": {", "\"step1\": { \"temperature\": 0.2,", "experiments/tiers/mini.json: step1.temperature is 0.2. A tier does not change it; here it may set epochs, batchSize, views.")]
    [InlineData(Mini, "\"step1\": {", "\"step1\": { \"learningRate\": 0.002,", "experiments/tiers/mini.json: step1.learningRate is 0.002. A tier does not change it; here it may set epochs, batchSize, views.")]
    [InlineData(Mini, "\"distill\": {", "\"distill\": { \"loss\": { \"kind\": \"cmc\" },", "experiments/tiers/mini.json: step2.distill.loss is an object. A tier does not change it; here it may set epochs, batchSize, views.")]
    [InlineData(Mini, "\"LE\": {", "\"LE\": { \"milestones\": [0.5],", "experiments/tiers/mini.json: step3.LE.milestones is a list. A tier does not change it; here it may set epochs, batchSize, views.")]
    [InlineData(Mini, "\"FT\": {", "\"FT\": { \"protocol\": \"LE\",", "experiments/tiers/mini.json: step3.FT.protocol is \"LE\". A tier does not change it; here it may set epochs, batchSize, views.")]
    [InlineData(Mini, "\"views\": { \"size\": 32,", "\"views\": { \"minArea\": 0.2, \"size\": 32,", "experiments/tiers/mini.json: step1.views.minArea is 0.2. A tier does not change it; here it may set size, blurProbability, brightness, contrast, saturation, hue.")]
    [InlineData(Mini, "\"tables\": {", "\"tables\": { \"Table11\": {},", "experiments/tiers/mini.json: tables.Table11 is not a table. Known tables: " + Tables + ". Did you mean Table1?")]
    [InlineData(Mini, "\"columns\": { \"ResNet50(2x)\"", "\"columns\": { \"ResNet50(3x)\"", "experiments/tiers/mini.json: tables.Table3.columns['ResNet50(3x)'] is not a column. Known columns: ResNet50(1x), ResNet50(2x), ResNet50(4x). Did you mean ResNet50(1x)?")]
    [InlineData(Mini, "\"video-audio\": {", "\"video-sound\": {}, \"video-audio\": {", "experiments/tiers/mini.json: modalities.video-sound is not a modality. Known modalities: image-sketch, video-audio, image-depth.")]
    [InlineData(Mini, "\"video-audio\": {", "\"video-audio\": { \"step1\": { \"learningRate\": 1 },", "experiments/tiers/mini.json: modalities.video-audio.step1.learningRate is 1. A tier does not change it; here it may set epochs, batchSize, views.")]
    [InlineData(Mini, "\"FT\": {", "\"SVM\": {}, \"FT\": {", "experiments/tiers/mini.json: step3.SVM is an object. A tier does not change it; here it may set LE, FT.")]
    public void Fault_is_told_with_its_place_and_what_was_expected(
        string file, string found, string replacement, string expected, string? alsoFound = null, string? alsoReplacement = null)
    {
        using var folder = new ExperimentFolder();
        folder.Edit(file, found, replacement);
        if (alsoFound is not null) folder.Edit(file, alsoFound, alsoReplacement!);

        Assert.Equal([expected], folder.Faults());
    }

    [Fact]
    public void Field_that_neither_recipe_nor_step_has_is_missing_in_each_step()
    {
        using var folder = new ExperimentFolder();
        folder.Edit(Linear, "  \"decayFactor\": 0.1,\n", "");

        Assert.Equal(Enumerable.Range(0, 7).Select(row => $"experiments/Table1.json: rows[{row}].step3.decayFactor is missing. Expected a number in (0, 1]."), folder.Faults());
    }

    [Fact]
    public void Row_with_another_rows_id_leaves_a_printed_row_over()
    {
        using var folder = new ExperimentFolder();
        folder.Edit("Table1.json", "\"id\": \"PreSSL+LE\"", "\"id\": \"SSL+LE\"");

        Assert.Equal(
            [
                "experiments/Table1.json: rows[1].id is \"SSL+LE\". rows[0].id is the same. Expected ids that differ.",
                $"experiments/paper/table1.csv: line 3, row PreSSL+LE is not a row of experiments/Table1.json. Known rows: {Rows.Replace("PreSSL+LE, ", "", StringComparison.Ordinal)}.",
            ],
            folder.Faults());
    }

    [Fact]
    public void Row_is_named_after_the_protocol_of_its_cells()
    {
        using var folder = new ExperimentFolder();
        folder.Edit("Table1.json", "\"step2\": { \"kind\": \"none\" },\n      \"step3\": { \"recipe\": \"fine-tuning\" }", "\"step2\": { \"kind\": \"none\" },\n      \"step3\": { \"recipe\": \"linear-evaluation\" }");

        Assert.Equal(["experiments/Table1.json: rows[7].id is \"Sup+FT\". Expected \"Sup+LE\": its cells have that protocol."], folder.Faults());
    }

    [Fact]
    public void A_hole_that_only_some_cells_have_names_row_and_column()
    {
        using var folder = new ExperimentFolder();
        folder.Edit("Table1.json", "\"source\": \"imagenet\", ", "").Edit("Table1.json", "\"source\": \"imagenet\", ", "\"source\": \"imagenet\", ")
            .Edit("Table1.json", "\"id\": \"SSL+LE\",", "\"id\": \"SSL+LE\", \"source\": \"imagenet\",");

        Assert.Equal(Enumerable.Range(1, 14).Select(row => $"experiments/Table1.json: (rows[{row}] with columns[0]).source is missing. Expected text."), folder.Faults());
    }

    [Fact]
    public void Cells_of_a_row_with_two_protocols_are_refused()
    {
        using var folder = new ExperimentFolder();
        folder.Edit("Table1.json", "\"label\": \"Sketchy\",", "\"label\": \"Sketchy\", \"step3\": { \"protocol\": \"FT\" },");

        Assert.Equal(Enumerable.Range(0, 7).Select(row => $"experiments/Table1.json: rows[{row}]: its cells have the protocols FT and LE. Expected one protocol in a row."), folder.Faults());
    }

    [Fact]
    public void Column_with_another_columns_id_leaves_a_printed_column_over()
    {
        using var folder = new ExperimentFolder();
        folder.Edit("Table1.json", "\"id\": \"TUBerlin\"", "\"id\": \"Sketchy\"");

        Assert.Equal(
            [
                "experiments/Table1.json: columns[1].id is \"Sketchy\". columns[0].id is the same. Expected ids that differ.",
                "experiments/paper/table1.csv: column TUBerlin is not a column of experiments/Table1.json. Known columns: Sketchy, VGGSound, NYU-Depth V2.",
            ],
            folder.Faults());
    }

    [Fact]
    public void Column_without_printed_numbers_is_told()
    {
        using var folder = new ExperimentFolder();
        var lines = folder.Read(Printed).TrimEnd().Split('\n').Select(line => line[..line.LastIndexOf(',')]);
        folder.Write(Printed, string.Join('\n', lines));

        Assert.Equal(["experiments/paper/table1.csv: column NYU-Depth V2 is missing. It is a column of experiments/Table1.json."], folder.Faults());
    }

    [Fact]
    public void Faults_of_all_files_are_told_at_once_and_each_only_once()
    {
        using var folder = new ExperimentFolder();
        folder.Edit(Table, "\"kind\": \"cmst\"", "\"kind\": \"cmcc\"")
            .Edit(SimClr, "\"temperature\": 0.5", "\"temperature\": -1")  // used by five steps
            .Edit(Mini, "\"FT\": { \"epochs\": 15", "\"FT\": { \"epochs\": -15")  // used by eight rows
            .Edit(Printed, "54.64", "?");

        var exception = Assert.Throws<ExperimentException>(() => folder.Files.Load("Table1", "mini"));
        Assert.Equal(
            [
                "experiments/recipes/simclr.json: temperature is -1. Expected a number > 0.",
                "experiments/Table1.json: rows[2].step2.loss.kind is \"cmcc\". Known kinds: cmc, cmd, cmkd, cmst, mixed, socket.",
                "experiments/tiers/mini.json: step3.FT.epochs is -15. Expected a whole number >= 1.",
                "experiments/paper/table1.csv: line 2, column TUBerlin is \"?\". Expected a number in [0, 100].",
            ],
            exception.Faults);
        Assert.Equal(string.Join('\n', exception.Faults), exception.Message);
    }

    [Theory]
    [InlineData(Table, "\"seeds\": [0", "\"seeds\": [[0", "experiments/Table1.json is not JSON: ")]
    [InlineData(Table, "\"seeds\":", "\"id\": \"Table1\", \"seeds\":", "experiments/Table1.json is not JSON: Property with the name 'id' already exists")]
    [InlineData(Mini, "\"standsIn\": true", "\"standsIn\": treu", "experiments/tiers/mini.json is not JSON: ")]
    [InlineData(SimClr, "\"views\"", "} \"views\"", "experiments/recipes/simclr.json is not JSON: ")]
    public void Text_that_is_not_json_is_told_with_its_file_and_line(string file, string found, string replacement, string expected)
    {
        using var folder = new ExperimentFolder();
        folder.Edit(file, found, replacement);

        var fault = folder.Faults()[0];
        Assert.StartsWith(expected, fault, StringComparison.Ordinal);
        Assert.Contains("line ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_holds_a_list_is_refused()
    {
        using var folder = new ExperimentFolder();

        Assert.Equal(["experiments/Table1.json is a list. Expected an object."], folder.Write(Table, "[]").Faults());
    }

    [Fact]
    public void Broken_recipe_is_told_once_and_hides_no_other_fault()
    {
        using var folder = new ExperimentFolder();
        folder.Edit(SimClr, "\"temperature\": 0.5", "\"temperature\": 0.5, \"recipe\": \"distill\"").Edit(Table, "\"kind\": \"socket\"", "\"kind\": \"rocket\"");

        Assert.Equal(
            [
                "experiments/recipes/simclr.json: recipe is \"distill\". A recipe may not name another recipe.",
                "experiments/Table1.json: rows[4].step2.loss.kind is \"rocket\". Known kinds: cmc, cmd, cmkd, cmst, mixed, socket.",
            ],
            folder.Faults());
    }
}
