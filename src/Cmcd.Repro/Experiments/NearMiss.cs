namespace Cmcd.Repro.Experiments;

/// <summary>Finds what a mistyped name probably meant.</summary>
internal static class NearMiss
{
    /// <summary>" Did you mean X?" for the one known name nearest to the given one; empty if none is within a third of its length.</summary>
    public static string Suggestion(string given, IEnumerable<string> known)
    {
        var near = known.Select(name => (Name: name, Distance: Distance(given, name)))
            .Where(candidate => candidate.Distance <= Math.Max(candidate.Name.Length / 3, 1))
            .OrderBy(candidate => candidate.Distance).FirstOrDefault();
        return near.Name is null ? "" : $" Did you mean {near.Name}?";
    }

    // Letters to insert, drop or replace, case left aside (Levenshtein).
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        foreach (var (letter, i) in left.Select((letter, i) => (char.ToUpperInvariant(letter), i)))
        {
            var current = new int[right.Length + 1];
            current[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
                current[j + 1] = Math.Min(Math.Min(current[j], previous[j + 1]) + 1, previous[j] + (letter == char.ToUpperInvariant(right[j]) ? 0 : 1));
            previous = current;
        }

        return previous[^1];
    }
}
