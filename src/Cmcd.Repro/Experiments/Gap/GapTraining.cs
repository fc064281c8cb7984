using System.ComponentModel.DataAnnotations;

namespace Cmcd.Repro.Experiments.Gap;

/// <summary>How the networks of one world are trained; Adam throughout, as in the paper.</summary>
/// <param name="Hidden">Width of both layers of an encoder, and so of its feature.</param>
/// <param name="Views">Views drawn of each item before training; epochs take them in turn.</param>
/// <param name="BatchSize">Items, or pairs, in a batch of steps 1 and 2.</param>
/// <param name="TeacherUpdates">Updates of step 1.</param>
/// <param name="StudentUpdates">Updates of step 2, and of SSL and PreSSL.</param>
/// <param name="LearningRate">Of both steps, constant.</param>
/// <param name="SimClrTemperature">Of step 1, SSL and PreSSL.</param>
/// <param name="Temperature">Of CMD and CMC, and of the pair distributions first reported.</param>
/// <param name="Socket">Weights of SOCKET's statistics term.</param>
/// <param name="LinearEvaluation">Step 3, LE.</param>
/// <param name="FineTuning">Step 3, FT.</param>
public sealed record GapTraining(
    [Range(1, 10000)] int Hidden,
    [Range(2, 1000)] int Views,
    [Range(2, int.MaxValue)] int BatchSize,
    [Range(1, int.MaxValue)] int TeacherUpdates,
    [Range(1, int.MaxValue)] int StudentUpdates,
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double LearningRate,
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double SimClrTemperature,
    [Range(0, double.MaxValue, MinimumIsExclusive = true)] double Temperature,
    SocketSettings Socket,
    GapStep3 LinearEvaluation,
    GapStep3 FineTuning);
