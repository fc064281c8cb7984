using Cmcd.Repro.Datasets.Sounds;

namespace Cmcd.Repro.Tests.Datasets.Sounds;

public class SpectrogramTests
{
    /// <summary>The sound of make_scipy_spectrogram.py.</summary>
    private static double[] Sound => [.. Enumerable.Range(0, SciPySpectrogram.Length).Select(n => ((((n * n * 31) + (7 * n)) % 2003 / 2003.0) - 0.4) * (n < 700 ? 1 : 1e-4))];

    [Fact]
    public void Log_power_is_SciPys_to_nine_digits() => AreScipys(SciPySpectrogram.LogPower, Spectrogram.LogPower(Sound));

    [Fact]
    public void Standardised_values_are_NumPys_to_nine_digits()
    {
        var values = Spectrogram.LogPower(Sound);
        Assert.Equal(SciPySpectrogram.Mean, values.Average(), tolerance: 1e-9);
        Spectrogram.Standardise(values);
        AreScipys(SciPySpectrogram.Standardised, values);
    }

    [Fact]
    public void Known_values_of_standardisation_come_out()
    {
        double[] values = [1, 2, 3, 6];
        Spectrogram.Standardise(values);
        Assert.Equal([-1.069045, -0.534522, 0, 1.603567], values.Select(value => Math.Round(value, 6)));
    }

    [Fact]
    public void Silence_is_the_floor_and_a_second_has_98_columns()
    {
        Assert.Equal(98, Spectrogram.Columns(16_000));
        Assert.Equal(1004, Spectrogram.Columns(160_000));        // the published loader's ten seconds
        Assert.All(Spectrogram.LogPower(new double[1000]), value => Assert.Equal(-16.118096, value, tolerance: 1e-6));
    }

    [Theory, InlineData(257, 98, 64), InlineData(10, 5, 4), InlineData(8, 8, 4)]
    public void Area_mean_is_that_of_the_values_repeated_to_a_common_multiple(int rows, int columns, int size)
    {
        var values = Enumerable.Range(0, rows * columns).Select(i => (double)(i * i % 101)).ToArray();
        var small = SpectrogramImage.AreaMean(values, rows, columns, size);
        foreach (var (row, column) in new[] { (0, 0), (size / 2, 1), (1, size / 2), (size - 1, size - 1) })
        {
            // Each value becomes size x size points; each area then holds rows x columns of them.
            var sum = 0.0;
            for (var y = row * rows; y < (row + 1) * rows; y++)
                for (var x = column * columns; x < (column + 1) * columns; x++) sum += values[(y / size * columns) + (x / size)];
            Assert.Equal(sum / (rows * columns), small[(row * size) + column], tolerance: 1e-9);
        }
    }

    [Fact]
    public void Four_deviations_span_the_bytes_and_low_frequencies_lie_below()
    {
        const int Side = SpectrogramImage.Side;
        var values = new double[Side * Side];
        (values[0], values[1], values[2], values[^1]) = (-9, -4, 1, 4);
        var image = new byte[Side * Side];
        SpectrogramImage.Write(values, Side, image);

        Assert.Equal([0, 0, 159], image[^Side..][..3].Select(value => (int)value));        // (1 + 4) / 8 · 255 = 159.4
        Assert.Equal(255, image[Side - 1]);
        Assert.Equal(SpectrogramImage.Mean, image[Side * 10]);
    }

    private static void AreScipys(double[][] expected, double[] values)
    {
        for (var row = 0; row < expected.Length; row++)
            for (var column = 0; column < SciPySpectrogram.Columns; column++)
                Assert.Equal(expected[row][column], values[(SciPySpectrogram.Bins[row] * SciPySpectrogram.Columns) + column], tolerance: 2e-9);
    }
}
