"""Writes Fixtures/: small images in every encoding the loaders meet, and what Pillow makes of them.

Run with Debian 12's python3-pil (9.4.0) and python3-numpy in this folder: python3 make_pillow_images.py
<name>.rgb holds the decoded pixels, [20, 24, 3]; resize.bin the resized patterns one after another, in the order of CASES.
It prints the SHA-256 of a large resize for TriangleResizeTests.
"""
import hashlib
import io
import os
import struct
import zlib

import numpy as np
from PIL import Image

HEIGHT, WIDTH = 20, 24
os.makedirs("Fixtures", exist_ok=True)


def smooth(height, width):
    y, x = np.mgrid[0:height, 0:width].astype(float)
    planes = [127.5 + 127.5 * np.sin(x / 5 + c) * np.cos(y / (4 + c)) for c in range(3)]
    return np.stack(planes, -1).round().astype(np.uint8)


def pattern(height, width, channels):
    y, x, c = np.mgrid[0:height, 0:width, 0:channels]
    return ((37 * y + 101 * x + 7 * x * y + 53 * c) % 256).astype(np.uint8)


def png(samples, colour_type, depth):
    """A PNG of any depth; Pillow cannot write 16-bit colour."""
    rows = b"".join(b"\0" + row.astype(">u2" if depth == 16 else "u1").tobytes() for row in samples)
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    height, width = samples.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def keep(name, data, rgb=None):
    with open(f"Fixtures/{name}", "wb") as file:
        file.write(data)
    if rgb is None:
        rgb = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    assert rgb.shape == (HEIGHT, WIDTH, 3)
    with open(f"Fixtures/{name}.rgb", "wb") as file:
        file.write(rgb.astype(np.uint8).tobytes())


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


colour = smooth(HEIGHT, WIDTH)
image = Image.fromarray(colour)
keep("colour.jpg", saved(image, "JPEG", quality=90, subsampling=0))
keep("colour-420.jpg", saved(image, "JPEG", quality=85))
keep("progressive.jpg", saved(image, "JPEG", quality=90, subsampling=0, progressive=True))
keep("grey.jpg", saved(image.convert("L"), "JPEG", quality=90))
keep("colour.png", saved(image, "PNG"))
keep("grey.png", saved(image.convert("L"), "PNG"))
keep("one-bit.png", saved(image.convert("1"), "PNG"))
keep("palette.png", saved(image.quantize(16), "PNG"))
alpha = np.dstack([colour, smooth(HEIGHT, WIDTH)[:, :, 1]])
white = Image.new("RGBA", (WIDTH, HEIGHT), "white")
over = Image.alpha_composite(white, Image.fromarray(alpha, "RGBA")).convert("RGB")
keep("alpha.png", saved(Image.fromarray(alpha, "RGBA"), "PNG"), np.asarray(over))
deep = colour.astype(np.uint32) * 257 - np.minimum(colour.astype(np.uint32) * 257, 90)
keep("colour-16.png", png(deep, 2, 16), deep >> 8)
keep("grey-16.png", png(deep[:, :, 0], 0, 16), np.repeat(deep[:, :, :1] >> 8, 3, 2))

CASES = [  # height, width, channels, to height, to width: shrinking, growing, mixed, one side only, to one pixel
    (40, 36, 3, 8, 8), (5, 7, 3, 9, 16), (31, 24, 1, 12, 40), (40, 36, 3, 40, 11), (33, 36, 3, 10, 36), (17, 13, 1, 1, 1), (37, 41, 3, 36, 40),
]
with open("Fixtures/resize.bin", "wb") as file:
    for height, width, channels, to_height, to_width in CASES:
        pixels = pattern(height, width, channels)
        source = Image.fromarray(pixels if channels == 3 else pixels[:, :, 0])
        file.write(np.asarray(source.resize((to_width, to_height), Image.BILINEAR)).tobytes())

large = Image.fromarray(pattern(1111, 1111, 3)).resize((256, 256), Image.BILINEAR)
print("1111 x 1111 x 3 -> 256 x 256:", hashlib.sha256(np.asarray(large).tobytes()).hexdigest())
