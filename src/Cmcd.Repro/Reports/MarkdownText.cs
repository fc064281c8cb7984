using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cmcd.Repro.Reports;

/// <summary>The project's Markdown files within the page.</summary>
internal static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <summary>Headings one level deeper, below the page's own; HTML escaped; links and pictures as their text, for a page in another folder cannot follow them.</summary>
    public static Html Of(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>()) heading.Level = Math.Min(6, heading.Level + 1);
        foreach (var link in document.Descendants<LinkInline>().ToArray()) link.ReplaceBy(new ContainerInline());
        foreach (var link in document.Descendants<AutolinkInline>().ToArray()) link.ReplaceBy(new LiteralInline(link.Url));
        return Html.Trusted(document.ToHtml(Pipeline)
            .Replace("<table>", "<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table>", StringComparison.Ordinal)
            .Replace("</table>", "</table></div>", StringComparison.Ordinal)
            .Replace("<th>", "<th scope=\"col\">", StringComparison.Ordinal)
            .Replace("<th></th>", "<td></td>", StringComparison.Ordinal));
    }
}
