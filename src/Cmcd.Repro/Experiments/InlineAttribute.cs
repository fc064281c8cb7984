namespace Cmcd.Repro.Experiments;

/// <summary>The record's fields stand in the object that holds it, not in an object of their own.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class InlineAttribute : Attribute;
