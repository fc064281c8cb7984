using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cmcd.Repro.Reports;

/// <summary>Markup. What an interpolated text is filled with is escaped unless it is markup itself, so nothing read from a file can become an element.</summary>
internal readonly struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>Markup from an interpolated text: <c>Html.Of($"&lt;td&gt;{label}&lt;/td&gt;")</c>.</summary>
    public static Html Of(Builder text) => new(text.Markup);

    /// <summary>One after the other.</summary>
    public static Html Join(params IEnumerable<Html> parts) => new(string.Concat(parts));

    /// <summary>Takes a text as it stands: for what this assembly wrote itself.</summary>
    public static Html Trusted(string markup) => new(markup);

    /// <summary>The markup.</summary>
    public override string ToString() => _markup ?? "";

    /// <summary>What the compiler makes of <c>$"…"</c>.</summary>
    [InterpolatedStringHandler]
    public readonly struct Builder(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

        public string Markup => _text.ToString();

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? text) => _text.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted(Html markup) => _text.Append(markup);

        public void AppendFormatted(IEnumerable<Html> markup) => _text.AppendJoin("", markup);

        public void AppendFormatted(long number) => _text.Append(number.ToString(CultureInfo.InvariantCulture));

        /// <summary>A coordinate of a drawing: a tenth of a pixel is enough.</summary>
        public void AppendFormatted(double coordinate) => _text.Append(coordinate.ToString("0.#", CultureInfo.InvariantCulture));
    }
}
