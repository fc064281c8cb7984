namespace Cmcd.Repro.Experiments;

/// <summary>Mark on an object whose fields must not be judged, because a fault already told left some of them unknown.</summary>
internal sealed class Unusable;
