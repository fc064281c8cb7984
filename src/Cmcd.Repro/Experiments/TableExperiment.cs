namespace Cmcd.Repro.Experiments;

/// <summary>A table of the paper at one tier: everything its runs are made of, recipes expanded and the tier's sizes merged. Immutable.</summary>
public sealed class TableExperiment
{
    private readonly IReadOnlyDictionary<(string Row, string Column), CellSettings> _cells;
    private readonly IReadOnlyDictionary<(string Row, string Column), double>? _printed;

    internal TableExperiment(
        TableFile file, IReadOnlyDictionary<(string Row, string Column), CellSettings> cells, TierSettings tier, IReadOnlyDictionary<(string Row, string Column), double>? printed)
    {
        (Id, About, Paper, Cost, Seeds, Inits, Unprinted) = (file.Id, file.About, file.Paper, file.Cost, file.Seeds, file.Inits, file.Unprinted);
        (Tier, _cells, _printed) = (tier, cells, printed);
        Columns = [.. file.Columns.Select(column => new ColumnSettings(column.Id, column.Label))];
        Rows = [.. file.Rows.Select(row => new RowSettings(row.Id, row.Label, Of(row).First().Protocol, string.Join(", ", Of(row).Select(MethodOf).Distinct())))];

        IEnumerable<CellSettings> Of(TablePart row) => Columns.Select(column => cells[(row.Id, column.Id)]);
    }

    /// <summary>The file's name: Table1.</summary>
    public string Id { get; }

    /// <summary>The question the table answers.</summary>
    public string About { get; }

    /// <summary>Where it stands in the paper; null for a table that is ours alone.</summary>
    public PaperReference? Paper { get; }

    /// <summary>What the whole table costs, by tier, as a text for people.</summary>
    public IReadOnlyDictionary<string, string> Cost { get; }

    /// <summary>Default seeds; each in [0, 2³² - 1], at least one.</summary>
    public IReadOnlyList<long> Seeds { get; }

    /// <summary>Default initialisations of Sup and the distilled students; at least one.</summary>
    public IReadOnlyList<Initialisation> Inits { get; }

    /// <summary>Why the paper prints no number in any cell; null where it prints one in each.</summary>
    public string? Unprinted { get; }

    /// <summary>The columns, in the paper's order; at least one.</summary>
    public IReadOnlyList<ColumnSettings> Columns { get; }

    /// <summary>The rows, in the paper's order; at least one.</summary>
    public IReadOnlyList<RowSettings> Rows { get; }

    /// <summary>The tier whose data, sizes and lengths are merged in.</summary>
    public TierSettings Tier { get; private set; }

    /// <summary>The same table where some roles are played by others, as when their data are not here.</summary>
    /// <param name="roles">What plays each of these roles; the others stay.</param>
    public TableExperiment With(IReadOnlyDictionary<string, RoleSettings> roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        var copy = (TableExperiment)MemberwiseClone();
        copy.Tier = Tier with { Roles = Tier.Roles.ToDictionary(role => role.Key, role => roles.GetValueOrDefault(role.Key, role.Value)) };
        return copy;
    }

    /// <summary>What a cell is made of.</summary>
    /// <exception cref="ArgumentException">The table has no such cell.</exception>
    public CellSettings Cell(string rowId, string columnId) => _cells.TryGetValue((rowId, columnId), out var cell) ? cell : throw NoCell(rowId, columnId);

    /// <summary>The number the paper prints in a cell, in the cell's unit; null where it prints none.</summary>
    /// <exception cref="ArgumentException">The table has no such cell.</exception>
    public double? Printed(string rowId, string columnId) =>
        !_cells.ContainsKey((rowId, columnId)) ? throw NoCell(rowId, columnId)
        : _printed is null ? null
        : _printed[(rowId, columnId)];

