using Cmcd.Repro.Losses;
using TorchSharp;
using static Cmcd.Repro.Tests.Losses.Given;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Losses;

public class CmcLossTests
{
    // Items 0 and 2 are sketches of one photo, seen by the teacher under two augmentations.
    private static readonly double[][] SharedTeacher = [[1, 0], [0, 1], [0.8, 0.6]];
    private static readonly double[][] SharedStudent = [[2, 1], [1, 1], [1, -1]];
    private static readonly long[] SharedPhotos = [7, 3, 7];

    [Theory]
    [InlineData(0.5, 0.691687, 0.676063, 0.683875)]
    [InlineData(0.2, 0.419655, 0.414699, 0.417177)]
    [InlineData(0.1, 0.208118, 0.273978, 0.241048)]
    [InlineData(0.07, 0.120858, 0.243412, 0.182135)]
    public void Known_values_come_out(double temperature, double teacherToStudent, double studentToTeacher, double mean)
    {
        var (student, teacher) = (Matrix(Student), Matrix(Teacher));
        Check.Close(mean, new CmcLoss(temperature).call(student, teacher, null));
        Check.Close(studentToTeacher, new CmcLoss(temperature, symmetric: false).call(student, teacher, null));
        Check.Close(teacherToStudent, new CmcLoss(temperature, symmetric: false).call(teacher, student, null));
    }

    [Fact]
    public void Known_values_with_two_sketches_of_a_photo_come_out()
    {
        var (student, teacher, photos) = (Matrix(SharedStudent), Matrix(SharedTeacher), tensor(SharedPhotos));
        var (both, oneSided) = (new CmcLoss(0.5), new CmcLoss(0.5, symmetric: false));

        Check.Close(1.061751, oneSided.call(teacher, student, photos));
        Check.Close(1.027158, oneSided.call(student, teacher, photos));
        Check.Close(1.044455, both.call(student, teacher, photos));
        Check.Close(1.280127, oneSided.call(teacher, student, null));
        Check.Close(1.245534, oneSided.call(student, teacher, null));
        Check.Close(1.262831, both.call(student, teacher, null));
    }

    [Fact]
    public void Photo_ids_change_nothing_when_the_teacher_sees_the_photo_identically()
    {
        var (student, teacher) = (Matrix(SharedStudent), Matrix([[1, 0], [0, 1], [1, 0]]));
        var (both, oneSided) = (new CmcLoss(0.5), new CmcLoss(0.5, symmetric: false));

        foreach (var photos in new[] { null, tensor(SharedPhotos) })
        {
            Check.Close(0.869248, oneSided.call(teacher, student, photos));
            Check.Close(0.900010, oneSided.call(student, teacher, photos));
            Check.Close(0.884629, both.call(student, teacher, photos));
        }

        var gradient = tensor(Check.Gradient(x => both.call(x, teacher, tensor(SharedPhotos)), student));
        Check.Close(Check.Gradient(x => both.call(x, teacher, null), student), gradient, 1e-6);
    }

    [Theory]
    [InlineData(2, 3, 0.1), InlineData(3, 2, 0.5), InlineData(7, 5, 0.2), InlineData(16, 8, 1.0), InlineData(33, 4, 0.07), InlineData(512, 16, 0.1)]
    public void Batch_matches_the_formula_written_as_loops(int rows, int columns, double temperature)
    {
        var (student, teacher) = (Wave(rows, columns, 0.3), Wave(rows, columns, 0.9));
        long[] distinct = [.. Enumerable.Range(0, rows).Select(i => 1_000_000_007L * i)];
        long[] shared = [.. Enumerable.Range(0, rows).Select(i => (long)(i % 3))];

        Check.Close(NaiveLosses.Cmc(student, teacher, temperature, distinct), new CmcLoss(temperature).call(Matrix(student), Matrix(teacher), null));
        Check.Close(NaiveLosses.Cmc(student, teacher, temperature, shared), new CmcLoss(temperature).call(Matrix(student), Matrix(teacher), tensor(shared)));
        Check.Close(NaiveLosses.OneSidedCmc(student, teacher, temperature, shared),
            new CmcLoss(temperature, symmetric: false).call(Matrix(student), Matrix(teacher), tensor(shared)));
    }

    [Fact]
    public void Distinct_photos_equal_no_ids()
    {
        var (student, teacher) = (Matrix(Wave(5, 3, 0)), Matrix(Wave(5, 3, 1)));
        Check.Close(new CmcLoss(0.2).call(student, teacher, null).ToDouble(), new CmcLoss(0.2).call(student, teacher, tensor(new long[] { 4, 9, 1, 0, 2 })));
    }

