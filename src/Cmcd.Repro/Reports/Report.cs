using System.Globalization;
using Cmcd.Repro.Results;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Serialization;

namespace Cmcd.Repro.Reports;

/// <summary>One tier's results as a page for people and as a file for machines; both show the same facts.</summary>
public static class Report
{
    /// <summary>The page: one file that opens from disk, without network or script.</summary>
    public const string PageFile = "report.html";

    /// <summary>The facts.</summary>
    public const string FactsFile = "report.json";

    private static readonly string[] PlotNames = [Figure1Plot.Name, GainPlot.Name, GapPlot.Name];

    private static readonly JsonSerializer Serializer = JsonSerializer.Create(new JsonSerializerSettings
    {
        Culture = CultureInfo.InvariantCulture,
        ContractResolver = new DefaultContractResolver { NamingStrategy = new CamelCaseNamingStrategy(processDictionaryKeys: false, overrideSpecifiedNames: false) },
        Converters = { new StringEnumConverter() },
    });

    /// <summary>Writes both files and the plots, each whole; plots of earlier results that these do not feed are removed. Equal input gives equal bytes.</summary>
    /// <param name="input">What is shown.</param>
    /// <param name="folder">Where: a tier's results folder; made when missing.</param>
    /// <exception cref="ReproException">Results and experiment differ in their cells, or a file cannot be written.</exception>
    public static void Write(ReportInput input, string folder)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var facts = Facts.Of(input);
        ResultFile.Replace(Path.Combine(folder, FactsFile), Json(facts));
        ResultFile.Replace(Path.Combine(folder, PageFile), Page.Of(facts).ToString());
        PlotFiles.Write(facts.Plots, PlotNames, facts.Tier, folder);
    }

    /// <summary>What <see cref="Write"/> wrote: page, facts, plots.</summary>
    /// <param name="folder">A tier's results folder.</param>
    internal static IEnumerable<string> FilesIn(string folder) =>
        [Path.Combine(folder, PageFile), Path.Combine(folder, FactsFile), .. PlotNames.SelectMany(name => PlotFiles.Of(name, folder)).Where(File.Exists)];

    private static string Json(ReportFacts facts)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var writer = new JsonTextWriter(text) { Formatting = Formatting.Indented }) Serializer.Serialize(writer, facts);
        return text + "\n";
    }
}
