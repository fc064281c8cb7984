using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Datasets.Download;

public sealed class SourceCatalogueTests : IDisposable
{
    private static readonly SourceCatalogue Committed = SourceCatalogue.Read(Path.Combine(Repository.Experiments, "data", SourceCatalogue.FileName));

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_committed_catalogue_has_every_dataset_of_the_paper_and_the_three_teachers()
    {
        Assert.Equal(["sketchy", "tu-berlin", "nyu-depth-v2", "vggsound", "simclr-1x", "simclr-2x", "simclr-4x"], Committed.Sources.Select(source => source.Name));
        Assert.All(Committed.Sources, source => Assert.True(source.Licence.Length > 0 && source.Citation.Length > 0 && source.ByHand.Length > 0));
    }

    /// <summary>The published figures, once more and by another hand than the file's.</summary>
    [Theory]
    [InlineData("sketchy", "rendered_256x256.7z", null, "6a9dccbd07b48566c4754a7674087657")]
    [InlineData("sketchy", "info-06-04.7z", null, "f99274c883d073b323c87140bef7bdbf")]
    [InlineData("sketchy", "sketches-06-04.7z", null, "87de760bbb9bb689a80f18546ef932f1")]
    [InlineData("tu-berlin", "sketches_png.zip", null, "023123df86a928a5273e3ba11990d8fd")]
    [InlineData("tu-berlin", "sketches_svg.zip", null, "aa7d8ae9c8bf5f5cb6d28cee9741737c")]
    [InlineData("nyu-depth-v2", "nyu_depth_v2_labeled.mat", 2972037809L, "520609c519fba3ba5ac58c8fefcc3530")]
    [InlineData("nyu-depth-v2", "splits.mat", 2626L, "6e081404491a8bfba2f066beaa9713ef6046f9007aa5f799f2a350506a580cee")]
    [InlineData("nyu-depth-v2", "classMapping40.mat", 10474L, "ff177194cce9a2163517f1e1e6f1c64c50987162f542dedddc04bbf6ebe6d851")]
    [InlineData("nyu-depth-v2", "class13Mapping.mat", 408L, "4e79ab24c345896c19abc62476b2c3520f3e2db00f71f868c5027208af48a3de")]
    [InlineData("vggsound", "vggsound.csv", null, "53da0dc492b8a3fadf770f0f175cef1e652c0447")]
    [InlineData("vggsound", "test.csv", 642248L, "0b2215dc3786fbb223aa06a2162491099d89cf080ac31b16bb3a72368fbaa24d")]
    [InlineData("vggsound", "stat.csv", 9204L, "981445307f3b9ebc2b0e65641daaac1359496b7a8f17208348e7fc8e2696b6d5")]
    public void Size_and_hash_are_the_published_ones(string source, string file, long? bytes, string hash)
    {
        var facts = Committed[source].Files.Single(each => each.Name == file).Checked;
        Assert.Equal((bytes, hash), (facts.Bytes, facts.Sha256 ?? facts.Md5 ?? facts.GitBlob));
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones()
    {
        var fault = Assert.Throws<DatasetUnavailableException>(() => Committed["sketch"]);
        Assert.Contains("\"sketch\". Known: sketchy, tu-berlin", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_of_a_file_are_told_at_once()
    {
        var said = FaultOf("""
            {"about": "", "sources": [{"name": "a", "title": "", "home": "http://h", "licence": "", "citation": "", "byHand": "", "files": [
              {"name": "../x", "urls": ["ftp://h/x"], "checked": {"md5": "ABC"}, "atMost": 1},
              {"name": "y", "urls": [], "checked": {}, "archive": {"entries": 0, "bytes": 1, "ratio": 1}},
              {"name": "Y", "urls": ["http://h/y"], "checked": {"bytes": -1}}]}]}
            """);
        foreach (var fault in new[] { "8 faults", "name is \"../x\"", "urls holds \"ftp://h/x\"", "checked.md5 is \"ABC\"", "y: 2 files", "urls is empty", "archive is", "checked.bytes is -1" })
            Assert.Contains(fault, said.Replace("8 faults", "8 faults", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("a/y: neither checked.bytes nor atMost", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"about\": \"\", \"sources\": [], \"mirrors\": []}", "mirrors")]
    [InlineData("{\"about\": \"\"}", "sources")]
    [InlineData("null", "null")]
    [InlineData("<html>", "'<'")]
    public void A_file_of_another_shape_is_refused(string json, string said) => Assert.Contains(said, FaultOf(json), StringComparison.Ordinal);

    private string FaultOf(string json)
    {
        var path = _scratch.File("sources.json");
        File.WriteAllText(path, json);
        return Assert.Throws<DatasetUnavailableException>(() => SourceCatalogue.Read(path)).Message;
    }
}
