// One closed union in one file: a kind of role is read beside its alternative.
using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>What plays a role in a tier. In JSON, <c>kind</c> names which.</summary>
public abstract record RoleSettings;

/// <summary>A dataset.</summary>
/// <param name="Name">The dataset's name in the catalogue.</param>
/// <param name="Limit">At most so many items: unlabelled images, photos of the pairs (with all their sketches) or training images; absent: all.</param>
/// <param name="TestLimit">At most so many test images; absent: all.</param>
[Kind("dataset")]
public sealed record DatasetSettings(string Name, [Range(1, int.MaxValue)] int? Limit, [Range(1, int.MaxValue)] int? TestLimit) : RoleSettings;

/// <summary>Nothing: runs that need the role are listed with the reason instead of being run.</summary>
/// <param name="Reason">Why, as a clause that can follow a colon.</param>
[Kind("unavailable")]
public sealed record UnavailableRole(string Reason) : RoleSettings;
