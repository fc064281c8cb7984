"""Writes SciPySpectrogram.cs: the spectrogram of a fixed sound by SciPy, as VGGSound's public loader calls it.

Run with Debian 12's python3-scipy (1.10): python3 make_scipy_spectrogram.py > SciPySpectrogram.cs
"""
import numpy
import scipy
from scipy import signal

LENGTH = 512 + 4 * 159 + 100  # five columns, and samples that fill no sixth
n = numpy.arange(LENGTH)
sound = ((n * n * 31 + 7 * n) % 2003) / 2003 - 0.4  # a fast chirp, folded; a mean for the detrending to remove
sound[700:] *= 1e-4  # one column near the floor

_, _, power = signal.spectrogram(sound, 16000, nperseg=512, noverlap=353)
values = numpy.log(power + 1e-7)
standard = (values - values.mean()) / (values.std() + 1e-9)
bins = [0, 1, 2, 3, 31, 64, 100, 128, 200, 255, 256]

print("namespace Cmcd.Repro.Tests.Datasets.Sounds;\n")
print("/// <summary>Written by make_scipy_spectrogram.py; do not edit.</summary>")
print("internal static class SciPySpectrogram")
print("{")
print(f"    public const int Length = {LENGTH}, Columns = {values.shape[1]};\n")
print(f"    public const double Mean = {values.mean():.15g};\n")
print(f"    public static readonly int[] Bins = [{', '.join(map(str, bins))}];\n")
for name, table in (("LogPower", values), ("Standardised", standard)):
    print(f"    // SciPy {scipy.__version__}; one row for each of those bins")
    print(f"    public static readonly double[][] {name} =\n    [")
    for b in bins:
        print("        [" + ", ".join(f"{v:.14g}" for v in table[b]) + "],")
    print("    ];\n" if name == "LogPower" else "    ];")
print("}")
