using Cmcd.Repro.Experiments.Gap;
using Cmcd.Repro.Randomness;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cmcd.Repro.Theory.Gap;

/// <summary>A world with two modalities whose distance is known: what is observed on each side follows from latents by a map that loses nothing.</summary>
/// <remarks>
/// Class y has mean m_y; source latent z = m_y + w, target latent z' = m_y + ρ w + √(1 - ρ²) e + μ u, with w, e normal and u a direction. Content is the latent plus
/// normal noise; style is normal and independent of all else. Source observation: leaky ReLU of a linear map of (content, style), centred and scaled. Target
/// observation: the same, turned by an angle in 16 planes or so (half the dimensions). Noise enters before the map, and style carries no class: so the Bayes
/// rule, the nearest class mean in content, is exact at every level. All levels of a seed use the same numbers.
/// </remarks>
internal sealed class GapWorld : IDisposable
{
    private const int ScaleItems = 4000;

    private readonly GapWorldSettings _settings;
    private readonly long _seed;
    private readonly Tensor _means, _map, _offset, _planes, _direction, _centre, _spread;

    public GapWorld(GapWorldSettings settings, long seed)
    {
        (_settings, _seed) = (settings, seed);
        using var scope = NewDisposeScope();
        var inputs = settings.Content + settings.Style;
        // E |m - m'|² of two means is 2 d s² when each coordinate has variance s².
        _means = Normal(GapPart.World, 0, 0, settings.Classes, settings.Content) * (settings.Separation / Math.Sqrt(2.0 * settings.Content));
        _map = Normal(GapPart.World, 1, 0, inputs, settings.Observed) / Math.Sqrt(inputs);
        _offset = Normal(GapPart.World, 2, 0, 1, settings.Observed) / 2;
        _planes = linalg.qr(Normal(GapPart.World, 3, 0, settings.Observed, settings.Observed).to(float64)).Q.to(float32);
        _direction = normalize(Normal(GapPart.World, 4, 0, 1, settings.Content), dim: 1);
        var labels = Labels(ScaleItems);
        var seen = Map(cat([_means[labels] + Normal(GapPart.Scale, 0, 0, ScaleItems, settings.Content), Normal(GapPart.Scale, 4, 0, ScaleItems, settings.Style)], 1));
        _centre = seen.mean([0], keepdim: true);
        _spread = (seen - _centre).square().mean().sqrt();   // one number: a scale for each dimension would not turn with the angle
        scope.Detach(_means, _map, _offset, _planes, _direction, _centre, _spread);
    }

    /// <summary>The first items of a part, paired; a larger count begins with the smaller one's.</summary>
    public GapItems Draw(GapPart part, GapLevel level, int count)
    {
        using var scope = NewDisposeScope();
        var labels = Labels(count);
        var (rho, centres) = (level.PairCorrelation, _means[labels]);
        var within = Normal(part, 0, 0, count, _settings.Content);
        var source = centres + within + (Normal(part, 2, 0, count, _settings.Content) * _settings.SourceNoise);
        var latent = centres + (within * rho) + (Normal(part, 1, 0, count, _settings.Content) * Math.Sqrt(1 - (rho * rho)));
        var target = latent + (_direction * level.Shift) + (Normal(part, 3, 0, count, _settings.Content) * level.Noise);
        // The covariance given the class is (1 + noise²) times the identity, the classes are equally likely: the nearest mean is the Bayes rule.
        var bayes = cdist(target - (_direction * level.Shift), _means).argmin(1);
        return new(part, source.MoveToOuterDisposeScope(), target.MoveToOuterDisposeScope(), Ints(labels), Ints(bayes));
    }

    /// <summary>What the source side shows of items under a view; view 0 is the test view. [N, observed].</summary>
    public Tensor ObserveSource(GapItems items, int view) => Observe(items.Source, Style(items, 4, view, _settings.SourceStyleShare));

    /// <summary>What the target side shows.</summary>
    public Tensor ObserveTarget(GapItems items, GapLevel level, int view)
    {
        using var scope = NewDisposeScope();
        var straight = Observe(items.Target, Style(items, 5, view, _settings.TargetStyleShare));
        var turned = straight.matmul(_planes);
        var half = _settings.Observed / 2;
        var (first, second, rest) = (turned[.., ..half], turned[.., half..(2 * half)], turned[.., (2 * half)..]);
        var (sine, cosine) = Math.SinCos(level.Angle * Math.PI / 180);
        return cat([(first * cosine) - (second * sine), (first * sine) + (second * cosine), rest], 1).matmul(_planes.t()).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[_means, _map, _offset, _planes, _direction, _centre, _spread]) tensor.Dispose();
    }

    /// <summary>A standard normal tensor: quantity and view tell apart the draws of one part.</summary>
    private Tensor Normal(GapPart part, int quantity, int view, int rows, int columns)
    {
        var random = new CounterRandom(_seed, Purpose.Gap, (long)part, quantity, view);
        var values = new float[rows * columns];
        for (var i = 0; i < values.Length; i++) values[i] = random.NextNormal();
        return tensor(values).view(rows, columns);
    }

    private Tensor Observe(Tensor content, Tensor style)
    {
        using var scope = NewDisposeScope();
        return ((Map(cat([content, style], 1)) - _centre) / _spread).MoveToOuterDisposeScope();
    }

    private Tensor Map(Tensor latents) => leaky_relu(latents.matmul(_map) + _offset, _settings.Slope);

    /// <summary>An item's own style, the leading share of it drawn anew for a view.</summary>
    private Tensor Style(GapItems items, int quantity, int view, double share)
    {
        var (count, anew) = ((int)items.Source.shape[0], (int)Math.Round(share * _settings.Style));
        var own = Normal(items.Part, quantity, 0, count, _settings.Style);
        return view == 0 ? own : cat([Normal(items.Part, quantity, view, count, _settings.Style)[.., ..anew], own[.., anew..]], 1);
    }

    private Tensor Labels(int count) => arange(count) % _settings.Classes;

    private static int[] Ints(Tensor values) => Array.ConvertAll(values.data<long>().ToArray(), value => (int)value);
}
