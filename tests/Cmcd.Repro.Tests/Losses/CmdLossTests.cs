using Cmcd.Repro.Losses;
using TorchSharp;
using static Cmcd.Repro.Tests.Losses.Given;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Losses;

public class CmdLossTests
{
    [Theory]
    [InlineData(0.5, 0.5, 0.978846, 0.955533, 1.057716, 0.923291, 0.931556, 0.047290)]
    [InlineData(0.1, 0.1, 0.577483, 0.699042, 0.488439, 0.544966, 0.299135, 0.278348)]
    [InlineData(0.05, 0.1, 0.318052, 0.698842, 0.163518, 0.091796, 0.062049, 0.256003)]
    [InlineData(0.01, 0.2, 0.414699, 0.745207, 0.396245, 0.102646, 0.000000, 0.414699)]
    public void Known_values_come_out(double teacherTemperature, double studentTemperature, double value, double row0, double row1, double row2,
        double entropy, double divergence)
    {
        var loss = new CmdLoss(teacherTemperature, studentTemperature);
        var (student, teacher) = (Matrix(Student), Matrix(Teacher));

        Check.Close(value, loss.call(student, teacher));
        var (_, target, prediction) = loss.Compare(student, teacher);
        Check.Close([row0, row1, row2], (target.exp() * prediction).sum(1).neg());
        var terms = loss.Terms(student, teacher);
        Assert.Equal(entropy, terms.TeacherEntropy, Check.Tolerance);
        Assert.Equal(divergence, terms.Divergence, Check.Tolerance);
    }

    [Fact]
    public void Known_distributions_come_out()
    {
        var (cosine, target, prediction) = new CmdLoss(0.5, 0.5).Compare(Matrix(Student), Matrix(Teacher));

        Check.Close([1, 0.6, 0, 0.6, 1, 0.8, 0, 0.8, 1], cosine);
        Check.Close([0.631049, 0.283548, 0.085403, 0.211983, 0.471776, 0.316241, 0.074951, 0.371234, 0.553816], target.exp());
        Check.Close([0.415137, 0.415137, 0.169725, 0.265911, 0.468178, 0.265911, 0.046263, 0.276772, 0.676965], prediction.exp());
    }

    [Fact]
    public void Known_terms_come_out()
    {
        var terms = new CmdLoss(0.5, 0.5).Terms(Matrix(Student), Matrix(Teacher));
        Assert.Equal((0.631049 + 0.471776 + 0.553816) / 3, terms.SelfProbability, Check.Tolerance);
        Assert.Equal((0.6 + 0 + 0.8) / 3, terms.MeanTeacherCosine, Check.Tolerance);
    }

    /// <summary>By the chain rule from the known dL/dlogits = (q - p) / N of row 0 through the product, the temperature and the normalisation.</summary>
    [Fact]
    public void Known_gradient_of_the_logits_arrives_at_the_features()
    {
        double[] logits = [-0.071970, 0.043863, 0.028107];
        var unit = new[] { 2 / Math.Sqrt(5), 1 / Math.Sqrt(5) };
        var slope = Enumerable.Range(0, 2).Select(d => Enumerable.Range(0, 3).Sum(j => logits[j] * Teacher[j][d]) / 0.5).ToArray();
        var along = (slope[0] * unit[0]) + (slope[1] * unit[1]);

        var gradient = Check.Gradient(x => new CmdLoss(0.5, 0.5).call(x, Matrix(Teacher)), Matrix(Student));
        Assert.Equal((slope[0] - (along * unit[0])) / Math.Sqrt(5), gradient[0], Check.Tolerance);
        Assert.Equal((slope[1] - (along * unit[1])) / Math.Sqrt(5), gradient[1], Check.Tolerance);

        var (_, target, prediction) = new CmdLoss(0.5, 0.5).Compare(Matrix(Student), Matrix(Teacher));
        Check.Close(logits, (prediction.exp() - target.exp())[0] / 3);
    }

