using System.Globalization;
using System.Text;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Mutations;

/// <summary>Every checker of numbers, tried: each planted fault must turn something red, and say the right thing.</summary>
public class MutationSuiteTests
{
    private static readonly Mutation[] All = [.. TrainingMutations.All, .. ResultMutations.All];

    private static readonly Dictionary<string, (int? ExitCode, string Text)> Outcomes = [];

    private static readonly string Published = Path.Combine(Repository.Root, "tests", "Cmcd.Repro.Tests", "Regression", "mutations.md");

    private static readonly Mutation[] Harmless = [.. ResultMutations.Harmless];

    public static TheoryData<string> HarmlessNames => [.. Harmless.Select(change => change.Name)];

    public static TheoryData<string> Names => [.. All.Select(mutation => mutation.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_planted_fault_turns_the_verdict_red_and_is_named(string name)
    {
        var mutation = All.Single(candidate => candidate.Name == name);
        var (exitCode, text) = OutcomeOf(mutation);

        Assert.Contains(mutation.Says, text, StringComparison.Ordinal);
        Assert.Equal(mutation.ExitCode, exitCode);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(HarmlessNames))]
    public void A_harmless_change_stays_green(string name)
    {
        var (exitCode, text) = OutcomeOf(Harmless.Single(candidate => candidate.Name == name));
        Assert.Equal(0, exitCode);
        Assert.Contains(Harmless.Single(candidate => candidate.Name == name).Says, text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_published_score_is_current()
    {
        var text = Render();
        if (File.Exists(Published) && File.ReadAllText(Published) == text) return;
        var received = Path.ChangeExtension(Published, ".received.md");
        File.WriteAllText(received, text);
        Assert.Fail($"{Published} is not what the suite gives. Look at {received}; if it is right, let it take the other's place.");
    }

    [Fact]
    public void Untouched_results_are_green()
    {
        using var checkout = new ApprovedCheckout();
        var (code, text) = checkout.Verify();
        Assert.Equal(0, code);
        Assert.Contains("6 cells equal to the bit", text, StringComparison.Ordinal);
        Assert.Contains("3 cells without number, as approved; every sentinel on record", text, StringComparison.Ordinal);
        Assert.False(File.Exists(checkout.Received));
    }

    // Exit code and words both as expected: for a fault red with its name, for a harmless change green.
    private static bool Caught(Mutation mutation) =>
        OutcomeOf(mutation) is var (code, text) && code == mutation.ExitCode && text.Contains(mutation.Says, StringComparison.Ordinal);

    private static (int? ExitCode, string Text) OutcomeOf(Mutation mutation) =>
        Outcomes.TryGetValue(mutation.Name, out var known) ? known : Outcomes[mutation.Name] = mutation.Try();

    private static string Render()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Planted faults: {All.Count(Caught)} caught of {All.Length} tried\n\n");
        text.Append("Made by Mutations/MutationSuiteTests, which fails when this page is not current. Exit code: what Verify answers; a stopped run has none of its own.\n\n");
        text.Append("| planted | caught by | exit | said |\n| --- | --- | --- | --- |\n");
        foreach (var mutation in All)
        {
            var says = Caught(mutation) ? mutation.Says.Replace("|", "\\|", StringComparison.Ordinal) : "NOT CAUGHT";
            text.Append(CultureInfo.InvariantCulture, $"| {mutation.Name} | {mutation.CaughtBy} | {mutation.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "run stops"} | {says} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{Harmless.Count(Caught)} of {Harmless.Length} harmless changes stay green: {string.Join("; ", Harmless.Select(change => change.Name))}.\n");
        return text.ToString();
    }
}
