#!/usr/bin/env python3
"""Make the embedded data packs of the mini tier: fashion-sketch and emoji-line, and packs.json over both.

Usage: make_packs.py --fashion FOLDER --openmoji FOLDER
  FOLDER of --fashion holds Fashion-MNIST's four idx.gz files (Debian package dataset-fashion-mnist: /usr/share/datasets/fashion-mnist).
  FOLDER of --openmoji is OpenMoji 17.0.0 with black/svg/, data/openmoji.json and LICENSE.txt.
Needs numpy, Pillow and rsvg-convert. Writes beside itself. Every choice is ordered by SHA-256, never by a random generator, and gzip
carries no time stamp: the same tools give the same bytes (packs in the repository: Python 3.11, Pillow 9.4.0, zlib 1.2.13, librsvg 2.54.7).
"""
import argparse
import csv
import gzip
import hashlib
import io
import json
import pathlib
import struct
import subprocess
import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent

# ---- shared ----------------------------------------------------------------------------------------------------------------------------


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def shuffled(items, tag):
    """The items in an order that depends on their names and the tag only."""
    return sorted(items, key=lambda item: sha256(f"{tag}:{item}".encode()))


def interleaved(by_class, tag):
    """Rounds of one item per class that still has some, classes shuffled in each round: every prefix is as balanced as it can be."""
    order = []
    for rank in range(max(map(len, by_class))):
        order += shuffled([items[rank] for items in by_class if rank < len(items)], f"{tag}:round{rank}")
    return order


def write(path, data):
    target = HERE / path
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(data)


def write_idx(path, array):
    """A ubyte idx file (magic 0x08, dimensions big-endian), gzip -9 without name or time; returns its manifest entry."""
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = packer.compress(header + array.astype(np.uint8).tobytes()) + packer.flush()
    write(path, data)
    return {"path": path, "bytes": len(data), "sha256": sha256(data), "count": array.shape[0], "shape": list(array.shape)}


def write_text(path, text, count):
    data = text.replace("\r\n", "\n").encode()
    write(path, data)
    return {"path": path, "bytes": len(data), "sha256": sha256(data), "count": count, "shape": []}


# ---- fashion-sketch --------------------------------------------------------------------------------------------------------------------

