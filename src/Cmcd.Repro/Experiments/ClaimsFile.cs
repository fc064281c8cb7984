using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>experiments/claims.json: the paper's sentences as predicates over cells, and the predicates fixed for our own runs.</summary>
/// <param name="Paper">arXiv identifier with version.</param>
/// <param name="Groups">Rows by group name, each as table/row: the baselines of one protocol.</param>
/// <param name="TestItems">Size of the test set by cell pattern (an asterisk stands for any row or column); cells without one have no binomial error.</param>
/// <param name="Unprinted">Cells that the paper does not print, by table.</param>
/// <param name="Claims">The sentences, in the paper's order.</param>
/// <param name="Predicates">The predicates fixed before our runs.</param>
public sealed record ClaimsFile(
    string Paper,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Groups,
    [Range(1, int.MaxValue)] IReadOnlyDictionary<string, int> TestItems,
    IReadOnlyDictionary<string, UnprintedTable> Unprinted,
    [MinLength(1)] IReadOnlyList<Claim> Claims,
    [MinLength(1)] IReadOnlyList<Claim> Predicates)
{
    /// <summary>The file's name, without extension: it stands beside the tables and is none.</summary>
    internal const string Name = "claims";

    /// <summary>Reads and checks the file, its addresses against the printed tables included.</summary>
    /// <param name="experimentsFolder">The folder that holds claims.json and paper/.</param>
    /// <exception cref="ExperimentException">The file or a printed table is missing or has faults: all of them.</exception>
    public static ClaimsFile Read(string experimentsFolder)
    {
        var faults = new Faults();
        var files = new SettingsFiles(experimentsFolder, faults);
        var numbers = PaperNumbers.Read(experimentsFolder, faults);
        if (!File.Exists(Path.Combine(experimentsFolder, $"{Name}.json"))) faults.Add($"{files.Shown($"{Name}.json")} does not exist.");
        else if (files.Read($"{Name}.json") is { } json)
        {
            ClaimsShorthand.Expand(json);
            var claims = new SettingsReader(faults).Read<ClaimsFile>(json);
            ClaimsChecks.Check(json, numbers, faults);
            faults.ThrowIfAny();
            return claims!;
        }

        faults.ThrowIfAny();
        throw new System.Diagnostics.UnreachableException("A claims file that could not be read left no fault.");
    }

    /// <summary>The quantity of one case, every variable and group spelt out.</summary>
    internal Quantity Bind(Quantity template, Binding binding) => template.Bind(binding, Groups);

    /// <summary>How many items the test set behind a cell has; null where the paper does not say.</summary>
    public int? TestItemsOf(CellAddress cell) => TestItems.Where(size => Matches(CellAddress.Parse(size.Key), cell)).Select(size => (int?)size.Value).FirstOrDefault();

    private static bool Matches(CellAddress pattern, CellAddress cell) =>
        pattern.Table == cell.Table && (pattern.Row == "*" || pattern.Row == cell.Row) && (pattern.Column == "*" || pattern.Column == cell.Column);
}
