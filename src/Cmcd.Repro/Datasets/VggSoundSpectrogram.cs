namespace Cmcd.Repro.Datasets;

/// <summary>What a sound of VGGSound is shown as.</summary>
public enum VggSoundSpectrogram
{
    /// <summary>The authors' loader: 16 kHz, repeated to ten seconds, ln of SciPy's power density (512 points, hop 159) plus 1e-7, standardised over the clip: 257 x 1004.</summary>
    Official,
}
