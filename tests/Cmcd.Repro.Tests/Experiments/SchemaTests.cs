using Cmcd.Repro.Experiments;
using Cmcd.Repro.Experiments.Gap;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Tests.Experiments;

/// <summary>The schemas only help editors; these tests keep them from drifting away from what the loader accepts.</summary>
public class SchemaTests
{
    [Theory]
    [InlineData("table", "", typeof(TableFile))]
    [InlineData("table", "definitions.paper", typeof(PaperReference))]
    [InlineData("table", "definitions.column", typeof(TablePart))]
    [InlineData("table", "definitions.row", typeof(TablePart))]
    [InlineData("derived", "", typeof(DerivedFile))]
    [InlineData("tier", "", typeof(TierFile))]
    [InlineData("tier", "properties.parity", typeof(TierParity))]
    [InlineData("tier", "definitions.gap", typeof(ParityGap))]
    [InlineData("claims", "", typeof(ClaimsFile))]
    [InlineData("claims", "definitions.unprinted", typeof(UnprintedTable))]
    [InlineData("claims", "definitions.claim", typeof(Claim))]
    [InlineData("claims", "definitions.part", typeof(ClaimPart))]
    [InlineData("recipe", "definitions.encoder", typeof(EncoderSettings))]
    [InlineData("recipe", "definitions.views", typeof(ViewSettings))]
    [InlineData("gap", "definitions.world", typeof(GapWorldSettings))]
    [InlineData("gap", "definitions.level", typeof(GapLevel))]
    [InlineData("gap", "definitions.knob", typeof(GapKnob))]
    [InlineData("gap", "definitions.outcome", typeof(GapOutcome))]
    [InlineData("gap", "definitions.estimators", typeof(EstimatorSettings))]
    [InlineData("gap", "definitions.sizes", typeof(GapSizes))]
    [InlineData("gap", "definitions.training", typeof(GapTraining))]
    [InlineData("gap", "definitions.training.properties.socket", typeof(SocketSettings))]
    [InlineData("gap", "definitions.step3", typeof(GapStep3))]
    public void Schema_has_the_fields_of_the_record(string schema, string place, Type record) =>
        Assert.Equal(SettingsShape.Names(record).Order(), Properties(Read(schema), place).Except(["$schema"]).Order());

    [Fact]
    public void Gap_schema_has_the_fields_of_the_record_and_what_differs_by_tier() =>
        Assert.Equal(SettingsShape.Names(typeof(GapExperiment)).Append("tiers").Order(), Properties(Read("gap"), "").Except(["$schema"]).Order());

    [Fact]
    public void Recipe_schema_has_the_fields_of_all_steps()
    {
        Type[] steps = [typeof(SimClrSettings), typeof(DistillationSettings), typeof(EvaluationSettings)];

        Assert.Equal(steps.SelectMany(SettingsShape.Names).Distinct().Order(), Properties(Read("recipe"), "").Except(["$schema"]).Order());
    }

    [Fact]
    public void Step_schema_has_the_fields_of_all_steps_and_what_only_a_table_says()
    {
        Type[] steps = [typeof(NoStep2), typeof(SimClrStep2), typeof(DistillationStep2), typeof(EvaluationSettings)];

        Assert.Equal(steps.SelectMany(SettingsShape.Names).Distinct().Concat(["kind", "recipe", .. SettingsShape.Kinds(typeof(Step2Settings)).Keys.Where(kind => kind != "none")]).Order(), Properties(Read("table"), "definitions.step").Order());
    }

    [Theory]
    [InlineData(typeof(LossSettings), "recipe", "definitions.loss")]
    [InlineData(typeof(RoleSettings), "tier", "definitions.role")]
    [InlineData(typeof(DerivedRow), "derived", "definitions.row")]
    [InlineData(typeof(ClaimPredicate), "claims", "definitions.predicate")]
    [InlineData(typeof(Quantity), "claims", "definitions.quantityKind")]
    public void Schema_of_a_choice_has_every_kind_with_its_fields(Type union, string schema, string place)
    {
        var kinds = ((JArray)Read(schema).SelectToken(place)!["oneOf"]!).ToDictionary(kind => (string)kind["properties"]!["kind"]!["const"]!, kind => kind);

        Assert.Equal(SettingsShape.Kinds(union).Keys, kinds.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, record) in SettingsShape.Kinds(union))
            Assert.Equal(SettingsShape.Names(record).Append("kind").Order(), Properties((JObject)kinds[name], "").Order());
    }

    private static JObject Read(string schema) => JObject.Parse(File.ReadAllText(Path.Combine(ExperimentFolder.Committed, "schema", $"{schema}.schema.json")));

    private static IEnumerable<string> Properties(JObject schema, string place)
    {
        var definition = place.Length == 0 ? schema : (JObject)schema.SelectToken(place)!;
        Assert.False((bool)definition["additionalProperties"]!);
        return ((JObject)definition["properties"]!).Properties().Select(property => property.Name);
    }
}
