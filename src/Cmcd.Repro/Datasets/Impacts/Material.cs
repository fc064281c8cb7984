namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>What a thing is made of: how it looks, how long it rings, how hard it is struck.</summary>
internal enum Material
{
    Wood,
    Metal,
    Glass,
    Rubber,
}