    [Fact]
    public void Known_values_of_the_variants_come_out()
    {
        Check.Close(1.040581, new CmdLoss(0.5, 0.5, relational: true).call(Matrix(Student), Matrix(Teacher)));
        Check.Close(0.566005, new CmdLoss(0.5, 0.5, includeSelf: false).call(Matrix(Student), Matrix(Teacher)));
    }

    [Theory]
    [InlineData(2, 3, 0.1, 0.1), InlineData(3, 2, 0.5, 0.2), InlineData(7, 5, 0.05, 0.1), InlineData(16, 8, 0.01, 0.2), InlineData(33, 4, 1.0, 1.0)]
    [InlineData(512, 16, 0.1, 0.1)]
    public void Batch_matches_the_formula_written_as_loops(int rows, int columns, double teacherTemperature, double studentTemperature)
    {
        var (student, teacher) = (Wave(rows, columns, 0.3), Wave(rows, columns, 0.9));
        foreach (var relational in new[] { false, true })
            foreach (var includeSelf in new[] { false, true })
            {
                var loss = new CmdLoss(teacherTemperature, studentTemperature, relational, includeSelf);
                var expected = NaiveLosses.Cmd(student, teacher, teacherTemperature, studentTemperature, relational, includeSelf);
                Check.Close(expected, loss.call(Matrix(student), Matrix(teacher)));
            }
    }

    [Theory]
    [InlineData(false, true), InlineData(true, true), InlineData(false, false), InlineData(true, false)]
    public void Terms_add_up_to_the_loss(bool relational, bool includeSelf)
    {
        var (student, teacher) = (Matrix(Wave(6, 4, 0)), Matrix(Wave(6, 4, 1)));
        var loss = new CmdLoss(0.3, 0.2, relational, includeSelf);
        var terms = loss.Terms(student, teacher);
        Check.Close(terms.TeacherEntropy + terms.Divergence, loss.call(student, teacher));
        Assert.Equal(includeSelf, terms.SelfProbability > 0);
    }

    [Theory]
    [InlineData(16, 2.772589), InlineData(64, 4.158883)]
    public void Equal_features_give_log_of_batch_size(int rows, double expected)
    {
        var equal = full([rows, 4], 0.5f);
        Check.Close(expected, new CmdLoss(0.1, 0.1).call(equal, equal));
        Assert.Equal(1.0 / rows, new CmdLoss(0.1, 0.1).Terms(equal, equal).SelfProbability, Check.Tolerance);
    }

    [Fact]
    public void Student_equal_to_the_teacher_reaches_the_teachers_entropy_and_rests_there()
    {
        var (loss, teacher) = (new CmdLoss(0.5, 0.5), Matrix(Teacher));
        Check.Close(0.931556, loss.call(teacher, teacher));
        Assert.Equal(0, loss.Terms(teacher, teacher).Divergence, 1e-6);
        Assert.All(Check.Gradient(x => loss.call(x, teacher), teacher), slope => Assert.InRange(slope, -1e-6, 1e-6));
    }

    [Fact]
    public void Sharp_teacher_makes_it_one_sided_cmc()
    {
        var (student, teacher) = (Matrix(Student), Matrix(Teacher));
        var (distilling, contrasting) = (new CmdLoss(0.01, 0.2), new CmcLoss(0.2, symmetric: false));
        Check.Close(0.414699, distilling.call(student, teacher));
        Check.Close(0.414699, contrasting.call(student, teacher, null));
        Assert.Equal(1, distilling.Terms(student, teacher).SelfProbability, 1e-6);
        Check.Close(Check.Gradient(x => contrasting.call(x, teacher, null), student), tensor(Check.Gradient(x => distilling.call(x, teacher), student)), 1e-6);
    }

