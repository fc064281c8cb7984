using static TorchSharp.torch;

namespace Cmcd.Repro.Theory.Gap;

/// <summary>Paired items of a world before they are observed.</summary>
/// <param name="Part">Which set they belong to: their style is drawn under it.</param>
/// <param name="Source">Content of the source side, noise included, [N, d].</param>
/// <param name="Target">Content of the target side, shift and noise included, [N, d].</param>
/// <param name="Labels">Class of each item, i mod K: every class as often as any other, and the same for every seed.</param>
/// <param name="Bayes">What the exact Bayes rule answers from the target side.</param>
internal sealed record GapItems(GapPart Part, Tensor Source, Tensor Target, int[] Labels, int[] Bayes);
