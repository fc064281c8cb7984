// One closed union in one file: a kind of quantity is read beside its alternatives.
using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments;

/// <summary>A number that a claim speaks of, made from cells.</summary>
/// <remarks>
/// In JSON a text is a cell (Table1/CMC+LE/Sketchy) or a group of rows in one column (baselines LE/Sketchy), a list the best of its members; else <c>kind</c> names which.
/// </remarks>
public abstract record Quantity
{
    /// <summary>Every cell in it, in order.</summary>
    public abstract IEnumerable<CellAddress> Cells { get; }

    /// <summary>The same quantity with variables replaced and groups spelt out.</summary>
    internal abstract Quantity Bind(Binding binding, IReadOnlyDictionary<string, IReadOnlyList<string>> groups);
}

/// <summary>The number in a cell.</summary>
/// <param name="At">Its address; may hold variables in braces.</param>
[Kind("cell")]
public sealed record CellQuantity(string At) : Quantity
{
    /// <summary>Its address, once bound.</summary>
    public CellAddress Address => CellAddress.Parse(At);

    /// <inheritdoc/>
    public override IEnumerable<CellAddress> Cells => [Address];

    internal override Quantity Bind(Binding binding, IReadOnlyDictionary<string, IReadOnlyList<string>> groups) => new CellQuantity(binding.Apply(At));
}

/// <summary>The best of a named group of rows in one column.</summary>
/// <param name="At">Group and column, as in baselines LE/Sketchy; may hold variables in braces.</param>
[Kind("group")]
public sealed record GroupQuantity(string At) : Quantity
{
    /// <inheritdoc/>
    public override IEnumerable<CellAddress> Cells => throw new InvalidOperationException($"Group {At} is not bound.");

    internal override Quantity Bind(Binding binding, IReadOnlyDictionary<string, IReadOnlyList<string>> groups)
    {
        var parts = binding.Apply(At).Split('/');
        return new BestQuantity([.. groups[parts[0]].Select(row => new CellQuantity($"{row}/{parts[1]}"))]);
    }
}

/// <summary>The largest of several.</summary>
/// <param name="Of">At least one.</param>
[Kind("best")]
public sealed record BestQuantity([MinLength(1)] IReadOnlyList<Quantity> Of) : Quantity
{
    /// <inheritdoc/>
    public override IEnumerable<CellAddress> Cells => Of.SelectMany(quantity => quantity.Cells);

    internal override Quantity Bind(Binding binding, IReadOnlyDictionary<string, IReadOnlyList<string>> groups) =>
        new BestQuantity([.. Of.Select(quantity => quantity.Bind(binding, groups)).SelectMany(bound => bound is BestQuantity inner ? inner.Of : [bound])]);
}

/// <summary>The mean of several.</summary>
/// <param name="Of">At least one.</param>
[Kind("mean")]
public sealed record MeanQuantity([MinLength(1)] IReadOnlyList<Quantity> Of) : Quantity
{
    /// <inheritdoc/>
    public override IEnumerable<CellAddress> Cells => Of.SelectMany(quantity => quantity.Cells);

    internal override Quantity Bind(Binding binding, IReadOnlyDictionary<string, IReadOnlyList<string>> groups) =>
        new MeanQuantity([.. Of.Select(quantity => quantity.Bind(binding, groups))]);
}

/// <summary>The sum of several.</summary>
/// <param name="Of">At least one.</param>
[Kind("sum")]
public sealed record SumQuantity([MinLength(1)] IReadOnlyList<Quantity> Of) : Quantity
{
    /// <inheritdoc/>
    public override IEnumerable<CellAddress> Cells => Of.SelectMany(quantity => quantity.Cells);

    internal override Quantity Bind(Binding binding, IReadOnlyDictionary<string, IReadOnlyList<string>> groups) =>
        new SumQuantity([.. Of.Select(quantity => quantity.Bind(binding, groups))]);
}

/// <summary>How far one number lies above another, on the scale of the claim's part.</summary>
/// <param name="Of">The number.</param>
/// <param name="Over">The reference.</param>
[Kind("gain")]
public sealed record GainQuantity(Quantity Of, Quantity Over) : Quantity
{
    /// <inheritdoc/>
    public override IEnumerable<CellAddress> Cells => Of.Cells.Concat(Over.Cells);

    internal override Quantity Bind(Binding binding, IReadOnlyDictionary<string, IReadOnlyList<string>> groups) =>
        new GainQuantity(Of.Bind(binding, groups), Over.Bind(binding, groups));
}

/// <summary>A number that the paper's text or a data set's description states, outside the tables.</summary>
/// <param name="Value">The number.</param>
/// <param name="Where">What it counts and where it stands.</param>
[Kind("stated")]
public sealed record StatedQuantity(double Value, string Where) : Quantity
{
    /// <inheritdoc/>
    public override IEnumerable<CellAddress> Cells => [];

    internal override Quantity Bind(Binding binding, IReadOnlyDictionary<string, IReadOnlyList<string>> groups) => this;
}
