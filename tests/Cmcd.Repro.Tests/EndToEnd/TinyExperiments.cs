using Cmcd.Repro.Tests.Experiments;

namespace Cmcd.Repro.Tests.EndToEnd;

/// <summary>An experiments folder whose four experiments take seconds: two tables that share a cell, one that diverges, one derived from another.</summary>
internal sealed class TinyExperiments : IDisposable
{
    private const string Network = """{ "architecture": "ResNet18", "width": 4, "stem": "SmallStrided", "inputChannels": 1, "precision": "Fp32", "samePaddedPool": false }""";
    private const string Cmc = """{ "id": "CMC+LE", "label": "CMC", "method": "CMC", "step2": { "kind": "distill", "recipe": "distill", "loss": { "kind": "cmc", "temperature": 0.07, "symmetric": true, "multiPositive": true } } }""";
    private const string Ssl = """{ "id": "SSL+LE", "label": "SSL", "method": "SSL", "step2": { "kind": "simclr", "init": "Random", "recipe": "simclr" } }""";

    private readonly ExperimentFolder _folder = new();

    public TinyExperiments()
    {
        foreach (var file in Directory.EnumerateFiles(Path, "*.json").Concat(Directory.EnumerateFiles(System.IO.Path.Combine(Path, "tiers"))).ToArray()) File.Delete(file);
        _folder.Write("tiers/tiny.json", """
            {
              "name": "tiny", "about": "For a test.", "standsIn": true,
              "roles": {
                "imagenet": { "kind": "dataset", "name": "fashion-sketch", "limit": 64 },
                "sketchy-pairs": { "kind": "dataset", "name": "fashion-sketch", "limit": 40 },
                "sketchy-eval": { "kind": "dataset", "name": "fashion-sketch", "limit": 64, "testLimit": 50 }
              },
              "step1": { "epochs": 1, "batchSize": 32, "views": { "size": 32, "blurProbability": 0 } },
              "step2": { "simclr": { "epochs": 1, "batchSize": 32, "views": { "size": 32, "blurProbability": 0 } }, "distill": { "epochs": 1, "batchSize": 32, "views": { "size": 32, "blurProbability": 0 } } },
              "step3": { "LE": { "epochs": 20, "batchSize": 32, "views": { "size": 32 } } }
            }
            """);
        Table("Big", Ssl, Cmc);
        Table("Small", Cmc);
        Table("Sick", Cmc.Replace("\"loss\"", "\"learningRate\": 1e38, \"epochs\": 3, \"loss\"", StringComparison.Ordinal));
        _folder.Write("paper/gains.csv", "quantity,Sketchy\ngain,5.00\n");
        _folder.Write("Gains.json", """
            {
              "id": "Gains", "about": "For a test.", "paper": { "arxiv": "0", "table": 2, "section": "0" }, "cost": { "tiny": "seconds" }, "printed": "paper/gains.csv", "from": "Big",
              "rows": [{ "id": "gain", "label": "gain", "kind": "gain", "of": "CMC+LE", "over": "SSL+LE" }]
            }
            """);
    }

    public string Path => _folder.Path;

    public ExperimentFolder Folder => _folder;

    public void Dispose() => _folder.Dispose();

    private void Table(string id, params string[] rows) => _folder.Write($"{id}.json", $$"""
        {
          "id": "{{id}}", "about": "For a test.", "cost": { "tiny": "seconds" }, "unprinted": "it is made for a test", "seeds": [0], "inits": ["Source"],
          "modalities": "image-sketch", "task": "recognition", "metric": "top1", "unit": "percent", "source": "imagenet", "pairs": "sketchy-pairs", "downstream": "sketchy-eval",
          "teacher": {{Network}}, "student": {{Network}}, "step1": { "recipe": "simclr" }, "step3": { "recipe": "linear-evaluation", "learningRate": 0.05 },
          "columns": [{ "id": "Sketchy", "label": "Sketchy" }],
          "rows": [{{string.Join(", ", rows)}}]
        }
        """);
}
