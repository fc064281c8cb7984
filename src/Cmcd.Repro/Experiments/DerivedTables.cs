using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Experiments;

/// <summary>From a derived table's file and the table it is made from to an experiment whose cells are that table's own, so that the very runs are shared.</summary>
internal static class DerivedTables
{
    private const string From = "from";

    /// <summary>The file is one of a derived table.</summary>
    public static bool IsDerived(JObject file) => file.ContainsKey(From);

    /// <summary>Checks the file against the other table and puts the two together.</summary>
    /// <param name="file">The file.</param>
    /// <param name="read">The same, read without faults.</param>
    /// <param name="source">The table it names.</param>
    /// <param name="printed">The paper's numbers.</param>
    /// <param name="faults">Where faults are collected.</param>
    public static TableExperiment Put(JObject file, DerivedFile read, TableExperiment source, IReadOnlyDictionary<(string Row, string Column), double>? printed, Faults faults)
    {
        Check(file, read, source, faults);
        faults.ThrowIfAny();
        var cells = (from row in read.Rows
                     from column in source.Columns
                     select (Key: (row.Id, column.Id), Cell: CellOf(row, column.Id, source))).ToDictionary(cell => cell.Key, cell => cell.Cell);
        var table = new TableFile(
            read.Id, read.About, read.Paper, read.Cost, read.Printed, null, source.Seeds, source.Inits, null, CellPart.None,
            [.. source.Columns.Select(column => new TablePart(column.Id, column.Label, CellPart.None))], [.. read.Rows.Select(row => new TablePart(row.Id, row.Label, CellPart.None))]);
        return new(table, cells, source.Tier, printed);
    }

    private static CellSettings CellOf(DerivedRow row, string column, TableExperiment source)
    {
        if (row is DerivedGain gain)
        {
            var (of, over) = (source.Cell(gain.Of, column), source.Cell(gain.Over, column));
            return of with { Metric = of.Metric + CellSettings.GainSuffix, Unit = "points", Over = over };
        }

        var distance = (DerivedDistance)row;
        var encoder = source.Cell(distance.Encoder, column);
        var measure = new MeasureSettings(distance.Items, encoder.Step3.Views.Size, distance.Estimators);
        return encoder with
        {
            Metric = CellSettings.DistancePrefix + distance.Estimator,
            Unit = "1",
            Distance = new(measure, distance.Estimator, distance.Unpaired.Contains(column)),
        };
    }

    private static void Check(JObject file, DerivedFile read, TableExperiment source, Faults faults)
    {
        string[] rows = [.. source.Rows.Select(row => row.Id)], columns = [.. source.Columns.Select(column => column.Id)];
        foreach (var (i, row) in read.Rows.Index())
        {
            foreach (var (field, name) in row.Needs.Where(needed => !rows.Contains(needed.Row)))
                faults.Add(file["rows"]![i]![field]!, $"{SettingsReader.Known("row", rows)}{NearMiss.Suggestion(name, rows)}");
            if (row is not DerivedDistance distance) continue;

            foreach (var (k, column) in distance.Unpaired.Index().Where(named => !columns.Contains(named.Item)))
                faults.Add(file["rows"]![i]!["unpaired"]![k]!, $"{SettingsReader.Known("column", columns)}{NearMiss.Suggestion(column, columns)}");
            if (rows.Contains(distance.Encoder) && columns.Any(column => source.Cell(distance.Encoder, column).Step2 is NoStep2))
                faults.Add(file["rows"]![i]!["encoder"]!, "Expected a row with a step 2: its student is the encoder.");
            if (columns.Where(distance.Unpaired.Contains).Any(column => source.Cell(distance.Encoder, column).Task == "segmentation"))
                faults.Add(file["rows"]![i]!["unpaired"]!, "Expected columns of recognition: their own images are those of its training set.");
        }
    }
}