    /// <summary>p_ii ≈ 1 / (1 + (N - 1) exp((c - 1) / τ)) is exact when all off-diagonal cosines are c.</summary>
    [Theory]
    [InlineData(64, 0.05, 0.8, 0.464), InlineData(64, 0.10, 0.5, 0.702), InlineData(64, 0.20, 0.2, 0.464), InlineData(64, 0.10, 0.8, 0.105)]
    [InlineData(16, 0.10, 0.5, 0.908), InlineData(16, 0.20, 0.8, 0.153), InlineData(64, 0.01, 0.8, 1.000)]
    public void Self_probability_follows_from_batch_size_temperature_and_mean_cosine(int rows, double temperature, double cosine, double expected)
    {
        // Unit vectors √c·e_0 + √(1-c)·e_i: every two of them have cosine c.
        double[][] teacher = [.. Enumerable.Range(1, rows).Select(i => Enumerable.Range(0, rows + 1)
            .Select(d => d == 0 ? Math.Sqrt(cosine) : d == i ? Math.Sqrt(1 - cosine) : 0).ToArray())];
        var terms = new CmdLoss(temperature, temperature).Terms(Matrix(Wave(rows, rows + 1, 0)), Matrix(teacher));
        Assert.Equal(expected, terms.SelfProbability, 5e-4);      // The expected values are rounded to three decimals.
        Assert.Equal(cosine, terms.MeanTeacherCosine, Check.Tolerance);
    }

    [Fact]
    public void Scaling_the_features_changes_nothing()
    {
        var (student, teacher) = (Matrix(Wave(5, 3, 0)), Matrix(Wave(5, 3, 1)));
        var expected = new CmdLoss(0.1, 0.2).call(student, teacher).ToDouble();
        Check.Close(expected, new CmdLoss(0.1, 0.2).call(student * 40, teacher * 0.01));
    }

    [Theory]
    [InlineData(0.5, 0.5, false, true), InlineData(0.05, 0.1, false, true), InlineData(0.2, 0.2, true, true), InlineData(0.2, 0.2, false, false)]
    public void Gradient_matches_finite_differences(double teacherTemperature, double studentTemperature, bool relational, bool includeSelf)
    {
        var teacher = Matrix(Wave(4, 3, 1), ScalarType.Float64);
        var loss = new CmdLoss(teacherTemperature, studentTemperature, relational, includeSelf);
        Check.GradientMatchesFiniteDifferences(x => loss.call(x, teacher), Matrix(Wave(4, 3, 0), ScalarType.Float64));
    }

    [Fact]
    public void No_gradient_reaches_the_teacher()
    {
        var loss = new CmdLoss(0.5, 0.5);
        Check.OnlyFirstIsTrained(loss.call, Matrix(Student), Matrix(Teacher));
    }

    [Fact]
    public void Zero_vector_gives_a_finite_value_and_gradient()
    {
        var zero = Matrix([[0, 0], [1, 1], [-1, 2]]);
        foreach (var loss in new[] { new CmdLoss(0.5, 0.5), new CmdLoss(0.5, 0.5, relational: true), new CmdLoss(0.5, 0.5, includeSelf: false) })
        {
            Assert.True(double.IsFinite(loss.call(zero, zero).ToDouble()));
            Assert.All(Check.Gradient(x => loss.call(x, zero), zero), slope => Assert.True(double.IsFinite(slope)));
        }
    }

    [Fact]
    public void Different_batch_sizes_are_refused_with_both_shapes_in_the_message() =>
        Check.Refuses(() => new CmdLoss(0.5, 0.5).call(zeros(64, 128), zeros(63, 128)),
            "Expected two [N, D] feature matrices of one shape, got [64, 128] and [63, 128].");

    [Theory]
    [InlineData(0, 0.1, "teacherTemperature"), InlineData(0.1, -1, "studentTemperature")]
    public void Temperature_that_is_not_positive_is_refused(double teacherTemperature, double studentTemperature, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new CmdLoss(teacherTemperature, studentTemperature)).ParamName);

    [Fact]
    public void Repeated_calls_leave_no_tensor_behind()
    {
        var (loss, student, teacher) = (new CmdLoss(0.5, 0.5, includeSelf: false), Matrix(Wave(4, 3, 0)).requires_grad_(), Matrix(Wave(4, 3, 1)));
        Check.NothingLeaks(() =>
        {
            loss.Terms(student, teacher);
            return loss.call(student, teacher);
        });
    }
}
