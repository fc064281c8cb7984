using Cmcd.Repro.Losses;
using TorchSharp;
using static Cmcd.Repro.Tests.Losses.Given;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Losses;

/// <summary>CMST, attention transfer and CMKD: what they share is tested on all three at once.</summary>
public class FeatureMapLossTests
{
    private static readonly double[][] StudentChannels = [[1, 1, 2, 4], [1, 1, 0, 2]];
    private static readonly double[][] TeacherChannels = [[1, 2, 3, 4], [0, 1, 1, 0]];

    private static Tensor StudentMap => Matrix(StudentChannels).view(1, 2, 2, 2);

    private static Tensor TeacherMap => Matrix(TeacherChannels).view(1, 2, 2, 2);

    public static TheoryData<string> All => new(Losses.Keys);

    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> Losses = new()
    {
        ["cmst"] = (student, teacher) => new CmstLoss().call(student, teacher),
        ["attention transfer"] = (student, teacher) => new AttentionTransferLoss().call(student, teacher) * 1000,
        ["cmkd"] = (student, teacher) => new CmkdLoss().call([student], [teacher]),
    };

    [Fact]
    public void Known_value_of_cmst_comes_out() => Check.Close(1.000000, new CmstLoss().call(StudentMap, TeacherMap));

    [Fact]
    public void Known_value_of_attention_transfer_comes_out()
    {
        Check.Close(0.037834, new AttentionTransferLoss().call(StudentMap, TeacherMap), 1e-6);
        Assert.Equal(0.037834, NaiveLosses.AttentionTransfer([StudentChannels], [TeacherChannels]), 1e-6);
    }

    [Fact]
    public void Known_value_of_cmkd_comes_out()
    {
        Check.Close(38.833636, new CmkdLoss().call([StudentMap], [TeacherMap]));
        Check.Close(1.037834, new CmkdLoss(attentionWeight: 1).call([StudentMap], [TeacherMap]));
        Check.Close(1.000000, new CmkdLoss(attentionWeight: 0).call([StudentMap], [TeacherMap]));
    }

    [Fact]
    public void Cmkd_copies_the_last_map_only_and_attends_at_every_stage()
    {
        long[][] shapes = [[2, 3, 8, 8], [2, 4, 4, 4], [2, 5, 4, 4], [2, 6, 2, 2]];
        Tensor[] student = [.. shapes.Select((shape, stage) => Map(shape, stage))];
        Tensor[] teacher = [.. shapes.Select((shape, stage) => Map(shape, stage + 0.5))];
        var attention = student.Zip(teacher, (s, t) => NaiveLosses.AttentionTransfer(Places(s), Places(t))).Sum();
        var copying = Check.Values(student[3]).Zip(Check.Values(teacher[3]), (s, t) => (s - t) * (s - t)).Average();

        Check.Close(copying + (1000 * attention), new CmkdLoss().call(student, teacher), 1e-10);
    }

    [Theory]
    [InlineData(1, 2, 2), InlineData(3, 4, 4), InlineData(5, 1, 3)]
    public void Batch_of_attention_matches_the_formula_written_as_loops(int rows, int height, int width)
    {
        var (student, teacher) = (Map([rows, 3, height, width], 0.2), Map([rows, 5, height, width], 0.8));
        Check.Close(NaiveLosses.AttentionTransfer(Places(student), Places(teacher)), new AttentionTransferLoss().call(student, teacher), 1e-12);
    }

