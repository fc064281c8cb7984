using System.Numerics;
using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Chooses the view: of a dozen places where a person can stand, the one that shows most things of most kinds, and nothing too near.</summary>
internal static class Photographer
{
    private const int Views = 12;
    private const int Grid = 10;                         // rays along each side of a trial view
    private const float TooNear = 0.9f;                  // metres
    private const float LeastHalfWidth = 0.49f, MostHalfWidth = 0.6f;      // 52° to 62°: the Kinect of NYU-Depth V2 sees 63° by 50°

    public static Camera Choose(Scene scene, FloorPlan plan, ref CounterRandom random)
    {
        Camera? best = null;
        var bestScore = float.NegativeInfinity;
        for (var view = 0; view < Views; view++)
        {
            var camera = Draw(plan, ref random);
            var score = Score(scene, camera) - (plan.IsStandingRoom(camera.Position) ? 0 : 100);
            if (score > bestScore) (best, bestScore) = (camera, score);
        }

        return best!;
    }

    private static Camera Draw(FloorPlan plan, ref CounterRandom random)
    {
        var (x, z) = (plan.Half.X - 0.3f, plan.Half.Z - 0.3f);
        var eyes = new Vector3(random.NextUniform(-x, x), random.NextUniform(1.15f, 1.75f), random.NextUniform(-z, z));
        var goal = new Vector3(random.NextUniform(-x, x), 0, random.NextUniform(-z, z)) * 0.8f;
        var way = goal - new Vector3(eyes.X, 0, eyes.Z);
        var heading = Directions.Unit(way + new Vector3(0.001f, 0, 0));              // never of length zero
        return Camera.Of(eyes, new(heading.X, heading.Z), random.NextUniform(0, 0.42f), random.NextUniform(-0.05f, 0.05f),
            random.NextUniform(LeastHalfWidth, MostHalfWidth));
    }

    private static float Score(Scene scene, Camera camera)
    {
        var seen = new int[(int)RoomClass.Window + 1];
        var near = 0;
        for (var ray = 0; ray < Grid * Grid; ray++)
        {
            var hit = scene.Trace(camera.Through((ray % Grid + 0.5f) / Grid, (ray / Grid + 0.5f) / Grid));
            if (hit.Label < seen.Length) seen[hit.Label]++;
            if (hit.Distance < TooNear) near++;
        }

        var things = Grid * Grid - seen[(int)RoomClass.Wall] - seen[(int)RoomClass.Floor] - seen[(int)RoomClass.Ceiling];
        return seen.Count(rays => rays > 0) + (0.5f * seen.Count(rays => rays > 2)) + (0.05f * things) - (0.15f * near);
    }
}
