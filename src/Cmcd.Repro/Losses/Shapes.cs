using static TorchSharp.torch;

namespace Cmcd.Repro.Losses;

/// <summary>The shapes a loss accepts; every refusal names what was expected and what came.</summary>
internal static class Shapes
{
    /// <summary>Two [N, D] with N ≥ 2: with one row a contrastive loss is the constant 0 and would train nothing without a word.</summary>
    public static void RequireMatrices(Tensor first, Tensor second)
    {
        if (first.dim() != 2 || !first.shape.SequenceEqual(second.shape))
            throw new ArgumentException($"Expected two [N, D] feature matrices of one shape, got {Text(first)} and {Text(second)}.");
        if (first.shape[0] < 2)
            throw new ArgumentException($"Expected at least 2 rows to contrast, got {Text(first)} and {Text(second)}.");
    }

    /// <summary>Two [N, C, H, W] of one N ≥ 1 and one C; the grids may differ.</summary>
    public static void RequireMaps(Tensor student, Tensor teacher)
    {
        RequireMapsOfAnyWidth(student, teacher);
        if (student.shape[1] != teacher.shape[1])
            throw new ArgumentException($"Expected two [N, C, H, W] feature maps of one C, got {Text(student)} and {Text(teacher)}: adapt one.");
    }

    /// <summary>Two [N, C, H, W] of one N ≥ 1; channels and grids may differ.</summary>
    public static void RequireMapsOfAnyWidth(Tensor student, Tensor teacher)
    {
        if (student.dim() != 4 || teacher.dim() != 4 || student.shape[0] != teacher.shape[0] || student.shape[0] == 0)
            throw new ArgumentException($"Expected two [N, C, H, W] feature maps of one N, got {Text(student)} and {Text(teacher)}.");
    }

    /// <summary>Int64 [N], N being the rows of <paramref name="features"/>.</summary>
    public static void RequireIds(Tensor ids, Tensor features)
    {
        if (ids.dim() != 1 || ids.shape[0] != features.shape[0] || ids.dtype != ScalarType.Int64)
            throw new ArgumentException($"Expected Int64 photo ids [{features.shape[0]}], one for each row of {Text(features)}, got {ids.dtype} {Text(ids)}.");
    }

    /// <summary>Logits [N, K, H, W] and Int64 labels [N, H, W].</summary>
    public static void RequireLabelMaps(Tensor logits, Tensor labels)
    {
        if (logits.dim() != 4 || labels.dim() != 3 || labels.dtype != ScalarType.Int64 || !labels.shape.SequenceEqual([logits.shape[0], logits.shape[2], logits.shape[3]]))
            throw new ArgumentException($"Expected logits [N, K, H, W] and Int64 labels [N, H, W], got {Text(logits)} and {labels.dtype} {Text(labels)}.");
    }

    /// <summary>Two [C] of one length.</summary>
    public static void RequireVectors(Tensor student, Tensor teacher)
    {
        if (student.dim() != 1 || !student.shape.SequenceEqual(teacher.shape))
            throw new ArgumentException($"Expected two [C] channel statistics of one length, got {Text(student)} and {Text(teacher)}.");
    }

    /// <summary>Two lists of one length, at least 1.</summary>
    public static void RequireSameCount<T>(IReadOnlyList<T> student, IReadOnlyList<T> teacher, string items)
    {
        if (student.Count != teacher.Count || student.Count == 0)
            throw new ArgumentException($"Expected as many {items} of the student as of the teacher, at least 1, got {student.Count} and {teacher.Count}.");
    }

    private static string Text(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
