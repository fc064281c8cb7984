using System.Numerics;
using Cmcd.Repro.Datasets.Sketches;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Furnishes a room: large pieces along the walls, chairs at tables, small things on what carries them. Nothing floats or overlaps.</summary>
internal sealed class Decorator
{
    private const int MostLamps = 3;
    private const double ShareUnlabelled = 0.1;          // of small things: those that annotators leave out

    private readonly FloorPlan _plan;
    private readonly List<Opening> _openings = [];
    private readonly List<Cluster> _clusters = [];
    private readonly List<Lamp> _lamps = [];

    private Decorator(FloorPlan plan) => _plan = plan;

    /// <summary>A furnished room, and its plan.</summary>
    public static (Scene Scene, FloorPlan Plan) Furnish(ref CounterRandom random)
    {
        var size = random.NextBool(0.15) ? 1.5f : 1;
        var half = new Vector3(size * random.NextUniform(1.4f, 2.4f), random.NextUniform(2.4f, 3), size * random.NextUniform(1.4f, 2.4f));
        var room = new Decorator(new(half));
        room.PlaceFurniture(ref random);
        room.FillWalls(ref random);
        room.Scatter(ref random);
        room.HangLamp(ref random);
        var paint = Enumerable.Repeat(Palette.Wall(ref random), 4).ToArray();
        if (random.NextBool(0.2)) paint[random.NextInt(4)] = Palette.Wall(ref random);
        var scene = new Scene(half, Palette.Floor(ref random), Palette.Wall(ref random), paint, room._plan.Walls,
            room._openings, [.. room._clusters], room._lamps, new Grain(ref random));
        return (scene, room._plan);
    }

    private void PlaceFurniture(ref CounterRandom random)
    {
        switch (random.NextInt(4))
        {
            case 0:                                      // a bedroom
                AlongWall(Furniture.Bed(ref random), ref random);
                if (random.NextBool(0.6)) AlongWall(NightStand(ref random), ref random);
                if (random.NextBool(0.5)) Desk(ref random);
                if (random.NextBool(0.7)) Television(ref random);
                break;
            case 1:                                      // a living room
                Lounge(ref random);
                if (random.NextBool(0.9)) Television(ref random);
                if (random.NextBool(0.4)) AlongWall(Furniture.Chair(ref random), ref random);
                break;
            case 2:                                      // a study, where guests sleep
                Desk(ref random);
                if (random.NextBool(0.3)) AlongWall(Furniture.Bed(ref random), ref random);
                if (random.NextBool(0.3)) Lounge(ref random);
                if (random.NextBool(0.7)) Television(ref random);
                AlongWall(Furniture.Bookcase(ref random), ref random);
                break;
            default:                                     // a dining room
                DiningTable(ref random);
                if (random.NextBool(0.3)) AlongWall(Furniture.Sofa(ref random), ref random);
                if (random.NextBool(0.7)) Television(ref random);
                if (random.NextBool(0.4)) AlongWall(Refrigerator(ref random), ref random);
                break;
        }

        if (random.NextBool(0.6)) AlongWall(Furniture.Bookcase(ref random), ref random);
        if (random.NextBool(0.6)) AlongWall(Chest(ref random), ref random);
        if (random.NextBool(0.3)) AlongWall(Wardrobe(ref random), ref random);
    }

    private void Desk(ref CounterRandom random)
    {
        var half = new Vector2(random.NextUniform(0.5f, 0.85f), random.NextUniform(0.28f, 0.4f));
        var desk = Furniture.Table(random.NextUniform(0.7f, 0.78f), half, isRound: false, ref random);
        if (AlongWall(desk, ref random) is { } spot) Seat(spot, _plan.Last, new(random.NextUniform(-0.2f, 0.2f), half.Y + random.NextUniform(0.05f, 0.3f)), 2, ref random);
    }

