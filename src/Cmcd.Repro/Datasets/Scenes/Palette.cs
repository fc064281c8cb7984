using System.Numerics;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Draws materials. Colours do not depend on the class of a thing: a class must not be told by its colour alone.</summary>
internal static class Palette
{
    private static readonly Pattern[] Furnishing = [Pattern.Plain, Pattern.Plain, Pattern.Wood, Pattern.Wood, Pattern.Speckle];
    private static readonly Pattern[] Cloth = [Pattern.Plain, Pattern.Plain, Pattern.Speckle, Pattern.Stripes, Pattern.Checks, Pattern.Blotches];
    private static readonly Pattern[] Ground = [Pattern.Wood, Pattern.Wood, Pattern.Tiles, Pattern.Speckle, Pattern.Speckle, Pattern.Plain];
    private static readonly Pattern[] Paint = [Pattern.Plain, Pattern.Plain, Pattern.Plain, Pattern.Plain, Pattern.Stripes, Pattern.Tiles];

    public static Material Furniture(ref CounterRandom random) => Draw(Furnishing, 0.15f, 0.4f, 0, ref random);

    public static Material Fabric(ref CounterRandom random) => Draw(Cloth, 0.06f, 0.3f, 0, ref random);

    public static Material Floor(ref CounterRandom random) => Draw(Ground, 0.2f, 0.5f, 0, ref random);

    /// <summary>Walls and ceilings: never dark, else nothing in the room is seen.</summary>
    public static Material Wall(ref CounterRandom random) => Draw(Paint, 0.2f, 0.6f, 0.45f, ref random);

    /// <summary>A painting, a poster or a running programme.</summary>
    public static Material Image(float glow, ref CounterRandom random)
    {
        var (first, second) = (Colour(0, ref random), Colour(0, ref random));
        return new(Pattern.Blotches, first, second, random.NextUniform(0.08f, 0.3f), random.NextUniform(0, 99), random.NextUniform(0.1f, 0.7f), glow);
    }

    /// <summary>A screen that is off: dark for the eye and nearly so for the depth sensor.</summary>
    public static Material DarkScreen(ref CounterRandom random)
    {
        var tone = new Vector3(random.NextUniform(0.005f, 0.04f));
        return new(Pattern.Plain, tone, tone * 3, 0.5f, random.NextUniform(0, 99), random.NextUniform(0.03f, 0.12f));
    }

    /// <summary>Glass with the world behind it, by day or by night. It returns no infrared light.</summary>
    public static Material Glass(bool isDay, ref CounterRandom random)
    {
        var sky = new Vector3(random.NextUniform(0.6f, 1), random.NextUniform(0.75f, 1), 1) * (isDay ? random.NextUniform(0.7f, 1.3f) : 0.01f);
        var land = Colour(0, ref random) * (isDay ? 0.6f : 0.02f);
        return new(Pattern.Outdoors, sky, land, random.NextUniform(0.3f, 1), random.NextUniform(0, 99), Infrared: 0, Glow: 1);
    }

    public static Material LampShade(ref CounterRandom random)
    {
        var warm = new Vector3(1, random.NextUniform(0.75f, 1), random.NextUniform(0.45f, 1)) * random.NextUniform(0.8f, 1.4f);
        return new(Pattern.Plain, warm, warm, 1, 0, random.NextUniform(0.3f, 0.9f), Glow: 1);
    }

    private static Material Draw(Pattern[] patterns, float smallest, float largest, float darkest, ref CounterRandom random)
    {
        var pattern = patterns[random.NextInt(patterns.Length)];
        var first = Colour(darkest, ref random);
        var second = random.NextBool(0.5) ? first * random.NextUniform(0.4f, 0.9f) : Colour(darkest, ref random);
        return new(pattern, first, second, random.NextUniform(smallest, largest), random.NextUniform(0, 99), random.NextUniform(0.2f, 0.9f));
    }

    /// <summary>Neutral, earthen, muted or vivid; drawn as the eye sees it, then squared to linear.</summary>
    private static Vector3 Colour(float darkest, ref CounterRandom random)
    {
        var kind = random.NextUniform();
        var tone = random.NextUniform(0.1f, 0.95f);
        var free = new Vector3(random.NextUniform(), random.NextUniform(), random.NextUniform());
        var grey = (free.X + free.Y + free.Z) / 3;
        var seen = kind switch
        {
            < 0.3f => new Vector3(tone) + ((free - new Vector3(grey)) * 0.08f),
            < 0.55f => (new Vector3(0.85f, 0.58f, 0.36f) * (0.3f + tone)) + (free * 0.1f),
            < 0.85f => new Vector3(grey) + ((free - new Vector3(grey)) * 0.6f),
            _ => free,
        };
        seen = new Vector3(darkest) + (Vector3.Clamp(seen, new(0.03f), Vector3.One) * (1 - darkest));
        return seen * seen;
    }
}
