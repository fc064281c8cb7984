namespace Cmcd.Repro.Losses;

/// <summary>What one CMD value is made of: the loss is <see cref="TeacherEntropy"/> + <see cref="Divergence"/>.</summary>
/// <param name="TeacherEntropy">Mean entropy of the teacher's distributions, nats: the floor of the loss, which no student can lower.</param>
/// <param name="Divergence">Mean KL divergence from the teacher's to the student's distributions, nats: the part that can be learnt.</param>
/// <param name="SelfProbability">
/// Mean probability the teacher gives to the item itself, 0 … 1. Near 1, CMD is one-sided CMC in disguise; choose the teacher's
/// temperature so that it lies in [0.3, 0.9]. 0 if the item itself is not an anchor.
/// </param>
/// <param name="MeanTeacherCosine">Mean cosine between the teacher's features of two different items, -1 … 1.</param>
public sealed record CmdTerms(double TeacherEntropy, double Divergence, double SelfProbability, double MeanTeacherCosine);
