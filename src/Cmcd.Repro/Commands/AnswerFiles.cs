using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Results;

namespace Cmcd.Repro.Commands;

/// <summary>What the evaluations of a table answered, from their stages' folders to the table's: a file for each column, or one for each test set where a column has several.</summary>
internal static class AnswerFiles
{
    /// <summary>Writes the files in place of all earlier ones.</summary>
    /// <remarks>A stage that stores n times as many answers as labels trained on n draws of few labelled items.</remarks>
    /// <exception cref="ReproException">A file cannot be written.</exception>
    public static (Dictionary<string, PredictionTable> Predictions, Dictionary<string, ConfusionTable> Confusions) Write(string folder, IReadOnlyList<RunRow> runs, IReadOnlyCollection<StageOutput> outputs)
    {
        foreach (var earlier in PredictionTable.FilesIn(folder).Values.Concat(ConfusionTable.FilesIn(folder).Values)) File.Delete(earlier);
        var stages = outputs.ToDictionary(output => output.Stage.Key.Hash);
        var (predictions, confusions) = (new Dictionary<string, PredictionTable>(), new Dictionary<string, ConfusionTable>());
        foreach (var column in runs.GroupBy(run => run.Column))
        {
            var evaluations = column.SelectMany(run => run.Stages).Distinct().Select(key => stages[key]).Where(stage => stage.Stage.Key.Stage != TotalVariationMeasure.Kind).ToLookup(stage => File.Exists(Path.Combine(stage.Folder, Step3Segmentation.ConfusionsFile)));
            var recognised = from stage in evaluations[false]
                             let answers = Step3Evaluation.ReadPredictions(stage.Folder)
                             group (stage.Stage.Key.Hash, answers.Predicted, answers.Labels) by (TestSetOf(stage), Draws: answers.Predicted.Length / answers.Labels.Length);
            foreach (var (set, n) in recognised.Select((set, n) => (set, n)))
                predictions[Name(column.Key, n)] = new(set.First().Labels, set.ToDictionary(each => each.Hash, each => (IReadOnlyList<int>)each.Predicted)) { Draws = set.Key.Draws };
            foreach (var (set, n) in evaluations[true].GroupBy(TestSetOf).Select((set, n) => (set, n)))
                confusions[Name(column.Key, n)] = new(set.ToDictionary(stage => stage.Stage.Key.Hash, stage => Step3Segmentation.ReadConfusions(stage.Folder)));
        }

        foreach (var (name, table) in predictions) table.Write(Path.Combine(folder, PredictionTable.FileOf(name)));
        foreach (var (name, table) in confusions) table.Write(Path.Combine(folder, ConfusionTable.FileOf(name)));
        return (predictions, confusions);
    }

    private static string? TestSetOf(StageOutput output) => output.Stage.Key.Inputs.GetValueOrDefault("test");

    private static string Name(string column, int n) => n == 0 ? column : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{column}~{n + 1}");
}