FASHION_CLASSES = ["t-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
FASHION_SETS = [("unlabelled", "train", 8000), ("pairs", "train", 2500), ("train", "train", 2000), ("validation", "train", 2000), ("test", "t10k", 5000)]
MIT = """The MIT License (MIT)

Fashion-MNIST: Copyright (c) 2017 Zalando SE, https://tech.zalando.com

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def read_fashion(folder, part):
    images = gzip.decompress((folder / f"{part}-images-idx3-ubyte.gz").read_bytes())
    labels = gzip.decompress((folder / f"{part}-labels-idx1-ubyte.gz").read_bytes())
    return np.frombuffer(images, np.uint8, offset=16).reshape(-1, 28, 28), np.frombuffer(labels, np.uint8, offset=8)


def make_fashion(folder):
    files = [write_text("fashion-sketch/LICENCE.txt", MIT, 1)]
    parts = {part: read_fashion(folder, part) for part in ("t10k", "train")}
    seen, pools = set(), {}
    for part in ("t10k", "train"):       # the official test part first: a train photo that is also a test photo is dropped
        pools[part] = [[] for _ in FASHION_CLASSES]
        for index in shuffled(range(len(parts[part][0])), f"fashion-sketch:{part}"):
            content = sha256(parts[part][0][index].tobytes())
            if content not in seen:
                seen.add(content)
                pools[part][parts[part][1][index]].append(index)

    for name, part, count in FASHION_SETS:
        each = count // len(FASHION_CLASSES)
        taken = [[pool.pop(0) for _ in range(each)] for pool in pools[part]]
        order = interleaved(taken, f"fashion-sketch:{name}")
        files.append(write_idx(f"fashion-sketch/{name}-photos.idx.gz", parts[part][0][order]))
        if name in ("train", "validation", "test"):
            files.append(write_idx(f"fashion-sketch/{name}-labels.idx.gz", parts[part][1][order]))

    return {"name": "fashion-sketch", "licence": "MIT", "classes": FASHION_CLASSES, "files": files,
            "source": "Fashion-MNIST, Zalando SE, 2017, https://github.com/zalandoresearch/fashion-mnist"}


# ---- emoji-line ------------------------------------------------------------------------------------------------------------------------

# Eight of the nine Unicode groups: in the black line version 259 of the 270 flags are one empty rectangle, which leaves too few for a class.
EMOJI_CLASSES = ["smileys-emotion", "people-body", "animals-nature", "food-drink", "travel-places", "activities", "objects", "symbols"]
EMOJI_SHARES = {"train": 0.53, "validation": 0.09, "test": 0.38}
SIDE = 32                # pixels of a stored drawing
ZOOM = 8                 # pixels per unit of the 72 x 72 drawing when rasterised
MARGIN = 1 / 16          # of the drawing's longer side, left white on each side
SMALLEST_BOX = 40        # units: smaller drawings are not blown up further, or their lines would turn into blots
INK_GAMMA = 0.7          # < 1 darkens half-covered pixels, so that a 2-unit line stays visible
NEAR_COPY = 0.9          # pixel correlation (plain or mirrored) above which two drawings may not be in different splits
PEOPLE = {"man", "woman", "person", "men", "women", "people", "boy", "girl", "child", "adult", "old", "older", "merman", "mermaid", "merperson",
          "prince", "princess", "santa", "mrs.", "mx"}


def rasterise(svg):
    size = str(72 * ZOOM)
    png = subprocess.run(["rsvg-convert", "-w", size, "-h", size, "-b", "white", str(svg)], check=True, capture_output=True).stdout
    grey = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
    rows, columns = np.nonzero((grey < 128).any(1))[0], np.nonzero((grey < 128).any(0))[0]
    if len(rows) == 0:
        return np.full((SIDE, SIDE), 255, np.uint8)      # an empty drawing (NEW button)
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    half = max(bottom - top, right - left, SMALLEST_BOX * ZOOM) * (0.5 + MARGIN)
    border = 36 * ZOOM                   # white around the drawing, so that the square may reach beyond it
    middle_y, middle_x = (top + bottom) / 2 + border, (left + right) / 2 + border
    box = (middle_x - half, middle_y - half, middle_x + half, middle_y + half)
    small = Image.fromarray(np.pad(grey, border, constant_values=255)).resize((SIDE, SIDE), Image.BOX, box=box)
    ink = 1 - np.asarray(small, np.float64) / 255
    return np.rint(255 * (1 - ink ** INK_GAMMA)).astype(np.uint8)


def concept_of(entry):
    """One name for the variants of a drawing: gender, age, family make-up and direction are not concepts."""
    text = entry["annotation"].lower().replace(": facing right", "")
    head = text.split(":")[0]
    if entry["subgroups"] == "family" or head == "family":
        return head if head in ("family", "kiss", "couple with heart") else "holding hands"
    words = [word for word in text.replace(":", "").split() if word not in PEOPLE]
    return " ".join(words) or "person"


def base_of(hexcode):
    """The code points without gender, direction and joiners, a leading man, woman or person counting as one."""
    points = [point for point in hexcode.split("-") if point not in ("200D", "FE0F", "2640", "2642", "27A1")]
    return "-".join(["person" if point in ("1F468", "1F469", "1F9D1") else point for point in points])


def concepts_of(entries, images):
    """Per entry the smallest index it is tied to, by concept name, by code point or by looks (union-find)."""
    parent = list(range(len(entries)))

    def root(i):
        while parent[i] != i:
            i = parent[i]
        return i

    def tie(i, j):
        low, high = sorted((root(i), root(j)))
        parent[high] = low

    for name_of in (concept_of, lambda e: base_of(e["hexcode"])):
        first = {}
        for i, entry in enumerate(entries):
            tie(i, first.setdefault(name_of(entry), i))

    def unit(stack):
        flat = stack.reshape(len(stack), -1).astype(np.float64)
        flat -= flat.mean(1, keepdims=True)
        return flat / np.linalg.norm(flat, axis=1, keepdims=True)

    for other in (unit(images), unit(images[:, :, ::-1])):
        for i, j in np.argwhere(unit(images) @ other.T > NEAR_COPY):
            tie(int(i), int(j))
    return [root(i) for i in range(len(entries))]


def split_of(entries, concepts):
    """Largest concepts first, each to the split that lacks the largest part of its share of that concept's classes."""
    room = {(s, c): share * sum(e["group"] == c for e in entries) for s, share in EMOJI_SHARES.items() for c in EMOJI_CLASSES}
    members = {}
    for i, concept in enumerate(concepts):
        members.setdefault(concept, []).append(i)

    split = [None] * len(entries)
    for concept in sorted(shuffled(members, "emoji-line:concepts"), key=lambda c: -len(members[c])):
        groups = [entries[i]["group"] for i in members[concept]]
        best = max(EMOJI_SHARES, key=lambda s: sum(room[s, g] for g in groups) / EMOJI_SHARES[s] ** 0.5)
        for i in members[concept]:
            split[i] = best
            room[best, entries[i]["group"]] -= 1
    return split


def make_emoji(folder):
    entries = [e for e in json.loads((folder / "data/openmoji.json").read_text("utf-8")) if e["group"] in EMOJI_CLASSES and not e["skintone"]]
    with ThreadPoolExecutor() as pool:
        images = np.stack(list(pool.map(rasterise, [folder / "black/svg" / f"{e['hexcode']}.svg" for e in entries])))
    first = {}
    for i, image in enumerate(images):   # of equal drawings (nine coloured circles, say) the first is kept, of empty ones none
        if image.min() < 255:
            first.setdefault(image.tobytes(), i)
    entries, images = [entries[i] for i in first.values()], images[list(first.values())]
    concepts = concepts_of(entries, images)
    split = split_of(entries, concepts)

    files = [write_text("emoji-line/LICENCE.txt", (folder / "LICENSE.txt").read_text("utf-8"), 1)]
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(["split", "index", "hexcode", "annotation", "group", "concept"])
    for name in EMOJI_SHARES:
        mine = shuffled([i for i in range(len(entries)) if split[i] == name], "emoji-line")
        order = interleaved([[i for i in mine if entries[i]["group"] == group] for group in EMOJI_CLASSES], f"emoji-line:{name}")
        files.append(write_idx(f"emoji-line/{name}-images.idx.gz", images[order]))
        files.append(write_idx(f"emoji-line/{name}-labels.idx.gz", np.array([EMOJI_CLASSES.index(entries[i]["group"]) for i in order])))
        for index, i in enumerate(order):
            rows.writerow([name, index, entries[i]["hexcode"], entries[i]["annotation"], entries[i]["group"], concept_of(entries[concepts[i]])])
    files.append(write_text("emoji-line/items.csv", table.getvalue(), len(entries)))
    return {"name": "emoji-line", "licence": "CC BY-SA 4.0", "classes": EMOJI_CLASSES, "files": files,
            "source": "OpenMoji 17.0.0, HfG Schwaebisch Gmuend, https://openmoji.org (black line version; rasterised to 32 x 32 and split here)"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fashion", type=pathlib.Path, default="/usr/share/datasets/fashion-mnist")
    parser.add_argument("--openmoji", type=pathlib.Path, required=True)
    options = parser.parse_args()
    packs = {"madeBy": "experiments/data/make_packs.py", "packs": [make_fashion(options.fashion), make_emoji(options.openmoji)]}
    write("packs.json", (json.dumps(packs, indent=2) + "\n").encode())


if __name__ == "__main__":
    main()
