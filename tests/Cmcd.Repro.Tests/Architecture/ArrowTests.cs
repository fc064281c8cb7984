using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

// Not the folder's name: "Architecture" is an enum that other tests write unqualified.
namespace Cmcd.Repro.Tests.ArchitectureRules;

/// <summary>Holds the table of arrows in src/Cmcd.Repro/README.md.</summary>
public class ArrowTests
{
    private const string Home = "Cmcd.Repro";

    private static readonly ArchUnitNET.Domain.Architecture Program =
        new ArchLoader().LoadAssemblies(typeof(ReproException).Assembly).Build();

    /// <summary>Room → rooms it may use. Every room may use Randomness and the root (ReproException).</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Randomness"] = [],
        ["Runtime"] = [],
        ["Augmentations"] = [],
        ["Models"] = [],
        ["Losses"] = [],
        ["Optimizers"] = [],
        ["Metrics"] = [],
        ["Datasets"] = ["Caching"],
        ["Caching"] = [],
        ["Experiments"] = [],
        ["Results"] = ["Metrics"],
        ["Verdicts"] = ["Experiments", "Results"],
        ["Reports"] = ["Experiments", "Results", "Verdicts"],
        ["Theory"] = ["Models", "Losses", "Optimizers", "Metrics", "Caching", "Experiments"],
        ["Pipeline"] = ["Augmentations", "Models", "Losses", "Optimizers", "Metrics", "Datasets", "Caching", "Experiments", "Theory"],
        ["Commands"] = ["Augmentations", "Models", "Losses", "Optimizers", "Metrics", "Datasets", "Caching", "Experiments", "Results", "Verdicts", "Reports", "Theory", "Pipeline", "Runtime"],
    };

    public static TheoryData<string> Rooms => [.. Arrows.Keys];

    [Fact]
    public void Every_room_of_the_program_stands_in_the_table() =>
        Assert.Equal(Arrows.Keys.Order(), Program.Types.Select(RoomOf).OfType<string>().Where(room => room.Length > 0).Distinct().Order());

    [Theory, MemberData(nameof(Rooms))]
    public void A_room_uses_only_the_rooms_it_may(string room)
    {
        string[] allowed = [room, "Randomness", "", .. Arrows[room]];
        var breaches =
            from type in Program.Types.Where(type => RoomOf(type) == room)
            from used in type.Dependencies.Select(dependency => dependency.Target)
            let other = RoomOf(used)
            where other is not null && !allowed.Contains(other)
            select $"{type.FullName} uses {used.FullName}";

        Assert.Empty(breaches.Distinct());
    }

    [Theory]
    [InlineData("TorchSharp", "Augmentations", "Models", "Losses", "Optimizers", "Metrics", "Datasets", "Theory", "Pipeline", "Runtime", "Commands")]
    [InlineData("Newtonsoft.Json", "Experiments", "Results", "Reports", "Datasets")]
    [InlineData("CsvHelper", "Results", "Datasets")]
    [InlineData("MathNet.Numerics", "Verdicts")]
    [InlineData("Markdig", "Reports")]
    [InlineData("PureHDF", "Datasets")]
    [InlineData("SharpCompress", "Datasets")]
    [InlineData("FFMpegCore", "Datasets")]
    [InlineData("Spectre.Console", "Commands")]
    [InlineData("System.Console", "Commands")]
    public void A_library_is_used_only_where_it_belongs(string library, params string[] rooms)
    {
        var breaches =
            from type in Program.Types.Where(type => RoomOf(type) is { } room && !rooms.Contains(room))
            from used in type.Dependencies.Select(dependency => dependency.Target)
            where used.FullName == library || used.FullName.StartsWith(library + ".", StringComparison.Ordinal)
            select $"{type.FullName} uses {used.FullName}";

        Assert.Empty(breaches.Distinct());
    }

    [Fact]
    public void The_network_is_used_only_where_data_is_downloaded()
    {
        var breaches =
            from type in Program.Types.Where(type => RoomOf(type) is not null && type.Namespace.FullName != "Cmcd.Repro.Datasets.Download")
            from used in type.Dependencies.Select(dependency => dependency.Target)
            where used.FullName.StartsWith("System.Net.Http.", StringComparison.Ordinal) || used.FullName.StartsWith("System.Net.Sockets.", StringComparison.Ordinal)
            select $"{type.FullName} uses {used.FullName}";

        Assert.Empty(breaches.Distinct());
    }

    /// <summary>The room of a type: "" for the root namespace, null for foreign types.</summary>
    private static string? RoomOf(IType type)
    {
        var space = type.Namespace?.FullName ?? "";
        if (space == Home) return "";
        return space.StartsWith(Home + ".", StringComparison.Ordinal) ? space[(Home.Length + 1)..].Split('.')[0] : null;
    }
}
