using Cmcd.Repro.Results;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Results;

public sealed class ManifestTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Written_manifest_is_sorted_and_the_same_under_any_culture()
    {
        using var comma = new CommaCulture();
        var environment = new RunEnvironment("0.1.0+abc", ".NET 10.0.0", "Debian 12", "A CPU", 2, 1, "cpu", new Dictionary<string, string> { ["TorchSharp"] = "0.107.0" });
        var manifest = new Manifest(
            "Table1", "mini", environment, new { Tau = 0.07, Kind = Verdict.STALE, List = new[] { 2, 1 } }, ["Source"], new Dictionary<string, string> { ["Zoo"] = "2", ["bar"] = "1" },
            [
                new("pretrain teacher", "pretrain", 1, "k1", [], "cached", 2.5, [], new Dictionary<string, string>()),
                new("distill CMC", "distill", 2, "k2", ["k1"], "changed: Tau was 0.1, is 0.07", 1000, [2.5, 0.1], new Dictionary<string, string> { ["teacher frozen"] = "ok" }),
            ],
            3,
            12.25);

        manifest.Write(_scratch.File("manifest.json"));

        Assert.Equal(
            """
            {
              "datasets": {
                "Zoo": "2",
                "bar": "1"
              },
              "environment": {
                "code": "0.1.0+abc",
                "cores": 2,
                "cpu": "A CPU",
                "device": "cpu",
                "operatingSystem": "Debian 12",
                "packages": {
                  "TorchSharp": "0.107.0"
                },
                "runtime": ".NET 10.0.0",
                "threads": 1
              },
              "inits": [
                "Source"
              ],
              "schema": "cmcd-repro-results/1",
              "settings": {
                "kind": "STALE",
                "list": [
                  2,
                  1
                ],
                "tau": 0.07
              },
              "stages": [
                {
                  "epochLosses": [],
                  "key": "k1",
                  "kind": "pretrain",
                  "parents": [],
                  "reason": "cached",
                  "seconds": 2.5,
                  "sentinels": {},
                  "stage": "pretrain teacher",
                  "version": 1
                },
                {
                  "epochLosses": [
                    2.5,
                    0.1
                  ],
                  "key": "k2",
                  "kind": "distill",
                  "parents": [
                    "k1"
                  ],
                  "reason": "changed: Tau was 0.1, is 0.07",
                  "seconds": 1000.0,
                  "sentinels": {
                    "teacher frozen": "ok"
                  },
                  "stage": "distill CMC",
                  "version": 2
                }
              ],
              "table": "Table1",
              "tier": "mini",
              "totals": {
                "cachedStages": 1,
                "runs": 3,
                "seconds": 12.25,
                "stages": 2
              }
            }

            """,
            File.ReadAllText(_scratch.File("manifest.json")));

        var read = Manifest.Read(_scratch.File("manifest.json"));
        Assert.Equal((manifest.Table, manifest.Tier, 3, 12.25), (read.Table, read.Tier, read.Runs, read.Seconds));
        Assert.Equal(["Source"], read.Inits);
        Assert.Equal([2.5, 0.1], read.Stages[1].EpochLosses);
        Assert.Equal(manifest.Environment.Packages, read.Environment.Packages);
        read.Write(_scratch.File("again.json"));
        Assert.Equal(File.ReadAllText(_scratch.File("manifest.json")), File.ReadAllText(_scratch.File("again.json")));
    }

    [Theory]
    [InlineData("\"tier\": \"mini\"", "\"scale\": \"mini\"", "scale")]
    [InlineData("\"version\": 2", "\"version\": \"two\"", "version")]
    [InlineData("\"kind\": \"distill\",", "", "kind")]
    [InlineData("  \"schema\": \"cmcd-repro-results/1\",\n", "", "schema is missing, expected \"cmcd-repro-results/1\"")]
    [InlineData("cmcd-repro-results/1", "cmcd-repro-results/2", "schema is \"cmcd-repro-results/2\", expected")]
    [InlineData("\"cmcd-repro-results/1\"", "1", "schema is 1, expected")]
    public void A_manifest_of_another_version_is_refused_by_name(string found, string instead, string named)
    {
        Written_manifest_is_sorted_and_the_same_under_any_culture();
        var file = _scratch.File("manifest.json");
        var text = File.ReadAllText(file);
        Assert.Contains(found, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(found, instead, StringComparison.Ordinal));

        var fault = Assert.Throws<ReproException>(() => Manifest.Read(file)).Message;
        Assert.StartsWith(file, fault, StringComparison.Ordinal);
        Assert.Contains(named, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Processors_of_one_name_are_told_apart_by_family_and_model()
    {
        Assert.Equal("AMD EPYC, family 26 model 2", RunEnvironment.CpuModel(["processor\t: 0", "cpu family\t: 26", "model\t\t: 2", "model name\t: AMD EPYC", "", "processor\t: 1", "model\t\t: 3"]));
        Assert.Equal("A name: with colon", RunEnvironment.CpuModel(["model name\t: A name: with colon"]));
        Assert.Null(RunEnvironment.CpuModel(["processor\t: 0", "BogoMIPS\t: 50.00"]));
    }

    [Fact]
    public void Environment_names_program_and_machine_type_but_no_path()
    {
        var environment = RunEnvironment.Read(2, "cpu", new Dictionary<string, string> { ["xunit"] = RunEnvironment.VersionOf(typeof(FactAttribute).Assembly) });

        Assert.StartsWith("0.1.0", environment.Code, StringComparison.Ordinal);
        Assert.StartsWith(".NET 10", environment.Runtime, StringComparison.Ordinal);
        Assert.NotEmpty(environment.Cpu);
        Assert.Equal((Environment.ProcessorCount, 2, "cpu"), (environment.Cores, environment.Threads, environment.Device));
        Assert.StartsWith("2.9", environment.Packages["xunit"], StringComparison.Ordinal);
        Assert.DoesNotContain(AppContext.BaseDirectory, environment.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "/", environment.ToString(), StringComparison.Ordinal);
    }
}