    private void DiningTable(ref CounterRandom random)
    {
        var isRound = random.NextBool(0.3);
        var half = new Vector2(random.NextUniform(0.45f, 0.85f), random.NextUniform(0.38f, 0.48f));
        if (isRound) half = new(half.Y + 0.1f);
        if (Freely(Furniture.Table(random.NextUniform(0.7f, 0.78f), half, isRound, ref random), ref random) is not { } spot) return;
        var table = _plan.Last;
        for (var side = 0; side < 4; side++)
        {
            var reach = side % 2 == 0 ? half.Y : half.X;
            if (random.NextBool(0.65)) Seat(spot, table, new(random.NextUniform(-0.1f, 0.1f), reach + random.NextUniform(0.05f, 0.3f)), side, ref random);
        }
    }

    /// <summary>A chair that faces a table.</summary>
    /// <param name="table">Where the table is.</param>
    /// <param name="number">The table's number in the plan.</param>
    /// <param name="offset">Sideways, and away from the table's middle, metres.</param>
    /// <param name="side">Quarter turns: 2 is the table's front.</param>
    /// <param name="random">Draws the chair.</param>
    private void Seat(Spot table, int number, Vector2 offset, int side, ref CounterRandom random)
    {
        var towards = Directions.Sum(table.Turn, _plan.Walls[side].Turn);
        var turn = Directions.Sum(towards, Placement.Rotation(random.NextUniform(-0.4f, 0.4f)));
        var spot = new Spot(table.Position + Directions.Turned(new(offset.X, 0, -offset.Y), towards), turn);
        var chair = Furniture.Chair(ref random);
        if (_plan.Take(chair, spot, under: number)) Place(chair, spot, ref random);
    }

    private void Lounge(ref CounterRandom random)
    {
        if (AlongWall(Furniture.Sofa(ref random), ref random) is not { } sofa || !random.NextBool(0.75)) return;
        var half = new Vector2(random.NextUniform(0.35f, 0.6f), random.NextUniform(0.25f, 0.35f));
        var table = Furniture.Table(random.NextUniform(0.35f, 0.48f), half, random.NextBool(0.25), ref random);
        var spot = new Spot(sofa.Position + Directions.Turned(new(random.NextUniform(-0.2f, 0.2f), 0, random.NextUniform(1, 1.2f)), sofa.Turn), sofa.Turn);
        if (_plan.Take(table, spot)) Place(table, spot, ref random);
    }

    private void Television(ref CounterRandom random)
    {
        if (random.NextBool(0.3))
        {
            var screen = random.NextBool(0.6) ? Palette.DarkScreen(ref random) : Palette.Image(0.8f, ref random);
            Hang(WallThings.Screen(random.NextUniform(0.35f, 0.65f), Palette.Furniture(ref random), screen), 1.1f, 1.5f, ref random);
            return;
        }

        var size = new Vector3(random.NextUniform(0.8f, 1.6f), random.NextUniform(0.4f, 0.8f), random.NextUniform(0.4f, 0.55f));
        var bench = Furniture.Cabinet(size, 2 + random.NextInt(2), 1 + random.NextInt(2), ref random);
        AlongWall(new Piece().Add(bench, Vector3.Zero, Directions.Ahead).Add(SmallThings.Television(ref random), new(0, size.Y, -0.05f), Directions.Ahead), ref random);
    }

    private static Piece NightStand(ref CounterRandom random) =>
        Furniture.Cabinet(new(random.NextUniform(0.4f, 0.55f), random.NextUniform(0.45f, 0.65f), 0.4f), 1, 1 + random.NextInt(2), ref random);

    private static Piece Chest(ref CounterRandom random) =>
        Furniture.Cabinet(new(random.NextUniform(0.7f, 1.4f), random.NextUniform(0.7f, 1.3f), random.NextUniform(0.4f, 0.55f)), 1 + random.NextInt(2), 2 + random.NextInt(3), ref random);

    private static Piece Wardrobe(ref CounterRandom random) =>
        Furniture.Cabinet(new(random.NextUniform(0.8f, 1.6f), random.NextUniform(1.7f, 2.2f), random.NextUniform(0.5f, 0.6f)), 2, 1 + random.NextInt(2), ref random);

