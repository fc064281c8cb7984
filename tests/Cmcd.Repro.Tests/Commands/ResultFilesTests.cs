using Cmcd.Repro.Caching;
using Cmcd.Repro.Commands;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Models;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Experiments;
using Cmcd.Repro.Tests.Infrastructure;
using TorchSharp;

namespace Cmcd.Repro.Tests.Commands;

/// <summary>What a finished run leaves in cells.csv, with made-up evaluations in place of training.</summary>
public sealed class ResultFilesTests : IDisposable
{
    private const int PaperTestItems = 5000;   // TU-Berlin

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_tier_on_the_papers_data_carries_verdict_reason_and_difference()
    {
        var cells = Finish("paper", PaperTestItems, right: 3436);   // 68.72 %, as printed for CMC

        var cell = cells.Single(cell => cell.Mean is not null);
        Assert.Equal(("CMC+LE", "TUBerlin", Verdict.REPRODUCED), (cell.Row, cell.Column, cell.Verdict));
        Assert.StartsWith("68.72 from 5 seeds, printed 68.72: the difference", cell.Reason, StringComparison.Ordinal);
        Assert.Equal(0, cell.Delta);
        Assert.All(cells.Where(other => other != cell), other => Assert.Equal((Verdict.UNAVAILABLE, (double?)null), (other.Verdict, other.Delta)));
        TableResults.Read(Path.Combine(_scratch.Path, "results", "paper", "Table1"));   // the files bear each other out
    }

    [Fact]
    public void A_tier_that_stands_in_is_not_compared()
    {
        var cell = Finish("mini", 599, right: 411).First(cell => cell.Mean is not null);

        Assert.Equal(
            (Verdict.NOT_TESTED, "mini data stand in for the paper's: the printed value is not comparable", (double?)null),
            (cell.Verdict, cell.Reason, cell.Delta));
    }

    [Fact]
    public void Answers_of_every_kind_go_to_a_file_for_each_test_set()
    {
        var outputs = new List<StageOutput>();
        var runs = new List<RunRow>();
        Answered("mixed", "evaluate", "sketches", [1, 1, 1, 0], [1, 1]);          // two draws
        Answered("mixed", "evaluate", "emoji", [1, 0, 1], [1, 1, 1]);
        Answered("rooms", "segment", "rooms", [0, 1, 1, 7, 1, 0, 0, 5], []);      // image, label, class given, pixels

        var folder = _scratch.Create("answers");
        File.WriteAllText(Path.Combine(folder, ConfusionTable.FileOf("earlier")), "");
        var (predictions, confusions) = AnswerFiles.Write(folder, runs, outputs);

        Assert.Equal(["confusions.rooms.csv.gz", "predictions.mixed.csv.gz", "predictions.mixed~2.csv.gz"], Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order());
        Assert.Equal((2, 75.0), (predictions["mixed"].Draws, PredictionTable.Read(Path.Combine(folder, PredictionTable.FileOf("mixed"))).Top1(runs[0].StageKey)));
        Assert.Equal(200.0 / 3, predictions["mixed~2"].Top1(runs[1].StageKey), 12);
        Assert.Equal(100, ConfusionTable.Read(Path.Combine(folder, ConfusionTable.FileOf("rooms"))).Value(runs[2].StageKey));
        Assert.Equal(2, confusions["rooms"].Items);

        void Answered(string column, string kind, string testSet, int[] answers, int[] labels)
        {
            var stage = new Stage(StageKey.Of(kind, 1, new { column }, ("test", testSet)), "", 0, [], (_, _) => throw new InvalidOperationException());
            var folder = _scratch.Create($"{column} {testSet}");
            using var scope = torch.NewDisposeScope();
            using (var stream = File.Create(Path.Combine(folder, kind == "segment" ? "confusions.safetensors" : "predictions.safetensors")))
            {
                Safetensors.Write(stream, kind == "segment"
                    ? new Dictionary<string, torch.Tensor> { ["counts"] = torch.tensor(answers, [answers.Length / 4, 4]) }
                    : new Dictionary<string, torch.Tensor> { ["predicted"] = torch.tensor(answers), ["label"] = torch.tensor(labels) });
            }

            var record = new StageRecord(kind, stage.Key.Hash, 1, new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, object>(), [], 60, new Dictionary<string, string>(), default);
            outputs.Add(new(stage, folder, record, false, "new"));
            runs.Add(new("Table5", testSet, column, "LE", 0, 0, stage.Key.Hash, "", "cpu", 1, "Source"));
        }
    }

    /// <summary>Five seeds of CMC+LE on TUBerlin, each with as many right answers on other items.</summary>
    private IReadOnlyList<CellRow> Finish(string tier, int items, int right)
    {
        var experiment = new ExperimentFiles(ExperimentFolder.Committed).Load("Table1", tier);
        var folders = new ProjectFolders(Repository.Root, Repository.Experiments, "", _scratch.Create("cache"), _scratch.Create("results"));
        var files = new ResultFiles(new("Table1", tier, 5, null, "test", "cpu", 1, null, folders, "stages"), experiment, experiment.Inits);
        var outputs = new List<StageOutput>();
        var runs = experiment.Runs(experiment.Seeds, experiment.Inits).Select(run => Of(run, run.Row.Id == "CMC+LE" && run.Column.Id == "TUBerlin")).ToArray();
        foreach (var run in runs.Where(run => run.UnavailableReason is null))
        {
            var stage = new Stage(StageKey.Of("evaluate", 1, new { run.Seed }), $"LE, seed {run.Seed}", run.Seed, [], (_, _) => throw new InvalidOperationException());
            var folder = _scratch.Create($"stage{run.Seed}");
            using (var scope = torch.NewDisposeScope())
            using (var stream = File.Create(Path.Combine(folder, "predictions.safetensors")))
            {
                var predicted = Enumerable.Range(0, items).Select(item => (item + (7 * (int)run.Seed)) % items < right ? 0 : 1).ToArray();
                Safetensors.Write(stream, new Dictionary<string, torch.Tensor> { ["predicted"] = torch.tensor(predicted), ["label"] = torch.tensor(new int[items]) });
            }

            var record = new StageRecord("evaluate", stage.Key.Hash, 1, new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, object>(), [], 60, new Dictionary<string, string>(), default);
            outputs.Add(new(stage, folder, record, false, "new"));
            files.Append(new("Table1", run.Row.Id, run.Column.Id, "LE", run.Seed, 100.0 * right / items, stage.Key.Hash, "", "cpu", 60, run.Init.ToString()));
        }

        files.Finish(runs, new Dictionary<PlannedRun, string>(), outputs, new Dictionary<string, string>(), []);
        return CellsCsv.Read(Path.Combine(folders.Results, tier, "Table1", "cells.csv"));

        static PlannedRun Of(PlannedRun run, bool measured) => run with { UnavailableReason = measured ? null : "not in this test" };
    }
}
