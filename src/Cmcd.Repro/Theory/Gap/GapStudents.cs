using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Losses;
using Cmcd.Repro.Randomness;
using static TorchSharp.torch;
using Adam = Cmcd.Repro.Optimizers.Adam;

namespace Cmcd.Repro.Theory.Gap;

/// <summary>Step 2 of the gap experiment: every method's student side by side, on the same batches and the same views.</summary>
internal sealed class GapStudents : IDisposable
{
    private const int Stream = 2;
    private const int Trained = (int)GapMethod.SOCKET + 1, Projected = (int)GapMethod.ShuffledCMD + 1, SelfSupervised = (int)GapMethod.PreSSL + 1;

    private readonly EncoderStack _projectors;

    private GapStudents(EncoderStack encoders, EncoderStack projectors) => (Encoders, _projectors) = (encoders, projectors);

    /// <summary>All methods, in the order of <see cref="GapMethod"/>.</summary>
    public EncoderStack Encoders { get; }

    /// <summary>CMD's student as its loss sees it, [N, hidden], without gradient.</summary>
    public Tensor ProjectedCmd(Tensor observations)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        return _projectors.Run(Encoders.Run(observations, Projected).Output, activated: false).Output[(int)GapMethod.CMD].MoveToOuterDisposeScope();
    }

    /// <summary>Trains all of them.</summary>
    /// <param name="training">Lengths, rates, losses.</param>
    /// <param name="teacher">The frozen teacher.</param>
    /// <param name="source">Views of the pairs' source side, each [N, observed].</param>
    /// <param name="target">Views of their target side.</param>
    /// <param name="seed">Seed of the run.</param>
    public static GapStudents Train(GapTraining training, EncoderStack teacher, IReadOnlyList<Tensor> source, IReadOnlyList<Tensor> target, long seed)
    {
        using var scope = NewDisposeScope();
        var (count, inputs) = ((int)target[0].shape[0], (int)target[0].shape[1]);
        using var random = EncoderStack.Random(2, inputs, training.Hidden, training.Hidden, seed, Stream);
        // SSL starts at random, PreSSL and the distilled students from the teacher: the paper's rows (deviations.md, d1).
        using var students = EncoderStack.Of([(random, 0), .. Enumerable.Repeat((teacher, 0), Trained - 1)]);
        var projectors = EncoderStack.Random(Projected, training.Hidden, training.Hidden, training.Hidden, seed, Stream + 100);
        var features = source.Select(view => teacher.Encode(view)[0]).ToArray();                                  // each [N, hidden]
        var statistics = Statistics(teacher.Run(source[0]), 0).Select(pair => (pair.Mean.detach(), pair.Variance.detach())).ToArray();
        var shuffled = tensor(new CounterRandom(seed, Purpose.Gap, (long)GapPart.Shuffle).NextPermutation(count), dtype: int64);
        var batches = new GapBatches(count, training.BatchSize, seed, Stream);
        using var adam = new Adam([.. students.Parameters, .. projectors.Parameters]);
        using var simClr = new NtXentLoss(training.SimClrTemperature);
        using var cmd = new CmdLoss(training.Temperature, training.Temperature);
        using var cmc = new CmcLoss(training.Temperature);
        using var cmst = new CmstLoss();
        using var socket = new SocketLoss(training.Socket.FirstLayerWeight, training.Socket.Weight);
        for (var update = 0; update < training.StudentUpdates; update++)
        {
            using var step = NewDisposeScope();
            var (ids, epoch) = (batches.Of(update), batches.EpochOf(update));
            var (one, two) = (2 * epoch % target.Count, ((2 * epoch) + 1) % target.Count);
            var layers = students.Run(target[one][ids]);
            var own = projectors.Run(layers.Output.narrow(0, 0, Projected), activated: false).Output;             // [5, B, hidden]
            var other = projectors.Run(students.Run(target[two][ids], SelfSupervised).Output, SelfSupervised, activated: false).Output;
            var wanted = features[one][ids];
            var losses = stack(
            [
                simClr.call(own[(int)GapMethod.SSL], other[(int)GapMethod.SSL]),
                simClr.call(own[(int)GapMethod.PreSSL], other[(int)GapMethod.PreSSL]),
                cmd.call(own[(int)GapMethod.CMD], wanted),
                cmc.call(own[(int)GapMethod.CMC], wanted, null),
                cmd.call(own[(int)GapMethod.ShuffledCMD], features[one][shuffled[ids]]),
                cmst.call(Map(layers.Output[(int)GapMethod.CMST]), Map(wanted)),
                socket.call(Statistics(layers, (int)GapMethod.SOCKET), statistics),
            ]);
            adam.ZeroGradients();
            losses.sum().backward();
            adam.Step(training.LearningRate);
        }

        return new(EncoderStack.Of([.. Enumerable.Range(0, Trained).Select(place => (students, place)), (random, 1), (teacher, 0)]), projectors);
    }

    public void Dispose()
    {
        Encoders.Dispose();
        _projectors.Dispose();
    }

    /// <summary>Statistics of what enters each ReLU: these networks' place for what BatchNorm layers receive.</summary>
    private static (Tensor Mean, Tensor Variance)[] Statistics((Tensor First, Tensor Second, Tensor Output) layers, int place) =>
        [SocketLoss.Statistics(Map(layers.First[place])), SocketLoss.Statistics(Map(layers.Second[place]))];

    private static Tensor Map(Tensor features) => features.unsqueeze(2).unsqueeze(3);   // [N, C] as maps of one place, [N, C, 1, 1]
}