    private static Piece Refrigerator(ref CounterRandom random) =>
        Furniture.Cabinet(new(random.NextUniform(0.6f, 0.9f), random.NextUniform(1.5f, 1.85f), random.NextUniform(0.6f, 0.7f)), 1, 2, ref random);

    private void FillWalls(ref CounterRandom random)
    {
        for (var windows = random.NextInt(3); windows >= 0; windows--) Window(ref random);
        if (random.NextBool(0.5)) Hang(WallThings.Door(ref random), 0, 0, ref random);
        for (var pictures = 2 + random.NextInt(4); pictures > 0; pictures--)
        {
            var half = new Vector2(random.NextUniform(0.18f, 0.6f), random.NextUniform(0.18f, 0.45f));
            Hang(WallThings.Picture(half, ref random), 1.35f, 1.75f, ref random);
        }
    }

    private void Window(ref CounterRandom random)
    {
        var (half, isDay) = (new Vector2(random.NextUniform(0.4f, 0.9f), random.NextUniform(0.4f, 0.7f)), random.NextBool(0.75));
        var dressing = WallThings.WindowDressing(half, ref random);
        if (_plan.OnWall(dressing, 1.3f, 1.6f, ref random) is not { } place) return;
        var (wall, at) = place;
        _clusters.Add(new(new Piece().Add(dressing, wall.At(at.X, at.Y, 0), wall.Turn), throwsShadow: false));
        _openings.Add(new(wall, at - half, at + half, random.NextUniform(0.12f, 0.25f), Palette.Glass(isDay, ref random), Palette.Furniture(ref random)));
        if (isDay) Shine(wall.At(at.X, at.Y, 0.3f), new Vector3(0.85f, 0.95f, 1.1f) * random.NextUniform(0.6f, 1.6f), 0.4f);
    }

    /// <summary>Carpets, things on the floor, and things on all that carries them.</summary>
    private void Scatter(ref CounterRandom random)
    {
        if (random.NextBool(0.4))
        {
            var half = new Vector3(random.NextUniform(0.5f, 1.1f), 0, random.NextUniform(0.4f, 0.8f));
            var middle = new Vector3(random.NextUniform(-0.4f, 0.4f), 0, random.NextUniform(-0.4f, 0.4f));
            _clusters.Add(new(new Piece().Box(RoomClass.Floor, Palette.Fabric(ref random), middle - half, middle + half + new Vector3(0, 0.012f, 0)), throwsShadow: false));
        }

        for (var things = random.NextInt(4); things > 0; things--)
        {
            var thing = random.NextBool(0.25) ? SmallThings.Plant(ref random) : SmallThings.OnTheFloor(ref random);
            Freely(random.NextBool(ShareUnlabelled) ? thing.Unlabelled() : thing, ref random);
        }

        if (_lamps.Count < MostLamps && random.NextBool(0.3))
        {
            var (height, shade) = (random.NextUniform(1.4f, 1.7f), Palette.LampShade(ref random));
            var lamp = SmallThings.Lamp(height, shade, ref random);
            if (_plan.Anywhere(lamp, ref random) is { } spot) PlaceLamp(lamp, height, shade, spot, 1);
        }
    }

    private void HangLamp(ref CounterRandom random)
    {
        var (shade, half, drop) = (Palette.LampShade(ref random), random.NextUniform(0.12f, 0.3f), random.NextUniform(0.06f, 0.5f));
        var isLit = _lamps.Count == 0 || (_lamps.Count < MostLamps && random.NextBool(0.5));
        if (!isLit) shade = shade with { Glow = 0, First = shade.First * 0.6f, Second = shade.Second * 0.6f };
        var at = new Vector3(random.NextUniform(-0.5f, 0.5f), _plan.Half.Y - drop, random.NextUniform(-0.5f, 0.5f));
        var reach = new Vector3(half, half / 2, half);
        var piece = new Piece().Add(Form.Cylinder, RoomClass.Objects, shade, at - reach, at + reach);
        if (drop > half / 2) piece.Add(Form.Cylinder, RoomClass.Objects, shade, at - new Vector3(0.015f, 0, 0.015f), at + new Vector3(0.015f, drop, 0.015f));
        _clusters.Add(new(piece, throwsShadow: false));
        if (isLit) Shine(at - new Vector3(0, half / 2, 0), shade.First * 2.2f, half);
    }

