using System.Globalization;
using Cmcd.Repro.Caching;
using Cmcd.Repro.Tests.Infrastructure;
using CsCheck;

namespace Cmcd.Repro.Tests.Caching;

public class StageKeyTests
{
    private enum Shape
    {
        Round,
        Square,
    }

    private abstract record Loss(double Temperature);

    private sealed record Cmc(double Temperature) : Loss(Temperature);

    private sealed record Cmd(double Temperature) : Loss(Temperature);

    private interface IEncoder;

    private sealed record Narrow(int Width) : IEncoder;

    private sealed record Wide(int Width) : IEncoder;

    private sealed record Mixed(
        int Epochs, double Rate, string? Name, bool Flip, Shape Shape, IReadOnlyList<int> Widths, IReadOnlyDictionary<string, double> Weights, Loss Loss);

    private sealed record Hidden(int Seen)
    {
#pragma warning disable CS0414, CA1823, IDE0051, IDE0052 // The point of the test: a field that no property shows.
        private readonly int _unseen = 1;
#pragma warning restore CS0414, CA1823, IDE0051, IDE0052
    }

    private sealed record Computed(int A)
    {
        public int Twice => 2 * A;
    }

    private readonly record struct Pair(int Left, int Right);

    private static readonly Mixed Example = new(
        3, 0.1, null, true, Shape.Square, [8, 16], new Dictionary<string, double> { ["b"] = 1e-7, ["a"] = 2 }, new Cmc(0.07));

    [Fact]
    public void Hashes_are_pinned()
    {
        // Computed by hand from the text's definition. They may change only together with every stored result: then raise "stage-key 1".
        Assert.Equal("3f1a8f15a3d7a867d4abb41d827fd0dab0993d65ff9b9ce20f00e0b2acaaf1f2", StageKey.Of("distill", 1, Example, ("source", "abc"), ("pairs", "def")).Hash);
        Assert.Equal("1f3cde6534d7d0be139f19c326bdf03914bf844e39ccbb9123265d26e9d10bdb", StageKey.Of("pretrain", 2, new { seed = 0L, rate = 0.1f, pair = new Pair(1, 2) }).Hash);
    }

    [Fact]
    public void Settings_are_shown_as_sorted_paths_and_values()
    {
        using var comma = new CommaCulture();

        var lines = StageKey.Of("distill", 1, Example).Settings.Select(pair => $"{pair.Key} = {pair.Value}");

        Assert.Equal(
            [
                "$type = settings", "Epochs = 3", "Flip = true", "Loss = Cmc", "Loss.Temperature = 0.07", "Name = null", "Rate = 0.1", "Shape = Square",
                "Weights = a dictionary of 2", "Weights[a] = 2", "Weights[b] = 1E-07", "Widths = a list of 2", "Widths[0] = 8", "Widths[1] = 16",
            ],
            lines);
    }

    [Fact]
    public void Every_part_changes_the_hash()
    {
        StageKey[] keys =
        [
            StageKey.Of("distill", 1, Example, ("source", "abc")),
            StageKey.Of("distil", 1, Example, ("source", "abc")),
            StageKey.Of("distill", 2, Example, ("source", "abc")),
            StageKey.Of("distill", 1, Example, ("source", "abd")),
            StageKey.Of("distill", 1, Example, ("teacher", "abc")),
            StageKey.Of("distill", 1, Example, ("source", "abc"), ("pairs", "abc")),
            StageKey.Of("distill", 1, Example),
            StageKey.Of("distill", 1, Example with { Epochs = 4 }, ("source", "abc")),
            StageKey.Of("distill", 1, Example with { Rate = Math.BitIncrement(0.1) }, ("source", "abc")),
            StageKey.Of("distill", 1, Example with { Name = "null" }, ("source", "abc")),
            StageKey.Of("distill", 1, Example with { Name = "" }, ("source", "abc")),
            StageKey.Of("distill", 1, Example with { Flip = false }, ("source", "abc")),
            StageKey.Of("distill", 1, Example with { Shape = Shape.Round }, ("source", "abc")),
            StageKey.Of("distill", 1, Example with { Widths = [16, 8] }, ("source", "abc")),
            StageKey.Of("distill", 1, Example with { Widths = [8] }, ("source", "abc")),
            StageKey.Of("distill", 1, Example with { Weights = new Dictionary<string, double>() }, ("source", "abc")),
            StageKey.Of("distill", 1, Example with { Loss = new Cmc(0.08) }, ("source", "abc")),
            StageKey.Of("distill", 1, Example with { Loss = new Cmd(0.07) }, ("source", "abc")),
        ];

        Assert.Equal(keys.Length, keys.Select(key => key.Hash).Distinct().Count());
    }

    [Fact]
    public void Order_culture_and_computed_properties_change_nothing()
    {
        var key = StageKey.Of("a", 1, new { x = 1.5, y = new Computed(2), z = new Dictionary<string, int> { ["p"] = 1, ["q"] = 2 } }, ("m", "1"), ("n", "2"));
        using var comma = new CommaCulture();
        var same = StageKey.Of("a", 1, new { z = new SortedDictionary<string, int> { ["q"] = 2, ["p"] = 1 }, y = new { A = 2 }, x = 1.5 }, ("n", "2"), ("m", "1"));

        Assert.Equal(key, same);
        Assert.Equal(key.Hash[..12], same.Short);
        Assert.Equal("1,5", 1.5.ToString(CultureInfo.CurrentCulture));   // the culture was really another one
    }