    [Fact]
    public void Attention_ignores_the_scale_of_either_map()
    {
        var expected = new AttentionTransferLoss().call(StudentMap, TeacherMap).ToDouble();
        Check.Close(expected, new AttentionTransferLoss().call(StudentMap * 30, TeacherMap * 0.01), 1e-7);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Larger_grid_is_averaged_down_to_the_smaller(string name)
    {
        var (small, large) = (Map([2, 3, 2, 2], 0.2), Map([2, 3, 4, 4], 0.8));
        var quarters = large.view(2, 3, 2, 2, 2, 2).mean([3, 5]);
        Check.Close(Losses[name](small, quarters).ToDouble(), Losses[name](small, large), 1e-9);
        Check.Close(Losses[name](quarters, small).ToDouble(), Losses[name](large, small), 1e-9);
    }

    [Fact]
    public void Grids_that_cross_meet_at_the_smaller_of_each_side()
    {
        var (wide, tall) = (Map([2, 3, 2, 4], 0.2), Map([2, 3, 4, 2], 0.8));
        var expected = new CmstLoss().call(wide.view(2, 3, 2, 2, 2).mean([4]), tall.view(2, 3, 2, 2, 2).mean([3]));
        Check.Close(expected.ToDouble(), new CmstLoss().call(wide, tall), 1e-12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Equal_maps_give_zero_with_zero_gradient(string name)
    {
        Check.Close(0, Losses[name](TeacherMap, TeacherMap), 0);
        Assert.All(Check.Gradient(x => Losses[name](x, TeacherMap), TeacherMap), slope => Assert.Equal(0, slope));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Dead_map_gives_a_finite_value_and_gradient(string name)
    {
        var dead = zeros(1, 2, 2, 2);
        foreach (var teacher in new[] { TeacherMap, dead })
        {
            Assert.True(double.IsFinite(Losses[name](dead, teacher).ToDouble()));
            Assert.All(Check.Gradient(x => Losses[name](x, teacher), dead), slope => Assert.True(double.IsFinite(slope)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Gradient_matches_finite_differences(string name)
    {
        Check.GradientMatchesFiniteDifferences(x => Losses[name](x, Map([2, 3, 4, 2], 0.8)) * 10, Map([2, 3, 4, 2], 0.2));
        Check.GradientMatchesFiniteDifferences(x => Losses[name](x, Map([2, 3, 2, 2], 0.8)) * 10, Map([2, 3, 4, 2], 0.2));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_gradient_reaches_the_teacher(string name) => Check.OnlyFirstIsTrained(Losses[name], StudentMap, TeacherMap);

    [Theory]
    [MemberData(nameof(All))]
    public void Different_batch_sizes_are_refused_with_both_shapes_in_the_message(string name) =>
        Check.Refuses(() => Losses[name](zeros(4, 2, 3, 3), zeros(5, 2, 3, 3)),
            "Expected two [N, C, H, W] feature maps of one N, got [4, 2, 3, 3] and [5, 2, 3, 3].");

    [Fact]
    public void Different_channels_are_refused_where_maps_are_copied_and_welcome_to_attention()
    {
        var (student, teacher) = (ones(4, 2, 3, 3), ones(4, 6, 3, 3));
        Check.Refuses(() => new CmstLoss().call(student, teacher), "one C", "[4, 2, 3, 3] and [4, 6, 3, 3]");
        Check.Refuses(() => new CmkdLoss().call([student], [teacher]), "one C", "[4, 2, 3, 3] and [4, 6, 3, 3]");
        Check.Close(0, new AttentionTransferLoss().call(student, teacher));
    }

    [Fact]
    public void Different_numbers_of_stages_are_refused_with_both()
    {
        Check.Refuses(() => new CmkdLoss().call([StudentMap, StudentMap], [TeacherMap]), "stages", "got 2 and 1");
        Check.Refuses(() => new CmkdLoss().call([], []), "at least 1");
    }

    [Fact]
    public void Negative_attention_weight_is_refused_by_name() =>
        Assert.Equal("attentionWeight", Assert.Throws<ArgumentOutOfRangeException>(() => new CmkdLoss(-1)).ParamName);

    [Fact]
    public void Repeated_calls_leave_no_tensor_behind()
    {
        var (student, teacher) = (Map([2, 3, 4, 4], 0.2).requires_grad_(), Map([2, 3, 2, 2], 0.8));
        var (cmst, attention, cmkd) = (new CmstLoss(), new AttentionTransferLoss(), new CmkdLoss());
        Check.NothingLeaks(() => cmst.call(student, teacher));
        Check.NothingLeaks(() => attention.call(student, teacher));
        Check.NothingLeaks(() => cmkd.call([student, student], [teacher, teacher]));
    }

    /// <summary>[N, C, H, W] as [N][C][place].</summary>
    private static double[][][] Places(Tensor map)
    {
        var (values, channels, places) = (Check.Values(map), (int)map.shape[1], (int)(map.shape[2] * map.shape[3]));
        return [.. values.Chunk(channels * places).Select(item => item.Chunk(places).ToArray())];
    }
}
