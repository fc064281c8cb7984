// One closed union in one file: a kind of role is read beside its alternative.
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Cmcd.Repro.Experiments;

/// <summary>What plays a role in a tier. In JSON, <c>kind</c> names which.</summary>
public abstract record RoleSettings;

/// <summary>A dataset.</summary>
/// <param name="Name">The dataset's name in the catalogue.</param>
/// <param name="Limit">At most so many items: unlabelled images, photos of the pairs (with all their sketches) or training images; absent: all.</param>
/// <param name="TestLimit">At most so many test images; absent: all.</param>
/// <param name="Options">Choices that the dataset leaves open, by their names; absent: its defaults. The dataset judges them when it is opened.</param>
[Kind("dataset")]
public sealed record DatasetSettings(
    string Name, [Range(1, int.MaxValue)] int? Limit, [Range(1, int.MaxValue)] int? TestLimit, IReadOnlyDictionary<string, string>? Options = null) : RoleSettings;

/// <summary>Published weights in the place of source data: the teacher is imported, step 1 is not run.</summary>
/// <param name="ByWidth">By the teacher's width in channels: a source of experiments/data/sources.json, or the path of a weight file.</param>
[Kind("weights")]
public sealed record WeightsSettings(IReadOnlyDictionary<string, string> ByWidth) : RoleSettings
{
    /// <summary>By width, why these weights cannot be had on this machine; not part of a file.</summary>
    public IReadOnlyDictionary<string, string> Missing { get; init; } = new Dictionary<string, string>();

    /// <summary>A network's key in <see cref="ByWidth"/>.</summary>
    public static string Key(EncoderSettings teacher)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        return teacher.Width.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Nothing: runs that need the role are listed with the reason instead of being run.</summary>
/// <param name="Reason">Why, as a clause that can follow a colon.</param>
[Kind("unavailable")]
public sealed record UnavailableRole(string Reason) : RoleSettings;
