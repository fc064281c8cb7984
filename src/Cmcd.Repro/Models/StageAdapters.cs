using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cmcd.Repro.Models;

/// <summary>Trainable 1 x 1 convolutions from a student's stage maps to the teacher's channels; dropped after training.</summary>
/// <remarks>A stage whose channels agree has none and passes unchanged. Keys: the stage's place, as in "3.weight" [C', C] and "3.bias" [C'].</remarks>
public sealed class StageAdapters : Module<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>>
{
    private readonly LinearMap?[] _layers;

    /// <param name="student">Channels of the student's stage maps.</param>
    /// <param name="teacher">Channels of the teacher's, as many stages.</param>
    /// <param name="first">First stage that is adapted; those before pass unchanged whatever their channels.</param>
    /// <param name="seed">Of the weights; shares no numbers with an encoder or projector of the same seed.</param>
    /// <exception cref="ArgumentException">The numbers of stages differ.</exception>
    public StageAdapters(IReadOnlyList<long> student, IReadOnlyList<long> teacher, int first, long seed) : base(nameof(StageAdapters))
    {
        ArgumentNullException.ThrowIfNull(student);
        ArgumentNullException.ThrowIfNull(teacher);
        if (student.Count != teacher.Count)
            throw new ArgumentException($"Expected as many stages of the student as of the teacher, got {student.Count} and {teacher.Count}.", nameof(teacher));

        var source = new WeightSource(seed, WeightStream.StageAdapters);
        _layers = new LinearMap?[student.Count];
        for (var stage = first; stage < _layers.Length; stage++)
        {
            if (student[stage] == teacher[stage]) continue;
            register_module($"{stage}", _layers[stage] = new LinearMap(student[stage], teacher[stage], source));
        }
    }

    /// <summary>Whether any stage needs an adapter: without one there is nothing to train.</summary>
    public bool Any => _layers.Any(layer => layer is not null);

    /// <param name="maps">The student's stage maps, first to last, each [N, C, H, W], float32.</param>
    /// <returns>The same maps with the teacher's channels, [N, C', H, W], in the caller's scope.</returns>
    public override IReadOnlyList<Tensor> forward(IReadOnlyList<Tensor> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        return [.. maps.Zip(_layers, (map, layer) => layer is null ? map : Mix(map, layer))];
    }

    private static Tensor Mix(Tensor map, LinearMap layer)
    {
        using var scope = NewDisposeScope();
        var places = map.permute(0, 2, 3, 1);                                                          // [N, H, W, C]
        var mixed = layer.call(places.flatten(0, 2)).view([.. places.shape[..3], -1]);                 // [N, H, W, C']
        return mixed.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) StateDict.Release(this);   // TorchSharp would leave parameters and buffers to the finalizer
        base.Dispose(disposing);
    }
}
