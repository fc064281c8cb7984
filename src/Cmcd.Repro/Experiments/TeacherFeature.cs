namespace Cmcd.Repro.Experiments;

/// <summary>Which output of the teacher the student follows.</summary>
public enum TeacherFeature
{
    /// <summary>The encoder's output after global average pooling. The official SimCLR v1 checkpoints hold nothing later.</summary>
    Pooled,
}
