using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.EndToEnd;

/// <summary>What a user can mend ends with code 3, one message and no stack trace, before any work.</summary>
public class BadInputTests
{
    [Theory]
    [InlineData("--tier=giant", "giant")]
    [InlineData("--seeds=0", "--seeds is \"0\". Allowed: a whole number from 1.")]
    [InlineData("--seeds=9", "5 seeds")]
    [InlineData("--init=zero", "--init is \"zero\". Allowed: source, random, both.")]
    [InlineData("--device=tpu", "--device is \"tpu\". Allowed: cpu, cuda.")]
    [InlineData("--precision=fp8", "--precision is \"fp8\". Allowed: fp32, bf16.")]
    [InlineData("--colour=red", "--colour")]
    [InlineData("--data=no-such-folder", "no-such-folder")]
    [InlineData("--device=cuda", "-p:Torch=cuda")]
    public void A_wrong_value_is_refused(string option, string said)
    {
        using var folder = new ScratchFolder();
        string[] tier = option.StartsWith("--tier", StringComparison.Ordinal) ? [] : ["--tier=smoke"];
        var outcome = SmokeRun.Start(["run", "Table1", .. tier, $"--cache={folder.Create("cache")}", $"--results={folder.Create("results")}", option], _ => false);

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains(said, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder.Path, "results"), "*.csv", SearchOption.AllDirectories));
    }

    [Fact]
    public void An_unknown_table_is_refused_with_those_that_exist()
    {
        var outcome = SmokeRun.Start(["run", "Table9"], _ => false);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("Table1", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_that_is_a_file_is_refused_with_the_option_that_moves_it()
    {
        using var folder = new ScratchFolder();
        var file = Path.Combine(folder.Path, "not-a-folder");
        File.WriteAllText(file, "");
        var outcome = SmokeRun.Run(file, folder.Create("results"));

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("--cache", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }
}
