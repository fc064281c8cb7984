namespace Cmcd.Repro.Datasets;

/// <summary>Whether a dataset's option has a value that makes sense.</summary>
internal static class OptionCheck
{
    /// <exception cref="DatasetUnavailableException">It has not.</exception>
    public static void Require(bool holds, string dataset, string option, object found, string allowed)
    {
        if (!holds) throw new DatasetUnavailableException($"{dataset}: option {option} is {found}. Allowed: {allowed}. Change it in the tier.");
    }

    /// <summary>A side of 1 to 4096 pixels.</summary>
    /// <exception cref="DatasetUnavailableException">It is not.</exception>
    public static void RequireSide(string dataset, int side) => Require(side is >= 1 and <= 4096, dataset, "Side", side, "1 to 4096 pixels");

    /// <summary>A seed of the counter generator.</summary>
    /// <exception cref="DatasetUnavailableException">It is not.</exception>
    public static void RequireSeed(string dataset, long seed) => Require(seed is >= 0 and <= uint.MaxValue, dataset, "SplitSeed", seed, $"0 to {uint.MaxValue}");

    /// <summary>A named value of an enum, not a bare number.</summary>
    /// <exception cref="DatasetUnavailableException">It is not.</exception>
    public static void RequireNamed(string dataset, string option, Enum value) =>
        Require(Enum.IsDefined(value.GetType(), value), dataset, option, value, string.Join(", ", Enum.GetNames(value.GetType())));
}
