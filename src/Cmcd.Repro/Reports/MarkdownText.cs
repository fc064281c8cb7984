using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cmcd.Repro.Reports;

/// <summary>The project's Markdown files within the page.</summary>
internal static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <summary>Headings one level deeper, below the page's own; HTML escaped; links and pictures as their text, for a page in another folder cannot follow them.</summary>
    /// <param name="markdown">The file.</param>
    /// <param name="name">What it is called on the page; names its tables.</param>
    public static Html Of(string markdown, string name)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>()) heading.Level = Math.Min(6, heading.Level + 1);
        foreach (var link in document.Descendants<LinkInline>().ToArray()) link.ReplaceBy(new ContainerInline());
        foreach (var link in document.Descendants<AutolinkInline>().ToArray()) link.ReplaceBy(new LiteralInline(link.Url));
        var parts = document.ToHtml(Pipeline)
            .Replace("<th></th>", "<td></td>", StringComparison.Ordinal)
            .Replace("<th>", "<th scope=\"col\">", StringComparison.Ordinal)
            .Replace("</table>", "</table></div>", StringComparison.Ordinal)
            .Split("<table>");
        return Html.Join(parts.Select((part, i) => i == 0 ? Html.Trusted(part)
            : Html.Of($"<div class=\"scroll\" role=\"region\" aria-label=\"{name}, table {i}\" tabindex=\"0\"><table>{Html.Trusted(part)}")));
    }
}
