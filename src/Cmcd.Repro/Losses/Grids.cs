using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cmcd.Repro.Losses;

/// <summary>Brings the feature maps of two networks onto one grid.</summary>
internal static class Grids
{
    /// <summary>Both maps averaged down to the smaller height and the smaller width; maps of one grid come back as they are.</summary>
    public static (Tensor Student, Tensor Teacher) Align(Tensor student, Tensor teacher)
    {
        var grid = (Height: Math.Min(student.shape[2], teacher.shape[2]), Width: Math.Min(student.shape[3], teacher.shape[3]));
        return (Shrink(student), Shrink(teacher));

        Tensor Shrink(Tensor map) => (map.shape[2], map.shape[3]) == grid ? map : adaptive_avg_pool2d(map, [grid.Height, grid.Width]);
    }
}