    private void Hang(Piece piece, float least, float most, ref CounterRandom random)
    {
        if (_plan.OnWall(piece, least, most, ref random) is { } place)
            _clusters.Add(new(new Piece().Add(piece, place.Wall.At(place.At.X, place.At.Y, 0), place.Wall.Turn), throwsShadow: false));
    }

    private Spot? AlongWall(Piece piece, ref CounterRandom random)
    {
        if (_plan.AgainstWall(piece, ref random) is not { } spot) return null;
        Place(piece, spot, ref random);
        return spot;
    }

    private Spot? Freely(Piece piece, ref CounterRandom random)
    {
        if (_plan.Anywhere(piece, ref random) is not { } spot) return null;
        Place(piece, spot, ref random);
        return spot;
    }

    private void Place(Piece piece, Spot spot, ref CounterRandom random)
    {
        _clusters.Add(new(new Piece().Add(piece, spot.Position, spot.Turn), throwsShadow: true));
        foreach (var top in piece.Tops) Load(top, spot, ref random);
    }

    /// <summary>A few things side by side on a level surface.</summary>
    private void Load(Piece.Top top, Spot spot, ref CounterRandom random)
    {
        var taken = new List<(Vector2 At, float Radius)>();
        var size = top.High - top.Low;
        for (var things = random.NextInt(top.IsSoft ? 2 : 3 + (int)(3 * size.X)); things > 0; things--)
        {
            var kind = top.IsSoft ? random.NextUniform(0, 0.3f) : random.NextUniform();
            var (lampHeight, shade) = (random.NextUniform(0.4f, 0.55f), Palette.LampShade(ref random));
            var isLamp = kind > 0.88f && _lamps.Count < MostLamps;
            var highest = MathF.Min(0.4f, _plan.Half.Y - top.Height - 0.05f);
            var thing = isLamp ? SmallThings.Lamp(lampHeight, shade, ref random)
                : kind < 0.3f ? SmallThings.BookPile(ref random)
                : kind < 0.42f ? SmallThings.BookRow(random.NextUniform(0.15f, 0.5f), 0.28f, ref random)
                : SmallThings.Vessel(highest, ref random);
            var (low, high) = thing.Extent;
            var radius = MathF.Max(MathF.Max(-low.X, high.X), MathF.Max(-low.Z, high.Z));
            var at = new Vector2(random.NextUniform(top.Low.X + radius, top.High.X - radius), random.NextUniform(top.Low.Y + radius, top.High.Y - radius));
            var isUnlabelled = random.NextBool(ShareUnlabelled);
            if ((2 * radius) + 0.02f > MathF.Min(size.X, size.Y) || top.Height + high.Y > _plan.Half.Y) continue;
            if (taken.Any(other => Near(other.At, at, other.Radius + radius))) continue;

            taken.Add((at, radius));
            var there = new Spot(spot.Position + Directions.Turned(new(at.X, top.Height, at.Y), spot.Turn), spot.Turn);
            if (isLamp) PlaceLamp(thing, lampHeight, shade, there, 0.5f);
            else _clusters.Add(new(new Piece().Add(isUnlabelled ? thing.Unlabelled() : thing, there.Position, there.Turn), throwsShadow: true));
        }
    }

    private void PlaceLamp(Piece lamp, float height, Material shade, Spot spot, float power)
    {
        _clusters.Add(new(new Piece().Add(lamp, spot.Position, spot.Turn), throwsShadow: false));
        Shine(spot.Position + new Vector3(0, height - 0.13f, 0), shade.First * power * 1.5f, 0.12f);
    }

    private void Shine(Vector3 position, Vector3 power, float size)
    {
        if (_lamps.Count < MostLamps) _lamps.Add(new(position, power, size));
    }

    private static bool Near(Vector2 a, Vector2 b, float distance)
    {
        var apart = a - b;
        return (apart.X * apart.X) + (apart.Y * apart.Y) < distance * distance;
    }
}
