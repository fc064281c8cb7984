"""Writes SciPyClip.cs: the official spectrogram of a fixed sound, tiled to ten seconds, by SciPy, and its picture of 256 x 256 bytes by NumPy.

Run with Debian 12's python3-scipy (1.10): python3 make_scipy_clip.py > SciPyClip.cs
"""
import numpy
import scipy
from scipy import signal

LENGTH, SIDE = 26000, 256  # 1.625 s: the tenth repeat is cut, and five seams lie within columns
n = numpy.arange(LENGTH, dtype=numpy.int64)
samples = ((n * n * 31 + 7 * n) % 2003 - 800) * 16
samples[13000:] //= 64  # a quieter half
sound = samples / 32768

tiled = numpy.clip(numpy.tile(sound, 10)[:160000], -1, 1)
_, _, power = signal.spectrogram(tiled, 16000, nperseg=512, noverlap=353)
values = numpy.log(power + 1e-7)
standard = (values - values.mean()) / (values.std() + 1e-9)
assert standard.shape == (257, 1004)


def areas(length, size):
    """Row i: how much of each value lies in area i of size equal ones."""
    edges = numpy.arange(size + 1) * length / size
    cells = numpy.arange(length)
    return numpy.clip(numpy.minimum(cells + 1, edges[1:, None]) - numpy.maximum(cells, edges[:-1, None]), 0, None) * size / length


small = areas(257, SIDE) @ standard @ areas(1004, SIDE).T
picture = numpy.floor(255 * (numpy.clip(small, -4, 4) + 4) / 8 + 0.5).astype(int)[::-1]  # highest frequency first

bins, columns, pixels = [0, 1, 37, 128, 255, 256], [0, 1, 80, 162, 163, 700, 1003], [0, 1, 40, 127, 128, 200, 255]
print("namespace Cmcd.Repro.Tests.Datasets.Clips;\n")
print("/// <summary>Written by make_scipy_clip.py; do not edit.</summary>")
print("internal static class SciPyClip")
print("{")
print(f"    public const int Length = {LENGTH}, Side = {SIDE};\n")
print(f"    public static readonly int[] Bins = [{', '.join(map(str, bins))}], Columns = [{', '.join(map(str, columns))}], Pixels = [{', '.join(map(str, pixels))}];\n")
print(f"    // SciPy {scipy.__version__}; one row for each of those bins")
print("    public static readonly double[][] Standardised =\n    [")
for b in bins:
    print("        [" + ", ".join(f"{standard[b, c]:.14g}" for c in columns) + "],")
print("    ];\n")
print(f"    // NumPy {numpy.__version__}; one row for each of those pixels")
print("    public static readonly byte[][] Picture =\n    [")
for y in pixels:
    print("        [" + ", ".join(str(picture[y, x]) for x in pixels) + "],")
print("    ];")
print("}")
