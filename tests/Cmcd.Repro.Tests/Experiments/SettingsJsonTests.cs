using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Tests.Experiments;

public class SettingsJsonTests
{
    private static readonly ViewSettings Views = new(32, 0.08, 1, 3.0 / 4, 4.0 / 3, 0.5, 0.8, 0.4, 0.4, 0.4, 0.1, 0.2, 0, 0.1, 2, Interpolation.Bicubic);

    public static TheoryData<LossSettings> Losses =>
    [
        new CmdSettings(0.05, 0.1, Relational: true, IncludeSelf: false),
        new CmcSettings(0.07, Symmetric: false, MultiPositive: true),
        new MixedSettings(0.25, new CmcSettings(0.1, true, true), new CmdSettings(0.1, 0.1, false, true)),
        new CmstSettings(), new CmkdSettings(1000), new SocketSettings(10, 0.5),
    ];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Written_settings_read_back_the_same(LossSettings loss)
    {
        var step = new DistillationStep2(new DistillationSettings(loss, Projector.Linear, TeacherFeature.Pooled, false, 1e-3, 64, 8, Views));
        var encoder = new EncoderSettings(Architecture.ResNet18, 16, Stem.Small, 1, Precision.Fp32, false);
        var cell = new CellSettings(
            "X", "image-sketch", "recognition", "top1", "percent", "photos", "pairs", "sketches", 0.05, Budget.Updates, new(5, 3), Predictor.Network, 32, encoder, encoder with { Width = 8 },
            new SimClrSettings(0.5, 128, 1e-3, 64, 8, Views), step, new EvaluationSettings(Protocol.FT, 1.0 / 3, 64, 20, [0.5], 0.1, 0.01, Views));

        var json = SettingsJson.Write(cell);
        foreach (var token in json.DescendantsAndSelf()) token.AddAnnotation(new Origin("memory", token.Path));
        var faults = new Faults();
        var read = new SettingsReader(faults).Read<CellSettings>(json);

        faults.ThrowIfAny();
        Assert.Equal(cell with { Step3 = read!.Step3 }, read);
        Assert.Equal(cell.Step3 with { Milestones = read.Step3.Milestones }, read.Step3);
        Assert.Equal(cell.Step3.Milestones, read.Step3.Milestones);
    }

    [Fact]
    public void Kind_is_written_where_records_can_be_confused() => Assert.Equal(
        """{"kind":"cmst"} {"kind":"none"} {"kind":"socket","firstLayerWeight":10.0,"weight":0.5}""",
        string.Join(' ', new object[] { new CmstSettings(), new NoStep2(), new SocketSettings(10, 0.5) }.Select(settings => SettingsJson.Write(settings).ToString(Newtonsoft.Json.Formatting.None))));

    [Fact]
    public void Fields_of_a_step_stand_directly_in_it() => Assert.Equal(
        ["kind", "temperature", "projectionDimension", "learningRate", "batchSize", "epochs", "views", "init"],
        SettingsJson.Write(new SimClrStep2(new SimClrSettings(0.5, 128, 1e-3, 64, 8, Views), Initialisation.Random)).Properties().Select(property => property.Name));

    [Fact]
    public void Left_out_limits_stay_left_out() => Assert.Equal(
        """{"kind":"dataset","name":"emoji-line","testLimit":200}""",
        SettingsJson.Write(new DatasetSettings("emoji-line", null, 200)).ToString(Newtonsoft.Json.Formatting.None));
}
