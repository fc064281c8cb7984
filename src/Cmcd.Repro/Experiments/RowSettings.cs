namespace Cmcd.Repro.Experiments;

/// <summary>One row of a table: a way to train the student, and a protocol to judge it by.</summary>
/// <param name="Id">Method and protocol joined by "+", as in CMC+LE; unique in its table.</param>
/// <param name="Label">The row's name as the paper prints it.</param>
/// <param name="Method">The method's short name, as in the printed numbers' first column.</param>
/// <param name="Step2">What happens before the evaluation.</param>
/// <param name="Step3">The evaluation.</param>
public sealed record RowSettings(string Id, string Label, string Method, Step2Settings Step2, EvaluationSettings Step3) : ISelfChecked
{
    /// <summary>The protocol of step 3.</summary>
    public Protocol Protocol => Step3.Protocol;

    IEnumerable<(string Field, string Expected)> ISelfChecked.Faults()
    {
        if (Id != $"{Method}+{Protocol}") yield return ("id", $"\"{Method}+{Protocol}\": method and protocol");
    }
}
