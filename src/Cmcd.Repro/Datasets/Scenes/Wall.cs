using System.Numerics;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>One wall of a room. In its own frame x runs along it from its middle, y up, z into the room.</summary>
/// <param name="Index">0 at -z, 1 at -x, 2 at +z, 3 at +x.</param>
/// <param name="HalfLength">Metres.</param>
/// <param name="Distance">Metres from the middle of the room.</param>
internal sealed record Wall(int Index, float HalfLength, float Distance)
{
    /// <summary>Turns a piece so that its back is to the wall.</summary>
    public Vector2 Turn { get; } = Index switch { 0 => new(1, 0), 1 => new(0, 1), 2 => new(-1, 0), _ => new(0, -1) };

    /// <summary>Room coordinates of a point given in the wall's frame.</summary>
    public Vector3 At(float along, float height, float off) => Directions.Turned(new(along, height, off - Distance), Turn);

    public Ray Local(in Ray ray) => new(Directions.TurnedBack(ray.Origin, Turn) + new Vector3(0, 0, Distance), Directions.TurnedBack(ray.Direction, Turn));
}
