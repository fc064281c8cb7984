using Cmcd.Repro.Results;

namespace Cmcd.Repro.Tests.Results;

public class CellsTests
{
    /// <summary>scipy.stats.t.ppf(0.5 + confidence / 2, degrees), SciPy 1.10, which inverts to about 1e-8.</summary>
    [Theory]
    [InlineData(0.9, 1, 6.313751514800932)]
    [InlineData(0.9, 2, 2.919985580355516)]
    [InlineData(0.9, 3, 2.3533634348018264)]
    [InlineData(0.9, 4, 2.13184678133629)]
    [InlineData(0.9, 9, 1.8331129326536335)]
    [InlineData(0.9, 10, 1.8124611228107335)]
    [InlineData(0.9, 30, 1.6972608943617378)]
    [InlineData(0.9, 101, 1.6600806303931508)]
    [InlineData(0.9, 1000, 1.6463788172854639)]
    [InlineData(0.95, 1, 12.706204736432095)]
    [InlineData(0.95, 2, 4.302652729911275)]
    [InlineData(0.95, 3, 3.182446305284263)]
    [InlineData(0.95, 4, 2.7764451051977987)]
    [InlineData(0.95, 9, 2.2621571627409915)]
    [InlineData(0.95, 10, 2.2281388519649385)]
    [InlineData(0.95, 30, 2.0422724563012373)]
    [InlineData(0.95, 101, 1.983731002885281)]
    [InlineData(0.95, 1000, 1.9623390808264074)]
    [InlineData(0.99, 1, 63.65674116287399)]
    [InlineData(0.99, 2, 9.92484320091807)]
    [InlineData(0.99, 3, 5.84090929975643)]
    [InlineData(0.99, 4, 4.604094871415897)]
    [InlineData(0.99, 9, 3.2498355440153697)]
    [InlineData(0.99, 10, 3.169272667175838)]
    [InlineData(0.99, 30, 2.7499956535670305)]
    [InlineData(0.99, 101, 2.6253859638581507)]
    [InlineData(0.99, 1000, 2.580754698065942)]
    public void Student_t_matches_SciPy(double confidence, int degrees, double expected) =>
        Assert.Equal(expected, StudentT.TwoSided(confidence, degrees), 1e-6);

    [Fact]
    public void Three_values_fold_to_the_closed_form()
    {
        var spread = Cells.Fold([3, 1, 2]);

        Assert.Equal((3, 2.0, 1.0), (spread.Count, spread.Mean, spread.Std));
        var reach = Math.Sqrt(2) * 0.95 / Math.Sqrt(1 - (0.95 * 0.95)) / Math.Sqrt(3);   // t of two degrees of freedom in closed form
        Assert.Equal(2 - reach, spread.Low!.Value, 1e-12);
        Assert.Equal(2 + reach, spread.High!.Value, 1e-12);
    }

    [Fact]
    public void Order_of_runs_does_not_move_the_last_bit() =>
        Assert.Equal(Cells.Fold([0.1, 1e9, 0.3, -7e8]), Cells.Fold([-7e8, 0.3, 1e9, 0.1]));

    [Fact]
    public void One_value_has_no_spread() => Assert.Equal(new Spread(1, 71.5, null, null, null), Cells.Fold([71.5]));

    [Fact]
    public void Equal_values_have_an_interval_of_no_width() => Assert.Equal(new Spread(2, 5, 0, 5, 5), Cells.Fold([5, 5]));

    [Fact]
    public void No_value_and_values_that_are_not_finite_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Cells.Fold([]));
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => Cells.Fold([1, double.NaN])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Difference_is_paired_by_seed_and_names_seeds_without_a_partner()
    {
        var first = new Dictionary<long, double> { [2] = 90, [0] = 11, [1] = 52, [7] = 1 };
        var second = new Dictionary<long, double> { [0] = 10, [1] = 50, [2] = 87, [5] = 1 };

        var difference = PairedDifference.Of(first, second);

        Assert.Equal(Cells.Fold([1, 2, 3]), difference.Difference);   // a steady gain, though the rows themselves scatter by 40
        Assert.Equal([0, 1, 2], difference.Seeds);
        Assert.Equal([5, 7], difference.Unpaired);
    }

    [Fact]
    public void Rows_without_a_common_seed_have_no_difference()
    {
        var difference = PairedDifference.Of(new Dictionary<long, double> { [0] = 1 }, new Dictionary<long, double> { [1] = 1 });

        Assert.Null(difference.Difference);
        Assert.Equal([0, 1], difference.Unpaired);
    }
}
