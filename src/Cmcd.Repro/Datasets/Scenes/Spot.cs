using System.Numerics;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Where a piece stands: its origin in room coordinates, and its turn.</summary>
internal readonly record struct Spot(Vector3 Position, Vector2 Turn);
