using System.Diagnostics;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Losses;
using Cmcd.Repro.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Cmcd.Repro.Pipeline;

/// <summary>What step 2 minimises: from two views of a batch of pairs to one scalar, for each kind of loss.</summary>
/// <remarks>
/// The contrastive losses compare projected student features with the teacher's pooled ones (O-02, O-08), CMST and CMKD compare stage
/// maps, SOCKET the statistics that enter each BatchNorm layer. Only what a loss needs is computed. A source item of several frames counts by the
/// mean of its frames' features or maps (O-17). Maps of other channels pass a trained 1 x 1 convolution first, of other grids are averaged in the loss.
/// Between different networks, whose BatchNorm layers do not match, SOCKET compares the four stage outputs of the paired batch.
/// </remarks>
internal sealed class DistillationObjective : IDisposable
{
    private readonly LossSettings _settings;
    private readonly Encoder _teacher, _student;
    private readonly nn.Module _loss;
    private readonly StageAdapters? _adapters;
    private readonly int _frames;

    /// <param name="settings">Loss and projector.</param>
    /// <param name="teacher">Frozen.</param>
    /// <param name="student">Trained.</param>
    /// <param name="seed">Of the weights of projector or adapters.</param>
    /// <param name="device">Where they live.</param>
    /// <param name="frames">Frames of a source item.</param>
    public DistillationObjective(DistillationSettings settings, Encoder teacher, Encoder student, long seed, Device device, int frames = 1)
    {
        (_settings, _teacher, _student, _frames) = (settings.Loss, teacher, student, frames);
        _loss = Create(settings.Loss);
        _adapters = Adapters(seed)?.to(device);
        if (settings.Loss is CmdSettings or CmcSettings or MixedSettings)
        {
            var (from, to) = ((int)student.FeatureDimension, (int)teacher.FeatureDimension);
            Projector = settings.Projector switch
            {
                Experiments.Projector.Mlp => Models.Projector.Mlp(from, to, seed).to(device),
                Experiments.Projector.Linear => Models.Projector.LinearOnly(from, to, seed).to(device),
                _ => throw new UnreachableException($"Projector has a value without an arm here: {settings.Projector}."),
            };
        }
    }

    /// <summary>The trainable part of the contrastive losses beside the student; null for losses on maps and statistics.</summary>
    public Models.Projector? Projector { get; }

    /// <summary>What is trained beside the student, by the name it has in a resume point.</summary>
    public IEnumerable<(string Name, nn.Module Module)> Trained
    {
        get
        {
            if (Projector is not null) yield return ("projector", Projector);
            if (_adapters is not null) yield return ("adapters", _adapters);
        }
    }

    /// <summary>The loss of one batch.</summary>
    /// <param name="target">Target views, [N, C, H, W].</param>
    /// <param name="source">Source views of the same pairs, [N·F, C, H, W], the frames of an item one after another.</param>
    /// <param name="photos">Photo id of each pair, [N].</param>
    public Tensor Of(Tensor target, Tensor source, Tensor photos)
    {
        switch (_loss)
        {
            case CmstLoss cmst: return cmst.call(Adapted(_student.Trace(target).Stages)[^1], TeacherMaps(source)[^1]);
            case CmkdLoss cmkd:
                var maps = _student.Trace(target).Stages;
                return cmkd.Adapted(maps, Adapted(maps)[^1], TeacherMaps(source));
            case SocketLoss socket when IsSameNetwork:
                return socket.forward(_student.Trace(target, batchStatistics: true).BatchStatistics, _teacher.RunningStatistics());
            case SocketLoss socket:
                return socket.forward([.. Adapted(_student.Trace(target).Stages).Select(SocketLoss.Statistics)], [.. EachFramesMaps(source).Select(SocketLoss.Statistics)]);
            default: return OfFeatures(_student.call(target), Teacher(source), photos);
        }
    }

