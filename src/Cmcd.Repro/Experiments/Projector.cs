namespace Cmcd.Repro.Experiments;

/// <summary>Map from the student's pooled feature to the teacher's dimension; trained in step 2, dropped after it.</summary>
public enum Projector
{
    /// <summary>Linear, ReLU, linear.</summary>
    Mlp,

    /// <summary>One linear layer.</summary>
    Linear,
}
