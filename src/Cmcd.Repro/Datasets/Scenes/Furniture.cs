using System.Numerics;
using Cmcd.Repro.Randomness;
using static Cmcd.Repro.Datasets.Scenes.RoomClass;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Draws single pieces of furniture in usual household sizes, metres.</summary>
internal static class Furniture
{
    public static Piece Bed(ref CounterRandom random)
    {
        var (half, length) = (random.NextUniform(0.45f, 0.95f), random.NextUniform(1.9f, 2.1f));
        var (baseTop, top) = (random.NextUniform(0.22f, 0.36f), random.NextUniform(0.45f, 0.62f));
        var (frame, sheet, cover) = (Palette.Furniture(ref random), Palette.Fabric(ref random), Palette.Fabric(ref random));
        var (back, front) = (-length / 2, length / 2);
        var piece = new Piece();
        if (random.NextBool(0.5))
        {
            piece.Legs(Form.Box, RoomClass.Bed, frame, new(-half, back), new(half, front), baseTop, 0.06f)
                .Box(RoomClass.Bed, frame, new(-half, baseTop - 0.12f, back), new(half, baseTop, front));
        }
        else
        {
            piece.Box(RoomClass.Bed, frame, new(-half, 0, back), new(half, baseTop, front));
        }

        piece.Box(RoomClass.Bed, sheet, new(-half + 0.02f, baseTop, back), new(half - 0.02f, top, front - 0.02f));
        var coverStart = random.NextUniform(-0.6f, 0.5f) * front;
        piece.Box(RoomClass.Bed, cover, new(-half - 0.02f, random.NextUniform(0.1f, baseTop), coverStart), new(half + 0.02f, top + 0.03f, front + 0.02f));
        if (random.NextBool(0.8)) piece.Box(RoomClass.Bed, frame, new(-half - 0.03f, 0, back - 0.06f), new(half + 0.03f, random.NextUniform(0.75f, 1.25f), back));
        if (random.NextBool(0.3)) piece.Box(RoomClass.Bed, frame, new(-half - 0.03f, 0, front + 0.02f), new(half + 0.03f, random.NextUniform(0.5f, 0.8f), front + 0.07f));

        var pillow = Palette.Fabric(ref random);
        var pillows = half > 0.65f ? 2 : 1;
        var width = half / pillows * 0.85f;
        for (var i = 0; i < pillows; i++)
        {
            var middle = pillows == 1 ? 0 : (i - 0.5f) * half;
            piece.Add(Form.Ball, Objects, pillow, new(middle - width, top - 0.06f, back + 0.03f), new(middle + width, top + 0.16f, back + 0.5f));
        }

        return piece.Carry(new(-half + 0.15f, -0.1f), new(half - 0.15f, front - 0.2f), top + 0.03f, isSoft: true);
    }

    public static Piece Chair(ref CounterRandom random)
    {
        var (half, seat, back) = (random.NextUniform(0.2f, 0.26f), random.NextUniform(0.42f, 0.5f), random.NextUniform(0.8f, 1.05f));
        var (frame, cover) = (Palette.Furniture(ref random), Palette.Fabric(ref random));
        var piece = new Piece();
        if (random.NextBool(0.3))
        {
            piece.Add(Form.Cylinder, RoomClass.Chair, frame, new(-0.25f, 0, -0.25f), new(0.25f, 0.07f, 0.25f))
                .Add(Form.Cylinder, RoomClass.Chair, frame, new(-0.035f, 0.07f, -0.035f), new(0.035f, seat - 0.07f, 0.035f));
        }
        else
        {
            piece.Legs(random.NextBool(0.5) ? Form.Box : Form.Cylinder, RoomClass.Chair, frame, new(-half), new(half), seat - 0.05f, random.NextUniform(0.03f, 0.05f));
        }

        piece.Box(RoomClass.Chair, cover, new(-half, seat - random.NextUniform(0.05f, 0.1f), -half), new(half, seat, half));
        if (random.NextBool(0.6))
        {
            piece.Box(RoomClass.Chair, cover, new(-half, seat + random.NextUniform(0, 0.15f), -half - 0.02f), new(half, back, -half + 0.04f))
                .Box(RoomClass.Chair, frame, new(-half, seat, -half), new(-half + 0.03f, back, -half + 0.03f))
                .Box(RoomClass.Chair, frame, new(half - 0.03f, seat, -half), new(half, back, -half + 0.03f));
        }
        else
        {
            for (var i = 0; i < 4; i++)
            {
                var left = -half + (i * ((2 * half) - 0.04f) / 3);
                piece.Box(RoomClass.Chair, frame, new(left, seat, -half), new(left + 0.04f, back, -half + 0.03f));
            }

            piece.Box(RoomClass.Chair, frame, new(-half, back - 0.1f, -half), new(half, back, -half + 0.035f));
        }

        if (random.NextBool(0.3))
        {
            piece.Box(RoomClass.Chair, frame, new(-half - 0.04f, seat + 0.18f, -half), new(-half, seat + 0.22f, half - 0.05f))
                .Box(RoomClass.Chair, frame, new(half, seat + 0.18f, -half), new(half + 0.04f, seat + 0.22f, half - 0.05f))
                .Box(RoomClass.Chair, frame, new(-half - 0.04f, seat, half - 0.1f), new(-half, seat + 0.18f, half - 0.05f))
                .Box(RoomClass.Chair, frame, new(half, seat, half - 0.1f), new(half + 0.04f, seat + 0.18f, half - 0.05f));
        }

        return piece;
    }

