using System.Diagnostics;
using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Verdicts;

/// <summary>Holds every claim against the numbers that the paper prints; no run, no data.</summary>
public static class PaperAudit
{
    private const double HalfLastDigit = 0.005;
    private const double Dust = 1e-9;

    /// <summary>Judges every claim and derives again what can be derived.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="numbers">The printed tables.</param>
    public static AuditReport Run(ClaimsFile claims, PaperNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(numbers);
        var columns = numbers.Cells.Where(cell => cell.Table == "Table2").Select(cell => cell.Column).Distinct().ToArray();
        var distances = columns.Select(column => numbers[new("Table2", "TV distance", column)]).ToArray();
        return new(
            [.. claims.Claims.Select(claim => new AuditFinding(claim, [.. claim.Parts.Select(part => Judge(claims, part, numbers))]))],
            numbers.Cells.Count, [.. Derived(claims, numbers)], columns, distances, [.. Gains(columns, distances, numbers)]);
    }

    private static PartFinding Judge(ClaimsFile claims, ClaimPart part, PaperNumbers numbers)
    {
        if (part.Predicate is UntestablePredicate untestable) return new(part, AuditVerdict.Untestable, untestable.Reason, []);

        var missing = ClaimCells.Of(claims, part).Where(cell => !numbers.Has(cell)).Select(cell => cell.Table).Distinct().ToArray();
        if (missing.Length > 0) return new(part, AuditVerdict.Untestable, $"the paper prints no numbers of {string.Join(", ", missing)}", []);

        var scale = part.Scale ?? Scale.Points;
        return part.Predicate switch
        {
            DifferencePredicate difference => Decide(part, [.. difference.Cases.Select(binding =>
                Difference(part, difference, claims.Bind(difference.First, binding), claims.Bind(difference.Second, binding), binding.Label, claims, numbers, scale))]),
            EqualPredicate equal => Decide(part, [.. equal.Cases.Select(binding =>
                Equal(equal, claims.Bind(equal.First, binding), claims.Bind(equal.Second, binding), binding.Label, numbers, scale))]),
            MonotonePredicate monotone => Decide(part, [.. monotone.Cases.Select(binding => Monotone(claims, monotone, binding, numbers, scale))]),
            NoCommonBestPredicate common => NoCommonBest(claims, part, common, numbers, scale),
            RankCorrelationPredicate rank => Rank(claims, part, rank, numbers, scale),
            _ => throw new UnreachableException($"ClaimPredicate has a kind without an arm here: {part.Predicate.GetType().Name}."),
        };
    }

    private static CaseFinding Difference(
        ClaimPart part, DifferencePredicate predicate, Quantity first, Quantity second, string label, ClaimsFile claims, PaperNumbers numbers, Scale scale)
    {
        var (a, b) = (Arithmetic.Fix(first, cell => numbers[cell], scale), Arithmetic.Fix(second, cell => numbers[cell], scale));
        var (x, y) = (Arithmetic.Value(a, cell => numbers[cell], scale), Arithmetic.Value(b, cell => numbers[cell], scale));
        var value = Math.Round(x - y, 9);
        var error = a is CellQuantity left && b is CellQuantity right ? Error(left.Address, right.Address, claims, numbers) : null;
        var columns = a.Cells.Concat(b.Cells).Select(cell => cell.Column).Distinct().Count() > 1;
        var resolution = error is { } known ? Arithmetic.Text($" (z {value / known:F1}, standard error {known:F2})") : "";
        var rounded = part.RoundTo is { } decimals ? Math.Round(value, decimals, MidpointRounding.AwayFromZero) : value;
        return new(
            label, $"{Arithmetic.Name(a, columns)} {Arithmetic.Plain(x)} - {Arithmetic.Name(b, columns)} {Arithmetic.Plain(y)} = {Arithmetic.Signed(value)}{resolution}",
            value, error, value / error, predicate.Admits(value), predicate.Admits(rounded));
    }

