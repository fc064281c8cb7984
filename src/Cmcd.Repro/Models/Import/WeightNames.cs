namespace Cmcd.Repro.Models.Import;

/// <summary>From a file's names to the encoder's: torchvision's, or those of SimCLR's TensorFlow code.</summary>
internal static class WeightNames
{
    private const string SimClrPrefix = "base_model/";

    private static readonly Dictionary<string, string> SimClr = MakeSimClr();

    private static readonly (Func<string, bool> Matches, string Reason)[] Known =
    [
        (name => name == "global_step", "training step"),
        (name => name.EndsWith("/Momentum", StringComparison.Ordinal) || name.EndsWith("/Adam", StringComparison.Ordinal) || name.EndsWith("/Adam_1", StringComparison.Ordinal), "state of the optimiser"),
        (name => name.StartsWith("head_supervised/", StringComparison.Ordinal) || name is "fc.weight" or "fc.bias", "classifier"),
        (name => name.StartsWith("head_contrastive/", StringComparison.Ordinal), "projection head"),
    ];

    /// <summary>Is it a tensor of TensorFlow's SimCLR encoder? Its convolutions are [kernel, kernel, inputs, outputs].</summary>
    public static bool IsSimClr(string name) => name.StartsWith(SimClrPrefix, StringComparison.Ordinal);

    /// <summary>The encoder's key for a name; null for a SimCLR name that a ResNet-50 does not have.</summary>
    public static string? KeyOf(string name) => IsSimClr(name) ? SimClr.GetValueOrDefault(name) : name;

    /// <summary>Why a name is left out, or null if it has to be used.</summary>
    public static string? ReasonToSkip(string name) => Known.FirstOrDefault(known => known.Matches(name)).Reason;

    /// <remarks>
    /// Source: google-research/simclr, resnet.py. Layers are numbered in the order of their making, from no suffix over _1 to _52; a stage's
    /// first block makes its shortcut before its own convolutions. Convolution n is followed by normalisation n.
    /// </remarks>
    private static Dictionary<string, string> MakeSimClr()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var made = 0;
        Add("conv1", "bn1");
        int[] depths = [3, 4, 6, 3];
        for (var stage = 0; stage < depths.Length; stage++)
        {
            for (var block = 0; block < depths[stage]; block++)
            {
                var at = $"layer{stage + 1}.{block}.";
                if (block == 0) Add(at + "downsample.0", at + "downsample.1");
                for (var layer = 1; layer <= 3; layer++) Add($"{at}conv{layer}", $"{at}bn{layer}");
            }
        }

        return names;

        void Add(string convolution, string norm)
        {
            var suffix = made == 0 ? "" : $"_{made}";
            made++;
            names.Add($"{SimClrPrefix}conv2d{suffix}/kernel", $"{convolution}.weight");
            names.Add($"{SimClrPrefix}batch_normalization{suffix}/gamma", $"{norm}.weight");
            names.Add($"{SimClrPrefix}batch_normalization{suffix}/beta", $"{norm}.bias");
            names.Add($"{SimClrPrefix}batch_normalization{suffix}/moving_mean", $"{norm}.running_mean");
            names.Add($"{SimClrPrefix}batch_normalization{suffix}/moving_variance", $"{norm}.running_var");
        }
    }
}