    /// <summary>The pairs of rows that the paper's question is about: CMD or CMC, and another method of the same protocol and budget.</summary>
    public IEnumerable<(RowSettings Ours, RowSettings Other)> Contrasts =>
        from ours in Rows
        where IsOurs(ours)
        from other in Rows
        where !IsOurs(other) && other.Protocol == ours.Protocol && BudgetOf(other) == BudgetOf(ours)
        select (ours, other);

    /// <summary>All runs: by row, then column, seed and initialisation, each in the order given.</summary>
    /// <param name="seeds">Seeds; each once, in [0, 2³² - 1].</param>
    /// <param name="inits">
    /// Initialisations, each once, of the cells whose method leaves it open (Sup and the distilled students). Cells that are defined by
    /// theirs (SSL: random, PreSSL: source) come once a seed, with their own. Where student and teacher differ in shape nothing can start from the
    /// source's weights: every run is then random.
    /// </param>
    /// <exception cref="ArgumentException">A list is empty or has an item twice, or a seed is out of range.</exception>
    public IReadOnlyList<PlannedRun> Runs(IReadOnlyList<long> seeds, IReadOnlyList<Initialisation> inits)
    {
        RequireSet(seeds, nameof(seeds));
        RequireSet(inits, nameof(inits));
        if (seeds.Any(seed => seed is < 0 or > uint.MaxValue)) throw new ArgumentOutOfRangeException(nameof(seeds), "Expected seeds in [0, 4294967295].");

        return [.. from row in Rows
                   from column in Columns
                   let cell = Cell(row.Id, column.Id)
                   from seed in seeds
                   from init in Own(cell) is { } own ? [own] : inits
                   select Planned(row, column, cell, seed, init)];
    }

    private PlannedRun Planned(RowSettings row, ColumnSettings column, CellSettings cell, long seed, Initialisation init)
    {
        if (cell.Over is not { } reference) return new(row, column, cell, seed, init, Missing(cell, init));

        var over = Planned(row, column, reference, seed, Own(reference) ?? init);
        return new(row, column, cell, seed, init, Joined([Missing(cell, init), over.UnavailableReason])) { Over = over };
    }

    /// <summary>The initialisation that is part of what the cell is; null where its method leaves it open.</summary>
    private static Initialisation? Own(CellSettings cell) => cell.Student != cell.Teacher ? Initialisation.Random : cell.Step2 switch
    {
        SimClrStep2 simclr => simclr.Init,
        NoStep2 none => none.Init,
        _ => null,
    };

    private static string MethodOf(CellSettings cell) => cell.Distance is not null ? $"the teacher and {cell.Method}" : cell.Over is { } over ? $"{cell.Method} over {over.Method}" : cell.Method;

    private static bool IsOurs(RowSettings row) => row.Method is "CMD" or "CMC";

    private Budget? BudgetOf(RowSettings row) => Cell(row.Id, Columns[0].Id).Budget;

    private string? Missing(CellSettings cell, Initialisation init)
    {
        var roles = new List<string>();
        if (cell.Distance is not { IsUnpaired: false }) roles.Add(cell.Downstream);
        if (cell.Step2 is not NoStep2) roles.Add(cell.Pairs);
        if (cell.Step2 is DistillationStep2 || cell.Distance is not null || init == Initialisation.Source) roles.Add(cell.Source);
        return Joined(roles.Select(role => Tier.Roles[role] switch
        {
            UnavailableRole none => none.Reason,
            WeightsSettings weights => weights.Missing.GetValueOrDefault(WeightsSettings.Key(cell.Teacher)),
            _ => null,
        }));
    }

    private static string? Joined(IEnumerable<string?> reasons) => reasons.OfType<string>().Distinct().ToArray() is { Length: > 0 } all ? string.Join("; ", all) : null;

    private ArgumentException NoCell(string rowId, string columnId) => new($"{Id} has no cell in row {rowId}, column {columnId}.");

    private static void RequireSet<T>(IReadOnlyList<T> items, string name)
    {
        ArgumentNullException.ThrowIfNull(items, name);
        if (items.Count == 0 || items.Distinct().Count() < items.Count) throw new ArgumentException($"Expected at least one of {name}, each once.", name);
    }
}
