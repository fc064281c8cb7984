"""Writes PyTorchResizes.cs: crops of a fixed pattern resized by PyTorch with antialiasing.

Run with Debian 12's python3-torch (1.13): python3 make_pytorch_resizes.py > PyTorchResizes.cs
"""
import torch

HEIGHT, WIDTH = 40, 36
CASES = [  # mode, top, left, height, width, size: shrinking, growing, mixed, plain copy, edge of the image
    ("bicubic", 3, 5, 31, 24, 8),
    ("bicubic", 10, 2, 5, 7, 9),
    ("bicubic", 0, 20, 12, 6, 8),
    ("bicubic", 8, 9, 8, 8, 8),
    ("bilinear", 3, 5, 31, 24, 8),
    ("bilinear", 10, 2, 5, 7, 9),
    ("bilinear", 32, 0, 8, 36, 8),
]

image = torch.tensor([[float((37 * y + 101 * x + 7 * x * y) % 256) for x in range(WIDTH)] for y in range(HEIGHT)])

print("namespace Cmcd.Repro.Tests.Augmentations;\n")
print("/// <summary>Written by make_pytorch_resizes.py; do not edit.</summary>")
print("internal static class PyTorchResizes")
print("{")
print(f"    public const int Height = {HEIGHT}, Width = {WIDTH};\n")
print("    public sealed record Case(string Mode, int Top, int Left, int CropHeight, int CropWidth, int Size, float[] Values);\n")
print("    public static byte Pixel(int y, int x) => (byte)((37 * y) + (101 * x) + (7 * x * y));\n")
print(f"    // PyTorch {torch.__version__}, interpolate(..., antialias=True, align_corners=False)")
print("    public static readonly Case[] All =\n    [")
for mode, top, left, height, width, size in CASES:
    crop = image[None, None, top:top + height, left:left + width].contiguous()
    out = torch.nn.functional.interpolate(crop, (size, size), mode=mode, antialias=True, align_corners=False)[0, 0]
    print(f'        new("{mode}", {top}, {left}, {height}, {width}, {size},\n        [')
    for row in out:
        print("            " + ", ".join(f"{v:.6g}f" for v in row.tolist()) + ",")
    print("        ]),")
print("    ];")
print("}")