    private static CaseFinding Equal(EqualPredicate predicate, Quantity first, Quantity second, string label, PaperNumbers numbers, Scale scale)
    {
        var (x, y) = (Arithmetic.Value(first, cell => numbers[cell], scale), Arithmetic.Value(second, cell => numbers[cell], scale));
        var equal = Math.Abs(x - y) <= (predicate.Within ?? HalfLastDigit) + Dust;
        return new(label, Identity(first, x, Arithmetic.Fix(second, cell => numbers[cell], scale), y, numbers, equal), x - y, null, null, equal, equal);
    }

    private static string Identity(Quantity first, double x, Quantity second, double y, PaperNumbers numbers, bool equal)
    {
        var made = second is GainQuantity { Of: CellQuantity of, Over: CellQuantity over }
            ? $" = {Arithmetic.Plain(numbers[of.Address])} - {Arithmetic.Plain(numbers[over.Address])}"
            : "";
        var source = string.Concat(second.Cells.Select(cell => $"{cell.Table} ").Distinct());
        var (left, right) = (Arithmetic.Name(first, columns: true), Arithmetic.Name(second, columns: true));
        return $"{left} {Arithmetic.Plain(x)} {(equal ? "=" : "≠")} {source}{right} {Arithmetic.Plain(y)}{made}";
    }

    private static CaseFinding Monotone(ClaimsFile claims, MonotonePredicate predicate, Binding binding, PaperNumbers numbers, Scale scale)
    {
        var steps = binding.With(predicate.Along).Select(point => claims.Bind(predicate.Of, point)).ToArray();
        var values = steps.Select(step => Arithmetic.Value(step, cell => numbers[cell], scale)).ToArray();
        var rise = Math.Round(values[^1] - values[0], 9);
        var error = steps[0] is CellQuantity first && steps[^1] is CellQuantity last ? Error(first.Address, last.Address, claims, numbers) : null;
        var holds = values.Zip(values.Skip(1), (before, after) => after > before).All(rises => rises);
        var resolution = error is { } known ? Arithmetic.Text($" (z {rise / known:F1}, standard error {known:F2})") : "";
        return new(
            binding.Label, $"{string.Join(" → ", values.Select(Arithmetic.Plain))}; last - first = {Arithmetic.Signed(rise)}{resolution}",
            rise, error, rise / error, holds, holds);
    }

    private static PartFinding NoCommonBest(ClaimsFile claims, ClaimPart part, NoCommonBestPredicate predicate, PaperNumbers numbers, Scale scale)
    {
        var choices = Binding.Empty.With(predicate.Along);
        var best = new List<CaseFinding>();
        foreach (var binding in predicate.Cases)
        {
            var values = binding.With(predicate.Along).Select(point => Arithmetic.Value(claims.Bind(predicate.Of, point), cell => numbers[cell], scale)).ToArray();
            var winner = Array.IndexOf(values, values.Max());
            best.Add(new(
                binding.Label, $"best at {choices[winner].Label}: {Arithmetic.Plain(values[winner])} of {List(values)}", winner, null, null, true, true));
        }

        return best.Select(finding => finding.Value).Distinct().Count() > 1
            ? new(part, AuditVerdict.Supported, "the best differs from case to case", best)
            : new(part, AuditVerdict.Contradicted, "one is best in every case", best);
    }

    private static PartFinding Rank(ClaimsFile claims, ClaimPart part, RankCorrelationPredicate predicate, PaperNumbers numbers, Scale scale)
    {
        var (cases, levels) = (new List<CaseFinding>(), int.MaxValue);
        foreach (var binding in predicate.Cases)
        {
            var points = binding.With(predicate.Along);
            var x = points.Select(point => Arithmetic.Value(claims.Bind(predicate.X, point), cell => numbers[cell], scale)).ToArray();
            var y = points.Select(point => Arithmetic.Value(claims.Bind(predicate.Y, point), cell => numbers[cell], scale)).ToArray();
            var correlation = RankOrder.Spearman(x, y);
            var holds = predicate.Sign == "negative" ? correlation < 0 : correlation > 0;
            cases.Add(new(
                binding.Label, $"Spearman of ({List(x)}) and ({List(y)}) = {Arithmetic.Signed(correlation)}", correlation, null, null, holds, holds));
            levels = Math.Min(levels, x.Distinct().Count());
        }

        return levels < predicate.AtLeast
            ? new(part, AuditVerdict.Untestable, $"{levels} distinct levels, {predicate.AtLeast} are needed", cases)
            : Decide(part, cases);
    }