    /// <summary>A dining table, desk or coffee table.</summary>
    /// <param name="height">Of its top.</param>
    /// <param name="half">Half its width and depth.</param>
    /// <param name="isRound">A round top on one foot.</param>
    /// <param name="random">Draws materials and details.</param>
    public static Piece Table(float height, Vector2 half, bool isRound, ref CounterRandom random)
    {
        var (top, legs) = (Palette.Furniture(ref random), Palette.Furniture(ref random));
        var thickness = random.NextUniform(0.03f, 0.06f);
        var piece = new Piece();
        if (isRound)
        {
            var foot = 0.5f * half.X;
            return piece.Add(Form.Cylinder, RoomClass.Table, top, new(-half.X, height - thickness, -half.X), new(half.X, height, half.X))
                .Add(Form.Cylinder, RoomClass.Table, legs, new(-0.05f, 0.04f, -0.05f), new(0.05f, height - thickness, 0.05f))
                .Add(Form.Cylinder, RoomClass.Table, legs, new(-foot, 0, -foot), new(foot, 0.04f, foot))
                .Carry(new(-0.65f * half.X), new(0.65f * half.X), height);
        }

        piece.Box(RoomClass.Table, top, new(-half.X, height - thickness, -half.Y), new(half.X, height, half.Y));
        if (random.NextBool(0.25))
        {
            piece.Box(RoomClass.Table, legs, new(-half.X, 0, -half.Y), new(-half.X + 0.04f, height - thickness, half.Y))
                .Box(RoomClass.Table, legs, new(half.X - 0.04f, 0, -half.Y), new(half.X, height - thickness, half.Y));
        }
        else
        {
            piece.Legs(random.NextBool(0.6) ? Form.Box : Form.Cylinder, RoomClass.Table, legs, -half, half, height - thickness, random.NextUniform(0.04f, 0.08f));
        }

        return piece.Carry(-half, half, height);
    }

