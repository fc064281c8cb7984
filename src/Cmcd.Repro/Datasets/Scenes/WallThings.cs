using System.Numerics;
using Cmcd.Repro.Randomness;
using static Cmcd.Repro.Datasets.Scenes.RoomClass;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Draws things that hang on a wall: their origin is on its face, in their middle (a door: on the floor).</summary>
internal static class WallThings
{
    public static Piece Picture(Vector2 half, ref CounterRandom random)
    {
        var (frame, image) = (Palette.Furniture(ref random), Palette.Image(0, ref random));
        var (border, depth) = (random.NextUniform(0.02f, 0.06f), random.NextUniform(0.02f, 0.06f));
        return new Piece()
            .Box(RoomClass.Picture, frame, new(-half.X, -half.Y, 0), new(half.X, half.Y, depth))
            .Box(RoomClass.Picture, image, new(-half.X + border, -half.Y + border, depth), new(half.X - border, half.Y - border, depth + 0.005f));
    }

    /// <summary>A flat screen, 16 : 9, its back at z = 0.</summary>
    public static Piece Screen(float half, Material casing, Material screen)
    {
        var (rise, border) = (0.5625f * half, 0.025f);
        return new Piece()
            .Box(Tv, casing, new(-half, -rise, 0), new(half, rise, 0.06f))
            .Box(Tv, screen, new(-half + border, -rise + border, 0.06f), new(half - border, rise - border, 0.07f));
    }

    /// <summary>A closed door; doors are walls in the 13-class map.</summary>
    public static Piece Door(ref CounterRandom random)
    {
        var (frame, leaf, half) = (Palette.Furniture(ref random), Palette.Furniture(ref random), random.NextUniform(0.38f, 0.48f));
        return new Piece()
            .Box(RoomClass.Wall, frame, new(-half - 0.08f, 0, 0), new(half + 0.08f, 2.1f, 0.03f))
            .Box(RoomClass.Wall, leaf, new(-half, 0, 0.03f), new(half, 2.03f, 0.05f))
            .Add(Form.Ball, RoomClass.Wall, frame, new(half - 0.1f, 1, 0.05f), new(half - 0.04f, 1.06f, 0.11f));
    }

    /// <summary>Bars, and perhaps curtains or a blind, in front of a window's hole.</summary>
    /// <param name="half">Half the hole's width and height.</param>
    /// <param name="random">Draws them.</param>
    public static Piece WindowDressing(Vector2 half, ref CounterRandom random)
    {
        var (frame, cloth) = (Palette.Furniture(ref random), Palette.Fabric(ref random));
        var piece = new Piece()
            .Box(Window, frame, new(-half.X - 0.06f, -half.Y - 0.08f, 0), new(half.X + 0.06f, -half.Y, 0.05f))
            .Box(Window, frame, new(-half.X - 0.06f, half.Y, 0), new(half.X + 0.06f, half.Y + 0.06f, 0.03f))
            .Box(Window, frame, new(-half.X - 0.06f, -half.Y, 0), new(-half.X, half.Y, 0.03f))
            .Box(Window, frame, new(half.X, -half.Y, 0), new(half.X + 0.06f, half.Y, 0.03f))
            .Box(Window, frame, new(-0.03f, -half.Y, -0.1f), new(0.03f, half.Y, -0.04f));
        if (half.Y > 0.5f && random.NextBool(0.5)) piece.Box(Window, frame, new(-half.X, -0.03f, -0.1f), new(half.X, 0.03f, -0.04f));

        switch (random.NextInt(3))
        {
            case 0:
                Curtain(piece, cloth, -half.X - 0.25f, -half.X + random.NextUniform(0, 0.6f * half.X), half.Y, ref random);
                Curtain(piece, cloth, half.X - random.NextUniform(0, 0.6f * half.X), half.X + 0.25f, half.Y, ref random);
                break;
            case 1:
                var bottom = half.Y * random.NextUniform(-0.9f, 0.7f);
                for (var low = half.Y - 0.08f; low > bottom; low -= 0.1f)
                    piece.Box(Window, cloth, new(-half.X - 0.02f, low, 0.03f), new(half.X + 0.02f, low + 0.075f, 0.05f));
                break;
        }

        return piece;
    }

    /// <summary>Folds: upright cylinders side by side.</summary>
    private static void Curtain(Piece piece, Material cloth, float left, float right, float top, ref CounterRandom random)
    {
        var bottom = -top - random.NextUniform(0.05f, 0.5f);
        for (var x = left; x < right; x += 0.12f)
            piece.Add(Form.Cylinder, Window, cloth, new(x, bottom, 0.02f), new(x + 0.14f, top + 0.12f, 0.12f));
    }
}