    private static PartFinding Decide(ClaimPart part, IReadOnlyList<CaseFinding> cases)
    {
        var (holding, rounded) = (cases.Count(finding => finding.Holds), cases.Count(finding => finding.HoldsRounded));
        var count = $"{holding} of {cases.Count}" + (rounded > holding ? $" ({rounded} after rounding)" : "");
        var noise = part.AboveNoise == true && cases.Where(finding => finding.Holds).Any(finding => Math.Abs(finding.Z ?? 0) < Binomial.Significant);
        if (part.Reading == Reading.Somewhere)
        {
            var clear = cases.Any(finding => finding.Holds && !(part.AboveNoise == true && Math.Abs(finding.Z ?? 0) < Binomial.Significant));
            return holding == 0 ? new(part, AuditVerdict.Contradicted, count, cases)
                : clear ? new(part, AuditVerdict.Supported, count, cases)
                : new(part, AuditVerdict.Borderline, $"{count}, within noise", cases);
        }

        if (holding == cases.Count)
            return noise ? new(part, AuditVerdict.Borderline, $"{count}, in part within noise", cases) : new(part, AuditVerdict.Supported, count, cases);
        if (rounded == cases.Count) return new(part, AuditVerdict.Borderline, $"{count}: only by rounding", cases);
        return new(part, holding > 0 && part.Reading == Reading.InPart ? AuditVerdict.Borderline : AuditVerdict.Contradicted, count, cases);
    }

    private static double? Error(CellAddress first, CellAddress second, ClaimsFile claims, PaperNumbers numbers) =>
        claims.TestItemsOf(first) is { } firstItems && claims.TestItemsOf(second) is { } secondItems
            ? Binomial.Error(numbers[first], firstItems, numbers[second], secondItems)
            : null;

    private static string List(IEnumerable<double> values) => string.Join(", ", values.Select(Arithmetic.Plain));

    /// <summary>The cells that a claim of equality makes copies of others.</summary>
    private static IEnumerable<DerivedCell> Derived(ClaimsFile claims, PaperNumbers numbers) =>
        from claim in claims.Claims
        from part in claim.Parts
        let equal = part.Predicate as EqualPredicate
        where equal is not null
        from binding in equal.Cases
        let first = claims.Bind(equal.First, binding) as CellQuantity
        where first is not null
        let finding = Equal(equal, first, claims.Bind(equal.Second, binding), binding.Label, numbers, part.Scale ?? Scale.Points)
        select new DerivedCell(first.Address, claim.Id, finding.Arithmetic, finding.Holds);

    /// <summary>Table 2's gains as printed, with CMC in CMD's place, and on the two scales that the paper does not show.</summary>
    private static IEnumerable<GainRow> Gains(IReadOnlyList<string> columns, IReadOnlyList<double> distances, PaperNumbers numbers) =>
        from line in new[] { ("CMD", Scale.Points), ("CMC", Scale.Points), ("CMD", Scale.ErrorReduction), ("CMD", Scale.Relative) }
        from protocol in new[] { Protocol.LE, Protocol.FT }
        let reference = protocol == Protocol.LE ? "SSL+LE" : "Sup+FT"
        let gains = columns.Select(column =>
            Math.Round(Arithmetic.Gain(numbers[new("Table1", $"{line.Item1}+{protocol}", column)], numbers[new("Table1", reference, column)], line.Item2), 9)).ToArray()
        select new GainRow(protocol, line.Item1, line.Item2, gains, RankOrder.Spearman(distances, gains));
}
