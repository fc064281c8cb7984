using System.Text.Json;
using System.Text.Json.Serialization;
using Cmcd.Repro.Commands;
using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Tests.Datasets;
using Cmcd.Repro.Tests.Datasets.Mirror;
using Cmcd.Repro.Tests.Experiments;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.EndToEnd;

/// <summary>
/// All sources of the paper tier in small, under their real names in a folder as a user would give to --data, fetched from there by the command, and tier paper itself with
/// narrow networks, small views and one epoch.
/// </summary>
public sealed class PaperMirror : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ScratchFolder _scratch = new();
    private readonly ExperimentFolder _experiments = new();

    public PaperMirror()
    {
        Drop = _scratch.Create("drop");
        SketchyMirror.Write(Path.Combine(Drop, "sketchy"));
        TuBerlinMirror.Write(Path.Combine(Drop, "tu-berlin"), side: 256);
        NyuMirror.Write(Path.Combine(Drop, "nyu-depth-v2"));
        if (Ffmpeg.Folder is not null) VggSoundMirror.Write(Drop);
        foreach (var (name, width) in Widths) SimClrMirror.Write(Path.Combine(Drop, name), width);

        // The program's own catalogue with the mirror's sizes and hashes.
        var catalogue = SourceCatalogue.Read(Path.Combine(DataFolder.Committed, SourceCatalogue.FileName));
        var data = _scratch.Create("data");
        var sources = catalogue.Sources.Where(source => Directory.Exists(Path.Combine(Drop, source.Name))).Select(source => source with { Files = [.. source.Needed.Select(file => Mirrored(source, file))] });
        File.WriteAllText(Path.Combine(data, SourceCatalogue.FileName), JsonSerializer.Serialize(new { about = "A mirror.", sources }, Json));

        _experiments.Edit("Table2.json", "\"cells\": 10", "\"cells\": 2");   // five pairs of NYU-Depth V2 fill no more
        _experiments.Write("tiers/paper.json", Shrunk(_experiments.Read("tiers/paper.json")));
        Folders = new(Repository.Root, _experiments.Path, data, _scratch.File("cache"), _scratch.Create("results"));
    }

    /// <summary>Sources of weights, and the width that stands for each.</summary>
    internal static IReadOnlyList<(string Name, int Width)> Widths { get; } = [("simclr-1x", 4), ("simclr-2x", 6), ("simclr-4x", 8)];

    /// <summary>What a user would name by --data.</summary>
    internal string Drop { get; }

    internal ProjectFolders Folders { get; }

    /// <summary>Brings everything into the store; nothing comes over the network.</summary>
    internal int Fetch() => new FetchCommand(Folders, "all", Drop, Folders.Sources, offline: true, CancellationToken.None).Execute();

    internal RunOptions Options(string table, int seeds = 1) => new(table, "paper", seeds, null, "test", "cpu", 1, null, Folders, "stages");

    public void Dispose()
    {
        _experiments.Dispose();
        _scratch.Dispose();
    }

    private RemoteFile Mirrored(DatasetSource source, RemoteFile file)
    {
        var digest = FileDigest.Of(Path.Combine(Drop, source.Name, file.Name));
        return file with { Checked = new(digest.Bytes, digest.Sha256, digest.Md5, digest.GitBlob), Reported = null, Archive = file.Archive is { } limits ? limits with { Ratio = 1000 } : null };
    }

    /// <summary>Tier paper as it stands, with smaller networks and views and one epoch laid over it.</summary>
    private static string Shrunk(string tier)
    {
        foreach (var ((_, width), real) in Widths.Zip([64, 128, 256])) tier = tier.Replace($"\"{real}\":", $"\"{width}\":", StringComparison.Ordinal);
        const string network = """{ "width": 4 }""";
        const string step = """{ "epochs": 1, "batchSize": 4, "views": { "size": 32 } }""";
        var sizes = $$"""
              "teacher": {{network}}, "student": {{network}},
              "step2": { "simclr": {{step}}, "distill": {{step}} },
              "step3": { "LE": {{step}}, "FT": {{step}} },
              "tables": {
                "Table3": {
                  "columns": { "ResNet50(2x)": { "teacher": { "width": {{Widths[1].Width}} } }, "ResNet50(4x)": { "teacher": { "width": {{Widths[2].Width}} } } }
                }
              },
              "parity": {
            """;
        return tier.Replace("\"parity\": {", sizes, StringComparison.Ordinal);
    }
}
