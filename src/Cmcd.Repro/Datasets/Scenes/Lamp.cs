using System.Numerics;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>A point light.</summary>
/// <param name="Position">Room coordinates, metres.</param>
/// <param name="Power">Red, green, blue.</param>
/// <param name="Size">Half the width of what shines, metres: softens its shadows.</param>
internal sealed record Lamp(Vector3 Position, Vector3 Power, float Size);
