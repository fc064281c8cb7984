using System.Numerics;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>A half line. Distances along it are counted in lengths of its direction, which need not be one.</summary>
internal readonly record struct Ray(Vector3 Origin, Vector3 Direction)
{
    public Vector3 At(float distance) => Origin + (Direction * distance);
}
