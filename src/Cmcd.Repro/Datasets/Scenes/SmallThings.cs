using System.Numerics;
using Cmcd.Repro.Randomness;
using static Cmcd.Repro.Datasets.Scenes.RoomClass;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Draws things that stand on furniture or on the floor, metres.</summary>
internal static class SmallThings
{
    /// <summary>Books side by side, spines to the front.</summary>
    /// <param name="width">Of the row.</param>
    /// <param name="height">Of the tallest book.</param>
    /// <param name="random">Draws books and colours.</param>
    public static Piece BookRow(float width, float height, ref CounterRandom random)
    {
        var piece = new Piece();
        for (var left = -width / 2; left < width / 2;)
        {
            var thickness = random.NextUniform(0.03f, 0.08f);
            piece.Box(Books, Palette.Fabric(ref random), new(left, 0, -0.1f), new(left + thickness, height * random.NextUniform(0.65f, 1), random.NextUniform(0.03f, 0.12f)));
            left += thickness;
        }

        return piece;
    }

    /// <summary>Books lying on each other.</summary>
    public static Piece BookPile(ref CounterRandom random)
    {
        var piece = new Piece();
        var count = 1 + random.NextInt(6);
        var top = 0f;
        for (var i = 0; i < count; i++)
        {
            var (half, thickness) = (new Vector2(random.NextUniform(0.08f, 0.13f), random.NextUniform(0.1f, 0.16f)), random.NextUniform(0.02f, 0.06f));
            var turn = Sketches.Placement.Rotation(random.NextUniform(-0.3f, 0.3f));
            piece.Box(Books, Palette.Fabric(ref random), new(-half.X, top, -half.Y), new(half.X, top + thickness, half.Y), turn);
            top += thickness;
        }

        return piece;
    }

    /// <summary>A vase, bowl, bottle, cup, carton or ball.</summary>
    /// <param name="highest">Greatest height it may have.</param>
    /// <param name="random">Draws it.</param>
    public static Piece Vessel(float highest, ref CounterRandom random)
    {
        var height = MathF.Min(highest, random.NextUniform(0.1f, 0.35f));
        var half = random.NextUniform(0.3f, 0.6f) * height;
        var material = Palette.Fabric(ref random);
        var piece = new Piece();
        switch (random.NextInt(4))
        {
            case 0:
                return piece.Add(Form.Ball, Objects, material, new(-half, 0, -half), new(half, 2 * half, half));
            case 1:
                return piece.Box(Objects, material, new(-half, 0, -0.7f * half), new(half, height, 0.7f * half), Sketches.Placement.Rotation(random.NextUniform(-0.5f, 0.5f)));
            case 2:
                return piece.Add(Form.Cylinder, Objects, material, new(-0.8f * half, 0, -0.8f * half), new(0.8f * half, height, 0.8f * half));
            default:
                return piece.Add(Form.Ball, Objects, material, new(-half, 0, -half), new(half, 0.75f * height, half))
                    .Add(Form.Cylinder, Objects, material, new(-0.3f * half, 0.6f * height, -0.3f * half), new(0.3f * half, height, 0.3f * half));
        }
    }

    /// <summary>A carton, bag, bin or heap of clothes.</summary>
    public static Piece OnTheFloor(ref CounterRandom random)
    {
        var (half, height) = (random.NextUniform(0.12f, 0.28f), random.NextUniform(0.18f, 0.5f));
        var material = Palette.Fabric(ref random);
        var piece = new Piece();
        return random.NextInt(3) switch
        {
            0 => piece.Box(Objects, material, new(-half, 0, -0.7f * half), new(half, height, 0.7f * half), Sketches.Placement.Rotation(random.NextUniform(-0.7f, 0.7f))),
            1 => piece.Add(Form.Cylinder, Objects, material, new(-0.7f * half, 0, -0.7f * half), new(0.7f * half, height, 0.7f * half)),
            _ => piece.Add(Form.Ball, Objects, material, new(-half, -0.4f * height, -half), new(half, 0.8f * height, half)),
        };
    }

    /// <summary>A pot with leaves.</summary>
    public static Piece Plant(ref CounterRandom random)
    {
        var (pot, leaf) = (Palette.Fabric(ref random), Palette.Fabric(ref random));
        var size = random.NextUniform(0.25f, 0.4f);
        var piece = new Piece()
            .Add(Form.Cylinder, Objects, pot, new(-0.5f * size, 0, -0.5f * size), new(0.5f * size, size, 0.5f * size))
            .Add(Form.Cylinder, Objects, leaf, new(-0.03f, size, -0.03f), new(0.03f, 2 * size, 0.03f));
        for (var i = 0; i < 7; i++)
        {
            var middle = new Vector3(random.NextUniform(-0.6f, 0.6f), random.NextUniform(1.7f, 3), random.NextUniform(-0.6f, 0.6f)) * size;
            var half = new Vector3(random.NextUniform(0.2f, 0.5f), random.NextUniform(0.2f, 0.4f), random.NextUniform(0.2f, 0.5f)) * size;
            piece.Add(Form.Ball, Objects, leaf, middle - half, middle + half);
        }

        return piece;
    }

    /// <summary>A lamp on a foot; it shines from its middle.</summary>
    /// <param name="height">0.5 for a table lamp, 1.6 for one on the floor.</param>
    /// <param name="shade">Its surface when lit.</param>
    /// <param name="random">Draws the foot.</param>
    public static Piece Lamp(float height, Material shade, ref CounterRandom random)
    {
        var (foot, half) = (Palette.Furniture(ref random), 0.11f + (0.06f * height));
        return new Piece()
            .Add(Form.Cylinder, Objects, foot, new(-0.8f * half, 0, -0.8f * half), new(0.8f * half, 0.04f, 0.8f * half))
            .Add(Form.Cylinder, Objects, foot, new(-0.02f, 0.04f, -0.02f), new(0.02f, height - 0.2f, 0.02f))
            .Add(Form.Cylinder, Objects, shade, new(-half, height - 0.27f, -half), new(half, height, half));
    }

    /// <summary>A flat screen on a stand, or an old set as deep as it is wide.</summary>
    public static Piece Television(ref CounterRandom random)
    {
        var half = random.NextUniform(0.28f, 0.6f);
        var (casing, screen) = (Palette.Furniture(ref random), random.NextBool(0.6) ? Palette.DarkScreen(ref random) : Palette.Image(0.8f, ref random));
        var piece = new Piece();
        if (half < 0.42f && random.NextBool(0.6))
        {
            var (height, depth) = (1.6f * half, 0.7f * half);
            return piece.Box(Tv, casing, new(-half, 0, -depth + 0.12f), new(half, height, depth))
                .Box(Tv, casing, new(-0.7f * half, 0.05f, -depth), new(0.7f * half, 0.8f * height, -depth + 0.12f))
                .Box(Tv, screen, new(-0.85f * half, 0.14f * height, depth), new(0.85f * half, 0.92f * height, depth + 0.01f));
        }

        return piece.Box(Tv, casing, new(-0.5f * half, 0, -0.12f), new(0.5f * half, 0.02f, 0.12f))
            .Box(Tv, casing, new(-0.06f, 0.02f, -0.03f), new(0.06f, 0.1f, 0.03f))
            .Add(WallThings.Screen(half, casing, screen), new(0, 0.08f + (0.57f * half), -0.02f), Directions.Ahead);
    }
}