    public static Piece Sofa(ref CounterRandom random)
    {
        var seats = 2 + random.NextInt(2);
        var (half, depth) = (seats * random.NextUniform(0.3f, 0.38f), random.NextUniform(0.38f, 0.48f));
        var (seat, back, arm) = (random.NextUniform(0.38f, 0.48f), random.NextUniform(0.7f, 0.95f), random.NextUniform(0.14f, 0.22f));
        var (cover, cushion) = (Palette.Fabric(ref random), Palette.Fabric(ref random));
        if (random.NextBool(0.6)) cushion = cover;
        var armTop = seat + random.NextUniform(0.1f, 0.22f);
        var piece = new Piece()
            .Box(RoomClass.Sofa, cover, new(-half, 0.05f, -depth), new(half, seat - 0.12f, depth))
            .Box(RoomClass.Sofa, cover, new(-half, 0.05f, -depth), new(half, back, -depth + 0.2f))
            .Box(RoomClass.Sofa, cover, new(-half - arm, 0, -depth), new(-half, armTop, depth))
            .Box(RoomClass.Sofa, cover, new(half, 0, -depth), new(half + arm, armTop, depth));
        var width = 2 * half / seats;
        for (var i = 0; i < seats; i++)
        {
            var left = -half + (i * width);
            piece.Box(RoomClass.Sofa, cushion, new(left + 0.01f, seat - 0.12f, -depth + 0.2f), new(left + width - 0.01f, seat, depth + 0.02f))
                .Box(RoomClass.Sofa, cushion, new(left + 0.01f, seat, -depth + 0.2f), new(left + width - 0.01f, back - 0.06f, -depth + 0.32f));
        }

        if (random.NextBool(0.6))
        {
            var side = random.NextBool(0.5) ? -1 : 1;
            var middle = side * (half - 0.22f);
            piece.Add(Form.Ball, Objects, Palette.Fabric(ref random), new(middle - 0.22f, seat - 0.02f, -depth + 0.28f), new(middle + 0.22f, seat + 0.38f, -depth + 0.5f));
        }

        return piece.Carry(new(-half + 0.45f, -0.02f), new(half - 0.45f, depth - 0.1f), seat, isSoft: true);
    }

    /// <summary>A chest of drawers, cupboard, bench or refrigerator: a box with fronts.</summary>
    public static Piece Cabinet(Vector3 size, int columns, int rows, ref CounterRandom random)
    {
        var (body, front, knob) = (Palette.Furniture(ref random), Palette.Furniture(ref random), Palette.Furniture(ref random));
        if (random.NextBool(0.6)) front = body;
        var (half, depth, foot) = (size.X / 2, size.Z / 2, random.NextUniform(0, 0.1f));
        var piece = new Piece().Box(RoomClass.Furniture, body, new(-half, 0, -depth), new(half, size.Y, depth));
        var (width, height) = (size.X / columns, (size.Y - foot - 0.03f) / rows);
        for (var cell = 0; cell < columns * rows; cell++)
        {
            var (left, low) = (-half + (cell % columns * width), foot + (cell / columns * height));
            piece.Box(RoomClass.Furniture, front, new(left + 0.015f, low + 0.015f, depth), new(left + width - 0.015f, low + height - 0.015f, depth + 0.02f));
            var middle = left + (width / 2);
            piece.Box(RoomClass.Furniture, knob, new(middle - 0.05f, low + (0.5f * height), depth + 0.02f), new(middle + 0.05f, low + (0.5f * height) + 0.03f, depth + 0.05f));
        }

        return piece.Carry(new(-half, -depth), new(half, depth), size.Y);
    }

    /// <summary>An open case with books and a few things on its boards.</summary>
    public static Piece Bookcase(ref CounterRandom random)
    {
        var (half, depth, height) = (random.NextUniform(0.35f, 0.75f), random.NextUniform(0.13f, 0.18f), random.NextUniform(0.9f, 2.1f));
        var board = Palette.Furniture(ref random);
        var levels = (int)(height / 0.36f);
        var step = (height - 0.1f) / levels;
        var piece = new Piece()
            .Box(RoomClass.Furniture, board, new(-half, 0, -depth), new(-half + 0.03f, height, depth))
            .Box(RoomClass.Furniture, board, new(half - 0.03f, 0, -depth), new(half, height, depth))
            .Box(RoomClass.Furniture, board, new(-half + 0.03f, 0, -depth), new(half - 0.03f, height, -depth + 0.02f));
        for (var level = 0; level <= levels; level++)
        {
            var low = level == 0 ? 0.05f : 0.07f + (level * step);
            piece.Box(RoomClass.Furniture, board, new(-half + 0.03f, low, -depth), new(half - 0.03f, low + 0.03f, depth));
            if (level == levels) break;
            if (random.NextBool(0.8))
                piece.Add(SmallThings.BookRow(1.7f * half * random.NextUniform(0.5f, 1), MathF.Min(0.3f, step - 0.06f), ref random), new(0, low + 0.03f, -0.01f), Directions.Ahead);
            else
                piece.Add(SmallThings.Vessel(step - 0.08f, ref random), new(random.NextUniform(-0.2f, 0.2f), low + 0.03f, 0), Directions.Ahead);
        }

        return piece.Carry(new(-half, -depth), new(half, depth), height);
    }
}
