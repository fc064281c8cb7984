using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>Collects everything that is wrong with a set of files; a fault met twice through two steps is told once.</summary>
internal sealed class Faults
{
    private readonly List<string> _messages = [];

    /// <summary>How many faults were met, repeated ones included: a change means that what was just read cannot be used.</summary>
    public int Met { get; private set; }

    /// <summary>A fault already told stands in the way once more.</summary>
    public void MeetAgain() => Met++;

    /// <param name="message">Where, what was found, what is expected.</param>
    public void Add(string message)
    {
        Met++;
        if (!_messages.Contains(message)) _messages.Add(message);
    }

    /// <summary>A value that stands in a file but is not legal there.</summary>
    /// <param name="found">The value.</param>
    /// <param name="expected">A sentence.</param>
    public void Add(JToken found, string expected) => Add($"{Origin.Of(found)} is {Show(found)}. {expected}");

    /// <exception cref="ExperimentException">There is a fault.</exception>
    public void ThrowIfAny()
    {
        if (_messages.Count > 0) throw new ExperimentException(_messages);
    }

    private static string Show(JToken token) => token switch
    {
        JObject => "an object",
        JArray => "a list",
        _ => token.ToString(Formatting.None),
    };
}
