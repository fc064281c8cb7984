namespace Cmcd.Repro.Datasets.Formats;

/// <summary>One variable, cell or field of a MAT file.</summary>
/// <param name="Shape">MATLAB's dimensions, at least two. Values are stored first dimension fastest.</param>
internal abstract record MatValue(IReadOnlyList<int> Shape);

/// <summary>A real array of any numeric class; every class and stored type is given as double.</summary>
internal sealed record MatNumbers(IReadOnlyList<int> Shape, double[] Values) : MatValue(Shape);

/// <summary>A char array; of one with several rows the text goes column by column.</summary>
internal sealed record MatText(IReadOnlyList<int> Shape, string Text) : MatValue(Shape);

/// <summary>A cell array.</summary>
internal sealed record MatCells(IReadOnlyList<int> Shape, IReadOnlyList<MatValue> Values) : MatValue(Shape);

/// <summary>A struct array: for each field one value of every element.</summary>
internal sealed record MatStruct(IReadOnlyList<int> Shape, IReadOnlyDictionary<string, IReadOnlyList<MatValue>> Fields) : MatValue(Shape);

/// <summary>An array of a kind that is not read, such as "sparse"; it stands in the way of none of the others.</summary>
internal sealed record MatOther(IReadOnlyList<int> Shape, string Kind) : MatValue(Shape);
