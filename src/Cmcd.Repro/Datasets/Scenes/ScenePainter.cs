using Cmcd.Repro.Randomness;

namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>Makes scene after scene: colour, depth and labels of one view of one furnished room.</summary>
/// <remarks>
/// A pure function of the scene's id; random numbers come from <see cref="CounterRandom"/> at (seed 0, Rooms, sample = id), view 0 for the room
/// and its camera, 1 for colour, 2 for depth, 3 for gaps in the labels. Only + - × ÷ √ are used, so the bits are the same on every platform and for any
/// number of threads.
/// </remarks>
internal static class ScenePainter
{
    /// <summary>Part of every set's hash. Raise it when scenes can change.</summary>
    public const int Version = 1;

    /// <summary>Height and width of all images, pixels.</summary>
    public const int Side = 64;

    /// <summary>Pixels of one channel.</summary>
    public const int Pixels = Side * Side;

    private const float Gap = 0.5f;                      // share of label borders that stay unlabelled, about
    private const float GapLength = 5;                   // pixels over which a gap opens or closes

    /// <summary>Colour images alone.</summary>
    /// <param name="firstId">Id of scene 0; scene i has id firstId + i.</param>
    /// <param name="count">Scenes.</param>
    /// <returns>[count, 3, 64, 64] bytes.</returns>
    public static byte[] Colours(long firstId, int count)
    {
        var colours = new byte[count * 3 * Pixels];
        Parallel.For(0, count, i => Paint(firstId + i, colours.AsSpan(i * 3 * Pixels, 3 * Pixels), [], []));
        return colours;
    }

    /// <summary>Colour, depth and labels.</summary>
    /// <param name="firstId">Id of scene 0; scene i has id firstId + i.</param>
    /// <param name="count">Scenes.</param>
    /// <param name="threads">Most scenes at a time; -1 for one per processor.</param>
    /// <returns>[count, 3, 64, 64] bytes of colour, then [count, 1, 64, 64] of depth, then [count, 1, 64, 64] of labels.</returns>
    public static byte[] Scenes(long firstId, int count, int threads = -1)
    {
        var content = new byte[count * 5 * Pixels];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => Paint(
            firstId + i,
            content.AsSpan(i * 3 * Pixels, 3 * Pixels),
            content.AsSpan(((3 * count) + i) * Pixels, Pixels),
            content.AsSpan(((4 * count) + i) * Pixels, Pixels)));
        return content;
    }

    /// <summary>Where the rays through the pixel centres end, [64 × 64].</summary>
    public static Hit[] Hits(Scene scene, Camera camera)
    {
        var hits = new Hit[Pixels];
        for (var pixel = 0; pixel < Pixels; pixel++)
            hits[pixel] = scene.Trace(camera.Through(((pixel % Side) + 0.5f) / Side, ((pixel / Side) + 0.5f) / Side));
        return hits;
    }

    /// <summary>The room of that id, and the camera in it.</summary>
    public static (Scene Scene, Camera Camera) Stage(long id)
    {
        var random = Random(id, 0);
        var (scene, plan) = Decorator.Furnish(ref random);
        return (scene, Photographer.Choose(scene, plan, ref random));
    }

    private static void Paint(long id, Span<byte> colour, Span<byte> depth, Span<byte> labels)
    {
        var (scene, camera) = Stage(id);
        var light = Random(id, 1);
        ColourCamera.Take(scene, camera, colour, Side, ref light);
        if (depth.IsEmpty) return;

        var hits = Hits(scene, camera);
        var noise = Random(id, 2);
        DepthSensor.Measure(scene, camera, hits, depth, Side, ref noise);
        var gaps = Random(id, 3);
        Annotate(hits, labels, new Grain(ref gaps));
    }

    /// <summary>Labels of the pixel centres, with gaps along borders as people leave them.</summary>
    private static void Annotate(ReadOnlySpan<Hit> hits, Span<byte> labels, Grain gaps)
    {
        for (var pixel = 0; pixel < Pixels; pixel++)
        {
            var (x, y) = (pixel % Side, pixel / Side);
            var isBorder = (x < Side - 1 && hits[pixel + 1].Label != hits[pixel].Label) || (y < Side - 1 && hits[pixel + Side].Label != hits[pixel].Label);
            labels[pixel] = isBorder && gaps.At(x / GapLength, y / GapLength) < Gap ? SegmentedDataset.Void : hits[pixel].Label;
        }
    }

    private static CounterRandom Random(long id, int view) => new(seed: 0, Purpose.Rooms, epoch: 0, sample: id, view: view);
}
