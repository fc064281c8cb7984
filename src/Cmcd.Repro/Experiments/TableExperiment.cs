namespace Cmcd.Repro.Experiments;

/// <summary>A table of the paper at one tier: everything its runs are made of, recipes expanded and the tier's sizes merged. Immutable.</summary>
public sealed class TableExperiment
{
    private readonly IReadOnlyDictionary<(string Row, string Column), double> _printed;

    internal TableExperiment(TableFile file, TierSettings tier, IReadOnlyDictionary<(string Row, string Column), double> printed)
    {
        (Id, About, Paper, Cost, Seeds, Inits) = (file.Id, file.About, file.Paper, file.Cost, file.Seeds, file.Inits);
        (Teacher, Student, Step1, Columns, Rows) = (file.Teacher, file.Student, file.Step1, file.Columns, file.Rows);
        (Tier, _printed) = (tier, printed);
    }

    /// <summary>The file's name: Table1.</summary>
    public string Id { get; }

    /// <summary>The question the table answers.</summary>
    public string About { get; }

    /// <summary>Where it stands in the paper.</summary>
    public PaperReference Paper { get; }

    /// <summary>What the whole table costs, by tier, as a text for people.</summary>
    public IReadOnlyDictionary<string, string> Cost { get; }

    /// <summary>Default seeds; each in [0, 2³² - 1], at least one.</summary>
    public IReadOnlyList<long> Seeds { get; }

    /// <summary>Default initialisations of Sup and the distilled students; at least one.</summary>
    public IReadOnlyList<Initialisation> Inits { get; }

    /// <summary>The source-modality network.</summary>
    public EncoderSettings Teacher { get; }

    /// <summary>The target-modality network.</summary>
    public EncoderSettings Student { get; }

    /// <summary>How the teacher is trained.</summary>
    public SimClrSettings Step1 { get; }

    /// <summary>The columns, in the paper's order; at least one.</summary>
    public IReadOnlyList<ColumnSettings> Columns { get; }

    /// <summary>The rows, in the paper's order; at least one.</summary>
    public IReadOnlyList<RowSettings> Rows { get; }

    /// <summary>The tier whose data, sizes and lengths are merged in.</summary>
    public TierSettings Tier { get; }

    /// <summary>The number the paper prints in a cell; in the column's unit.</summary>
    /// <exception cref="ArgumentException">The table has no such cell.</exception>
    public double Printed(string rowId, string columnId) => _printed.TryGetValue((rowId, columnId), out var number)
        ? number
        : throw new ArgumentException($"{Id} has no cell in row {rowId}, column {columnId}.");

    /// <summary>All runs: by row, then column, seed and initialisation, each in the order given.</summary>
    /// <param name="seeds">Seeds; each once, in [0, 2³² - 1].</param>
    /// <param name="inits">
    /// Initialisations, each once, of the rows whose method leaves it open (Sup and the distilled students). Rows that are defined by
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
                   from seed in seeds
                   from init in Student != Teacher ? [Initialisation.Random] : row.Step2 is SimClrStep2 own ? [own.Init] : inits
                   select new PlannedRun(row, column, seed, init, Missing(row, column, init))];
    }

    private string? Missing(RowSettings row, ColumnSettings column, Initialisation init)
    {
        var roles = new List<string> { column.Downstream };
        if (row.Step2 is not NoStep2) roles.Add(column.Pairs);
        if (row.Step2 is DistillationStep2 || init == Initialisation.Source) roles.Add(column.Source);
        var reasons = roles.Select(role => Tier.Roles[role]).OfType<UnavailableRole>().Select(role => role.Reason).Distinct().ToArray();
        return reasons.Length == 0 ? null : string.Join("; ", reasons);
    }

    private static void RequireSet<T>(IReadOnlyList<T> items, string name)
    {
        ArgumentNullException.ThrowIfNull(items, name);
        if (items.Count == 0 || items.Distinct().Count() < items.Count) throw new ArgumentException($"Expected at least one of {name}, each once.", name);
    }
}
