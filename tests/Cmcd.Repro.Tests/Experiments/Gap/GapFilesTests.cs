using Cmcd.Repro.Experiments;
using Cmcd.Repro.Experiments.Gap;

namespace Cmcd.Repro.Tests.Experiments.Gap;

public sealed class GapFilesTests : IDisposable
{
    private const string Gap = "GapSweep.json";

    private readonly ExperimentFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Committed_sweep_loads_in_every_tier_with_what_the_protocol_asks()
    {
        foreach (var tier in new ExperimentFiles(ExperimentFolder.Committed).Tiers())
        {
            var experiment = GapFiles.Load(ExperimentFolder.Committed, "GapSweep", tier);
            Assert.All(experiment.Knobs, knob => Assert.True(knob.Levels.Count >= 8));
            Assert.True(experiment.Seeds.Count >= 5);
            Assert.Equal(Enum.GetValues<GapScale>(), experiment.Outcomes.Select(outcome => outcome.Scale).Order());
            Assert.Equal(experiment.Training.Temperature, experiment.Estimators.Temperatures[0]);
        }
    }

    [Fact]
    public void Smoke_is_the_same_world_with_less_of_it()
    {
        var (smoke, mini) = (GapFiles.Load(ExperimentFolder.Committed, "GapSweep", "smoke"), GapFiles.Load(ExperimentFolder.Committed, "GapSweep", "mini"));

        Assert.Equal((mini.World, mini.Base, mini.Training.Hidden), (smoke.World, smoke.Base, smoke.Training.Hidden));
        Assert.True(smoke.Sizes.Test < mini.Sizes.Test && smoke.Training.StudentUpdates < mini.Training.StudentUpdates);
    }

    [Fact]
    public void A_gap_experiment_is_no_table_and_a_table_no_gap_experiment()
    {
        Assert.DoesNotContain("GapSweep", new ExperimentFiles(ExperimentFolder.Committed).Tables());
        Assert.True(GapFiles.Holds(ExperimentFolder.Committed, "GapSweep"));
        Assert.False(GapFiles.Holds(ExperimentFolder.Committed, "Table1"));
        Assert.False(GapFiles.Holds(ExperimentFolder.Committed, "Nothing"));
    }

    [Fact]
    public void Levels_are_the_base_with_one_dial_turned()
    {
        var experiment = GapFiles.Load(ExperimentFolder.Committed, "GapSweep", "mini");
        var levels = experiment.LevelsOf(experiment.CellKnob);

        Assert.Equal(experiment.CellKnob.Levels, levels.Select(level => level.PairCorrelation));
        Assert.All(levels, level => Assert.Equal(experiment.Base, level with { PairCorrelation = experiment.Base.PairCorrelation }));
    }

    [Fact]
    public void All_faults_are_told_at_once_with_their_places()
    {
        _folder.Edit(Gap, "\"classes\": 10", "\"classes\": 1").Edit(Gap, "\"dial\": \"Shift\"", "\"dial\": \"Colour\"").Edit(Gap, "\"sign\": \"positive\"", "\"sign\": \"up\"")
            .Edit(Gap, "\"views\": 16, ", "").Edit(Gap, "\"tiers\": {", "\"more\": 1, \"tiers\": { \"huge\": {},");

        var faults = Assert.Throws<ExperimentException>(() => GapFiles.Load(_folder.Path, "GapSweep", "mini")).Faults;
        Assert.Contains("experiments/GapSweep.json: world.classes is 1. Expected a whole number in [2, 1000].", faults);
        Assert.Contains("experiments/GapSweep.json: knobs[1].dial is \"Colour\". Known dials: PairCorrelation, Shift, Angle, Noise, Pairs.", faults);
        Assert.Contains("experiments/GapSweep.json: outcomes[0].sign is \"up\". Known signs: positive, negative.", faults);
        Assert.Contains("experiments/GapSweep.json: training.views is missing. Expected a whole number in [2, 1000].", faults);
        Assert.Contains(faults, fault => fault.StartsWith("experiments/GapSweep.json: more is not a field.", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("experiments/GapSweep.json: tiers.huge is not a tier. Known tiers: ", StringComparison.Ordinal));
        Assert.Equal(6, faults.Count);
    }

    [Theory]
    [InlineData("\"cells\": \"mismatch\"", "\"cells\": \"mismatches\"", "cells is \"mismatches\". Expected the id of a knob (mismatch, shift, information, appearance, pairs).")]
    [InlineData("[0, 15, 30,", "[0, 150, 30,", "knobs[3].levels is a list. Expected numbers that Angle may have.")]
    [InlineData("640, 400, 250, 128]", "640, 400, 250, 20]", "training is an object. Expected a batchSize of at most the smallest set (20 items).")]
    [InlineData("\"observed\": 32", "\"observed\": 20", "world is an object. Expected observed of at least content + style: the map must lose nothing.")]
    [InlineData("\"gibbs\": 300", "\"gibbs\": 3000", "sizes is an object. Expected a number gibbs of at most held.")]
    [InlineData("\"id\": \"GapSweep\"", "\"id\": \"Gap\"", "id is \"Gap\". Expected \"GapSweep\", the name of the file.")]
    public void What_cannot_go_together_is_refused(string found, string replacement, string expected) => Assert.Equal(
        $"experiments/GapSweep.json: {expected}",
        Assert.Throws<ExperimentException>(() => GapFiles.Load(_folder.Edit(Gap, found, replacement).Path, "GapSweep", "mini")).Message);

    [Fact]
    public void Tier_may_change_sizes_and_lengths_only() => Assert.Equal(
        "experiments/GapSweep.json: tiers.smoke.seeds may not differ by tier. Known fields: sizes, training.",
        Assert.Throws<ExperimentException>(() => GapFiles.Load(_folder.Edit(Gap, "\"smoke\": {\n", "\"smoke\": {\n\"seeds\": [1],\n").Path, "GapSweep", "mini")).Message);

    [Fact]
    public void Unknown_tier_lists_what_exists() => Assert.StartsWith(
        "experiments/tiers/smok.json does not exist. Known tiers: ", Assert.Throws<ExperimentException>(() => GapFiles.Load(_folder.Path, "GapSweep", "smok")).Message, StringComparison.Ordinal);
}
