using System.Globalization;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Spectre.Console;

namespace Cmcd.Repro.Commands;

/// <summary>The table in the paper's layout, ours beside the printed value, and what the two may not be taken for.</summary>
internal static class TablePrinter
{
    public static void Print(TableExperiment experiment, IReadOnlyList<CellRow> cells, IReadOnlyList<RunRow> rows)
    {
        Write(
            $"{experiment.Id}, tier {experiment.Tier.Name}: ours ± std{(experiment.Unprinted is null ? " (printed)" : "")}", [""], experiment.Columns,
            [.. experiment.Rows.Select(row => ((string[])[row.Label], experiment.Columns.Select(column => Text(cells.Single(cell => cell.Row == row.Id && cell.Column == column.Id))).ToArray()))]);
        foreach (var reason in cells.Where(cell => cell.Mean is null).Select(cell => $"{cell.Column}: {cell.Verdict}, {cell.Reason}").Distinct()) Console.WriteLine(reason);
        if (experiment.Tier.StandsIn)
            Console.WriteLine($"These are {experiment.Tier.Name} numbers: {experiment.Tier.About} They stand in for the paper's data and are not the paper's numbers; every cell is NOT_TESTED{(experiment.Unprinted is null ? " against the printed value" : $": {experiment.Unprinted}")}.");
        else
            foreach (var cell in cells.Where(cell => cell.Mean is not null)) Console.WriteLine($"{cell.Cell}: {cell.Verdict}, {cell.Reason}");
        PrintContrasts(experiment, rows);
    }

    private static string Text(CellRow cell)
    {
        var printed = cell.PaperValue is { } value ? $" [grey]({value:F2})[/]" : "";
        if (cell.Mean is not { } mean) return $"[yellow]{cell.Verdict}[/]{printed}";
        return (cell.Std is { } std ? $"{mean:F2} ± {std:F2}" : $"{mean:F2}") + printed;
    }

    /// <summary>CMD and CMC against every other method of the same protocol, paired by seed.</summary>
    private static void PrintContrasts(TableExperiment experiment, IReadOnlyList<RunRow> rows)
    {
        if (rows.Select(row => row.Seed).Distinct().Count() < 2)
        {
            Console.WriteLine("One seed has no interval: --seeds=3 or more compares the methods.");
            return;
        }

        var contrasts = experiment.Contrasts.ToArray();
        if (contrasts.Length == 0) return;

        Write(
            "Difference in points, paired by seed: mean [[95 % t interval]]", ["", "against"], experiment.Columns,
            [.. contrasts.Select(contrast => ((string[])[contrast.Ours.Label, contrast.Other.Label], experiment.Columns.Select(column => Difference(contrast.Ours, contrast.Other, column)).ToArray()))]);

        string Difference(RowSettings ours, RowSettings other, ColumnSettings column) =>
            PairedDifference.Of(Values(ours.Id, column.Id), Values(other.Id, column.Id)).Difference is { } spread
                ? string.Create(CultureInfo.InvariantCulture, $"{spread.Mean:+0.00;-0.00} [[{spread.Low:+0.00;-0.00}, {spread.High:+0.00;-0.00}]]")
                : "";

        // Runs are listed with the table's own init first.
        Dictionary<long, double> Values(string row, string column) => rows
            .Where(run => run.Row == row && run.Column == column)
            .GroupBy(run => run.Seed)
            .ToDictionary(group => group.Key, group => group.First().Value);
    }

    /// <summary>As many columns side by side as the console holds; the others below, with the row names again.</summary>
    private static void Write(string title, string[] leading, IReadOnlyList<ColumnSettings> columns, IReadOnlyList<(string[] Names, string[] Cells)> rows)
    {
        const int Frame = 3;   // a line and two blanks
        var names = rows.Max(row => row.Names.Sum(name => name.Length + Frame)) + 1;
        var cell = Frame + Math.Max(columns.Max(column => column.Label.Length), rows.Max(row => row.Cells.Max(text => Markup.Remove(text).Length)));
        var start = 0;
        foreach (var block in columns.Chunk(Math.Max(1, (AnsiConsole.Profile.Width - names) / cell)))
        {
            var table = new Table().Title(title).AddColumns(leading);
            foreach (var column in block) table.AddColumn(new TableColumn(Markup.Escape(column.Label)).RightAligned());
            foreach (var row in rows) table.AddRow([.. row.Names.Select(Markup.Escape), .. row.Cells.Skip(start).Take(block.Length)]);
            AnsiConsole.Write(table);
            start += block.Length;
        }
    }
}
