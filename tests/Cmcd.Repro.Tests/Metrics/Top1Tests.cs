using Cmcd.Repro.Metrics;

namespace Cmcd.Repro.Tests.Metrics;

public class Top1Tests
{
    [Theory]
    [InlineData(new[] { 3, 1, 2, 2 }, new[] { 3, 0, 2, 1 }, 50.0)]
    [InlineData(new[] { 5, 5, 5 }, new[] { 5, 5, 5 }, 100.0)]
    [InlineData(new[] { 0 }, new[] { 1 }, 0.0)]
    [InlineData(new[] { 1, 0, 0 }, new[] { 1, 1, 1 }, 100.0 / 3)]
    public void Accuracy_is_the_percentage_of_equal_classes(int[] predicted, int[] labels, double expected) =>
        Assert.Equal(expected, Top1.Accuracy(predicted, labels), 12);

    [Fact]
    public void No_items_are_refused() => Assert.Throws<ArgumentException>(() => Top1.Accuracy([], []));

    [Fact]
    public void Different_lengths_are_refused_with_both_in_the_message()
    {
        var message = Assert.Throws<ArgumentException>(() => Top1.Accuracy([1, 2], [1, 2, 3])).Message;
        Assert.Contains("2 predictions", message);
        Assert.Contains("3 labels", message);
    }
}
