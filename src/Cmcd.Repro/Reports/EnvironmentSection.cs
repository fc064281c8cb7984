using Cmcd.Repro.Results;

namespace Cmcd.Repro.Reports;

/// <summary>What the numbers were measured with.</summary>
internal static class EnvironmentSection
{
    public static Html Of(ReportFacts facts) => Html.Of($"""
        <section id="environment" aria-labelledby="environment-title">
        <h2 id="environment-title">Environment</h2>
        <div class="scroll" role="region" aria-labelledby="environment-caption" tabindex="0"><table class="plain">
        <caption id="environment-caption">Program, libraries and machine</caption>
        <thead><tr><td></td>{facts.Tables.Select(table => Html.Of($"<th scope=\"col\">{table.Id}</th>"))}</tr></thead>
        <tbody>
        {Row(facts, "code", environment => environment.Code)}{Row(facts, "runtime", environment => environment.Runtime)}{Row(facts, "operating system", environment => environment.OperatingSystem)}
        {Row(facts, "processor", environment => $"{environment.Cpu}, {Text.Count(environment.Cores, "core")}")}{Row(facts, "device", environment => environment.Device)}
        {Row(facts, "threads", environment => Text.Count(environment.Threads, "thread"))}
        {facts.Tables.SelectMany(table => table.Environment.Packages.Keys).Distinct().Order(StringComparer.Ordinal).Select(package => Row(facts, package, environment => environment.Packages.GetValueOrDefault(package, "–")))}
        </tbody></table></div>
        <div class="scroll" role="region" aria-labelledby="datasets-caption" tabindex="0"><table class="plain">
        <caption id="datasets-caption">Data sets by content hash (SHA-256)</caption>
        <thead><tr><th scope="col">table</th><th scope="col">role</th><th scope="col">hash</th></tr></thead>
        <tbody>
        {facts.Tables.SelectMany(table => table.Datasets.OrderBy(set => set.Key, StringComparer.Ordinal).Select(set => Html.Of($"<tr><td>{table.Id}</td><th scope=\"row\">{set.Key}</th><td><code>{set.Value}</code></td></tr>\n")))}</tbody></table></div>
        </section>

        """);

    private static Html Row(ReportFacts facts, string name, Func<RunEnvironment, string> value) =>
        Html.Of($"<tr><th scope=\"row\">{name}</th>{facts.Tables.Select(table => Html.Of($"<td>{value(table.Environment)}</td>"))}</tr>");
}
