using System.Numerics;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>The solids of a placed piece inside one ball: a ray that misses the ball need not try them.</summary>
internal sealed class Cluster
{
    private readonly Solid[] _solids;
    private readonly Vector3 _centre;
    private readonly float _squaredRadius;

    /// <param name="piece">In room coordinates.</param>
    /// <param name="throwsShadow">False for a lamp: its own light must leave it.</param>
    public Cluster(Piece piece, bool throwsShadow)
    {
        _solids = [.. piece.Solids];
        ThrowsShadow = throwsShadow;
        Extent = piece.Extent;
        var (low, high) = Extent;
        _centre = (low + high) / 2;
        _squaredRadius = Directions.Dot(high - _centre, high - _centre);
    }

    /// <summary>Corners of the box around the piece.</summary>
    public (Vector3 Low, Vector3 High) Extent { get; }

    public bool ThrowsShadow { get; }

    /// <summary>Shortens nearest to the first solid before it, if there is one.</summary>
    public void Nearest(in Ray ray, ref float nearest, ref Solid? first)
    {
        if (!Meets(ray)) return;
        foreach (var solid in _solids)
        {
            var distance = solid.Distance(ray);
            if (distance < nearest) (nearest, first) = (distance, solid);
        }
    }

    /// <summary>Whether something stands on the ray before the given distance.</summary>
    public bool Blocks(in Ray ray, float before)
    {
        if (!Meets(ray)) return false;
        foreach (var solid in _solids)
        {
            if (solid.Distance(ray) < before) return true;
        }

        return false;
    }

    private bool Meets(in Ray ray)
    {
        var apart = _centre - ray.Origin;
        var along = Directions.Dot(apart, ray.Direction);
        var squared = Directions.Dot(apart, apart) - _squaredRadius;                    // of the way to the ball's edge
        return squared <= 0 || (along > 0 && along * along >= squared * Directions.Dot(ray.Direction, ray.Direction));
    }
}