    /// <summary>Ids that differ only beyond float32's 24 bits are different photos.</summary>
    [Fact]
    public void Large_photo_ids_are_told_apart()
    {
        var (student, teacher) = (Matrix(Student), Matrix(Teacher));
        Check.Close(0.683875, new CmcLoss(0.5).call(student, teacher, tensor(new[] { 1L << 40, (1L << 40) + 1, (1L << 40) + 2 })));
    }

    [Theory]
    [InlineData(64, 4.158883), InlineData(16, 2.772589)]
    public void Equal_similarities_give_log_of_batch_size(int rows, double expected)
    {
        var equal = full([rows, 4], 0.5f);
        Check.Close(expected, new CmcLoss(0.1).call(equal, equal, null));
        Check.Close(expected, new CmcLoss(0.1).call(equal, equal, zeros([rows], dtype: ScalarType.Int64)));
    }

    [Fact]
    public void Scaling_the_features_changes_nothing()
    {
        var (student, teacher) = (Matrix(Wave(5, 3, 0)), Matrix(Wave(5, 3, 1)));
        var expected = new CmcLoss(0.2).call(student, teacher, null).ToDouble();
        Check.Close(expected, new CmcLoss(0.2).call(student * 40, teacher * 0.01, null));
    }

    [Fact]
    public void Both_modalities_play_the_same_role_in_the_symmetric_form_only()
    {
        var (student, teacher, photos) = (Matrix(SharedStudent), Matrix(SharedTeacher), tensor(SharedPhotos));
        Check.Close(new CmcLoss(0.2).call(student, teacher, photos).ToDouble(), new CmcLoss(0.2).call(teacher, student, photos));

        var oneSided = new CmcLoss(0.2, symmetric: false);
        Assert.NotEqual(oneSided.call(student, teacher, photos).ToDouble(), oneSided.call(teacher, student, photos).ToDouble(), 1e-3);
    }

    [Theory]
    [InlineData(0.1, true), InlineData(0.5, true), InlineData(0.2, false)]
    public void Gradient_matches_finite_differences(double temperature, bool symmetric)
    {
        var (student, teacher) = (Matrix(Wave(4, 3, 0), ScalarType.Float64), Matrix(Wave(4, 3, 1), ScalarType.Float64));
        foreach (var photos in new[] { null, tensor(new long[] { 5, 8, 5, 6 }) })
            Check.GradientMatchesFiniteDifferences(x => new CmcLoss(temperature, symmetric).call(x, teacher, photos), student);
    }

    [Fact]
    public void No_gradient_reaches_the_teacher() =>
        Check.OnlyFirstIsTrained((student, teacher) => new CmcLoss(0.5).call(student, teacher, null), Matrix(Student), Matrix(Teacher));

    [Fact]
    public void Zero_vector_gives_a_finite_value_and_gradient()
    {
        var (loss, zero) = (new CmcLoss(0.5), Matrix([[0, 0], [1, 1], [-1, 2]]));
        Assert.True(double.IsFinite(loss.call(zero, zero, null).ToDouble()));
        Assert.All(Check.Gradient(x => loss.call(x, zero, null), zero), slope => Assert.True(double.IsFinite(slope)));
    }

    [Fact]
    public void Different_batch_sizes_are_refused_with_both_shapes_in_the_message() =>
        Check.Refuses(() => new CmcLoss(0.5).call(zeros(64, 128), zeros(63, 128), null),
            "Expected two [N, D] feature matrices of one shape, got [64, 128] and [63, 128].");

    [Fact]
    public void Photo_ids_of_another_length_or_type_are_refused_with_what_came()
    {
        var (student, teacher) = (Matrix(Student), Matrix(Teacher));
        Check.Refuses(() => new CmcLoss(0.5).call(student, teacher, zeros([2], dtype: ScalarType.Int64)), "[3]", "[3, 2]", "Int64 [2]");
        Check.Refuses(() => new CmcLoss(0.5).call(student, teacher, zeros([3])), "Int64 photo ids", "Float32 [3]");
    }

    [Theory]
    [InlineData(0), InlineData(-0.1)]
    public void Temperature_that_is_not_positive_is_refused(double temperature) =>
        Assert.Equal("temperature", Assert.Throws<ArgumentOutOfRangeException>(() => new CmcLoss(temperature)).ParamName);

    [Fact]
    public void Repeated_calls_leave_no_tensor_behind()
    {
        var (loss, student, teacher) = (new CmcLoss(0.5), Matrix(SharedStudent).requires_grad_(), Matrix(SharedTeacher));
        var photos = tensor(SharedPhotos);
        Check.NothingLeaks(() => loss.call(student, teacher, photos));
        Check.NothingLeaks(() => loss.call(student, teacher, null));
    }
}
