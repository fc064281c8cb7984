namespace Cmcd.Repro.Experiments;

/// <summary>The JSON value of <c>kind</c> that selects this record among those of its base type.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class KindAttribute(string name) : Attribute
{
    /// <summary>The value of <c>kind</c>.</summary>
    public string Name { get; } = name;
}
