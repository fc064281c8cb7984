using System.Text;

namespace Cmcd.Repro.Datasets.Formats;

/// <summary>Comma-separated text as RFC 4180 has it: quoted fields may hold commas, doubled quotes and line ends.</summary>
internal static class DelimitedText
{
    /// <summary>Its rows; empty lines are left out, a byte order mark is no part of the first field.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="path">Named in messages.</param>
    /// <exception cref="DatasetUnavailableException">A quote is not closed.</exception>
    public static IReadOnlyList<string[]> Rows(string text, string path)
    {
        var (rows, row, field) = (new List<string[]>(), new List<string>(), new StringBuilder());
        var (quoted, line, opened) = (false, 1, 0);
        text = text.TrimStart('\uFEFF');
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == '\n') line++;
            if (quoted)
            {
                if (letter != '"') field.Append(letter);
                else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[++i]);
                else quoted = false;
            }
            else if (letter == '"' && field.Length == 0) (quoted, opened) = (true, line);
            else if (letter == ',') EndField();
            else if (letter == '\n') EndRow();
            else if (letter != '\r' || (i + 1 < text.Length && text[i + 1] != '\n')) field.Append(letter);
        }

        if (quoted) throw new DatasetUnavailableException($"{path}: the quote opened in line {opened} is never closed. Repair the file or get it again.");
        EndRow();
        return rows;

        void EndField()
        {
            row.Add(field.ToString());
            field.Clear();
        }

        void EndRow()
        {
            EndField();
            if (row.Count > 1 || row[0].Length > 0) rows.Add([.. row]);
            row.Clear();
        }
    }
}