    /// <summary>A contrastive loss of features that were computed before.</summary>
    /// <param name="student">Student's pooled features, [N, D], not yet projected.</param>
    /// <param name="teacher">Teacher's pooled features, [N, D'].</param>
    /// <param name="photos">Photo id of each pair, [N].</param>
    public Tensor OfFeatures(Tensor student, Tensor teacher, Tensor photos)
    {
        var projected = Projector!.call(student);
        return _loss switch
        {
            CmdLoss cmd => cmd.call(projected, teacher),
            CmcLoss cmc => cmc.call(projected, teacher, Ids(photos)),
            MixedLoss mixed => mixed.call(projected, teacher, Ids(photos)),
            _ => throw new UnreachableException($"A loss without an arm here: {_loss.GetType().Name}."),
        };
    }

    /// <summary>How sharp and how well matched the pair distributions are on one batch (methods: entropy, KL, mean p_ii); null for losses without them.</summary>
    public CmdTerms? Terms(Tensor target, Tensor source)
    {
        var temperature = _settings switch
        {
            CmdSettings cmd => cmd.TeacherTemperature,
            CmcSettings cmc => cmc.Temperature,
            MixedSettings mixed => mixed.Cmd.TeacherTemperature,
            _ => (double?)null,
        };
        if (temperature is null) return null;

        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var probe = new CmdLoss(temperature.Value, temperature.Value);
        return probe.Terms(Projector!.call(_student.call(target)), Teacher(source));
    }

    public void Dispose()
    {
        _loss.Dispose();
        Projector?.Dispose();
        _adapters?.Dispose();
    }

    /// <summary>Both sides have the same BatchNorm layers over the same kind of input, so their statistics can be compared layer by layer.</summary>
    private bool IsSameNetwork =>
        (_teacher.Options.Architecture, _teacher.Options.Width, _teacher.Options.InputChannels) == (_student.Options.Architecture, _student.Options.Width, _student.Options.InputChannels);

    private StageAdapters? Adapters(long seed)
    {
        var last = _student.StageChannels.Count - 1;
        var first = _loss switch { CmstLoss or CmkdLoss => last, SocketLoss when !IsSameNetwork => 0, _ => last + 1 };
        var adapters = new StageAdapters(_student.StageChannels, _teacher.StageChannels, first, seed);
        return adapters.Any ? adapters : null;
    }

    private IReadOnlyList<Tensor> Adapted(IReadOnlyList<Tensor> maps) => _adapters is null ? maps : _adapters.call(maps);

    private Tensor Teacher(Tensor views)
    {
        using var noGradient = no_grad();
        return FrameMean.Of(_teacher.call(views), _frames);
    }

    private IReadOnlyList<Tensor> TeacherMaps(Tensor views)
    {
        using var noGradient = no_grad();
        return [.. EachFramesMaps(views).Select(map => FrameMean.Of(map, _frames))];
    }

    /// <summary>Not averaged over a clip's frames: that would shrink the variance SOCKET compares.</summary>
    private IReadOnlyList<Tensor> EachFramesMaps(Tensor views)
    {
        using var noGradient = no_grad();
        return _teacher.Trace(views).Stages;
    }

    private Tensor? Ids(Tensor photos) => _settings is CmcSettings { MultiPositive: false } or MixedSettings { Cmc.MultiPositive: false } ? null : photos;

    private static nn.Module Create(LossSettings settings) => settings switch
    {
        CmdSettings cmd => Cmd(cmd),
        CmcSettings cmc => Cmc(cmc),
        MixedSettings mixed => new MixedLoss(Cmc(mixed.Cmc), Cmd(mixed.Cmd), mixed.Lambda),
        CmstSettings => new CmstLoss(),
        CmkdSettings cmkd => new CmkdLoss(cmkd.AttentionWeight),
        SocketSettings socket => new SocketLoss(socket.FirstLayerWeight, socket.Weight),
        _ => throw new UnreachableException($"LossSettings has a kind without an arm here: {settings.GetType().Name}."),
    };

    private static CmdLoss Cmd(CmdSettings settings) => new(settings.TeacherTemperature, settings.StudentTemperature, settings.Relational, settings.IncludeSelf);

    private static CmcLoss Cmc(CmcSettings settings) => new(settings.Temperature, settings.Symmetric);
}