    [Fact]
    public void Kinds_with_equal_fields_differ_wherever_they_stand()
    {
        Assert.NotEqual(Key(new Cmc(1)), Key(new Cmd(1)));
        Assert.NotEqual(Key(new { loss = (Loss)new Cmc(1) }), Key(new { loss = (Loss)new Cmd(1) }));
        Assert.NotEqual(Key(new { net = (IEncoder)new Narrow(1) }), Key(new { net = (IEncoder)new Wide(1) }));
        Assert.NotEqual(Key(new { all = new IEncoder[] { new Narrow(1) } }), Key(new { all = new IEncoder[] { new Wide(1) } }));
        Assert.NotEqual(
            Key(new { all = new Dictionary<string, object> { ["a"] = new Narrow(1) } }), Key(new { all = new Dictionary<string, object> { ["a"] = new Wide(1) } }));
    }

    [Fact]
    public void Look_alikes_differ()
    {
        Assert.NotEqual(Key(new { a = 1 }), Key(new { a = "1" }));
        Assert.NotEqual(Key(new { a = 0.1 }), Key(new { a = 0.1f }));
        Assert.NotEqual(Key(new { a = true }), Key(new { a = "true" }));
        Assert.NotEqual(Key(new { a = Shape.Round }), Key(new { a = "Round" }));
        Assert.NotEqual(Key(new { a = Array.Empty<int>() }), Key(new { a = new Dictionary<string, int>() }));
        Assert.NotEqual(Key(new { a = "x\nsetting 1:b\nnumber 1:2" }), Key(new { a = "x", b = 2 }));
        Assert.NotEqual(Map("x].y", 1), Key(new { a = new Dictionary<string, object> { ["x"] = new { y = 1 } } }));
        Assert.NotEqual(StageKey.Of("s", 1, new { }, ("a", "b")), StageKey.Of("s", 1, new { a = "b" }));

        static StageKey Map(string key, int value) => Key(new { a = new Dictionary<string, object> { [key] = value } });
    }

    [Fact]
    public void Random_settings_share_a_hash_exactly_when_they_are_equal()
    {
        var settings = Gen.Select(
            Gen.Int[0, 1], OneOf(0.0, 0.1, 1e300), OneOf("", "a", "]", "\\", null!), Gen.Int[0, 2].Array[0, 3],
            Gen.Dictionary(OneOf("a", "]", "\\]", ".b"), Gen.Int[0, 1])[0, 2]);

        Gen.Select(settings, settings).Sample((one, other) =>
        {
            var equal = one.Item1 == other.Item1 && one.Item2.Equals(other.Item2) && one.Item3 == other.Item3 && one.Item4.SequenceEqual(other.Item4)
                && one.Item5.OrderBy(pair => pair.Key, StringComparer.Ordinal).SequenceEqual(other.Item5.OrderBy(pair => pair.Key, StringComparer.Ordinal));
            return equal == Of(one).Equals(Of(other));
        }, iter: 2000);

        static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

        static StageKey Of((int, double, string, int[], Dictionary<string, int>) s) => Key(new { s.Item1, s.Item2, s.Item3, s.Item4, s.Item5 });
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_has_no_canonical_text_is_refused_with_its_path(object settings, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => Key(settings)).Message, StringComparison.Ordinal);

    public static TheoryData<object, string> Refused => new()
    {
        { "text", "settings" },
        { new List<int>(), "settings" },
        { new { when = DateTime.UnixEpoch }, "when" },
        { new { set = new HashSet<int>() }, "set" },
        { new { inner = new { list = new[] { new Uri("file:///x") } } }, "inner.list[0]" },
        { new { rate = double.NaN }, "rate" },
        { new { lazily = Enumerable.Range(0, 3).Select(i => i) }, "lazily" },
        { new { map = new Dictionary<double, int> { [0.5] = 1 } }, "map" },
        { new Hidden(1), "_unseen" },
    };

    [Theory]
    [InlineData("Stage"), InlineData("a b"), InlineData("../x"), InlineData("quarantine"), InlineData("")]
    public void Stage_name_unfit_for_a_folder_is_refused(string name) => Assert.Throws<ArgumentException>(() => StageKey.Of(name, 1, new { }));

    [Fact]
    public void Input_named_twice_or_empty_is_refused()
    {
        Assert.Throws<ArgumentException>(() => StageKey.Of("a", 1, new { }, ("x", "1"), ("x", "2")));
        Assert.Throws<ArgumentException>(() => StageKey.Of("a", 1, new { }, ("x", "")));
        Assert.Throws<ArgumentOutOfRangeException>(() => StageKey.Of("a", 0, new { }));
    }

    private static StageKey Key(object settings) => StageKey.Of("s", 1, settings);
}
