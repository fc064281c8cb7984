"""Writes Fixtures/: nyu_depth_v2_labeled.mat of ten images, and two faulty ones, as MATLAB's -v7.3 would.

Run with Debian 12's python3-h5py (3.7): python3 make_nyu_mirror.py
Names, types, reversed axes, object references, MATLAB_class and the block of 512 bytes are those of the real file (1,449 images). Values follow the
formulas of NyuMirror.cs. Pieces differ from array to array, since the real file's are not known; some reach over several images.
"""
import os

import h5py
import numpy

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Fixtures")
CLASSES = """wall,floor,cabinet,bed,chair,sofa,table,door,window,bookshelf,picture,counter,blinds,desk,shelves,curtain,dresser,pillow,mirror,floor mat,clothes,ceiling,books,
refridgerator,television,paper,towel,shower curtain,box,whiteboard,person,night stand,toilet,sink,lamp,bathtub,bag""".replace("\n", "").split(",")
IDS = 60
HEADER = "MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Thu Jan  1 00:00:00 1970 HDF5 schema 1.00 ."


def names():
    return [CLASSES[number * 8 % 37] if number <= 37 else f"thing {number}" for number in range(1, IDS + 1)]


def arrays(count, width, height):
    i, x, y = numpy.meshgrid(numpy.arange(count), numpy.arange(width), numpy.arange(height), indexing="ij")
    depths = (0.75 + 0.25 * ((i + x // 64 + 2 * (y // 48)) % 37)).astype("float32")
    return {
        "images": numpy.stack([(37 * i + 80 * c + 11 * (x // 64) + 7 * (y // 48)) % 256 for c in range(3)], axis=1).astype("uint8"),
        "depths": depths,
        "rawDepths": numpy.where((x // 32 + y // 24 + i) % 7 == 0, 0, depths).astype("float32"),
        "labels": ((7 * i + 6 * (x // 64) + 11 * (y // 48)) % (IDS + 1)).astype("uint16"),
        "instances": (x // 64 % 2 + 1).astype("uint8"),
        "accelData": numpy.zeros((4, count), "float32"),
    }


CHUNKS = {"images": (1, 3, 320, 480), "depths": (4, 320, 144), "rawDepths": (1, 640, 480), "labels": (3, 640, 48), "instances": (10, 640, 480), "accelData": (4, 10)}


class MatFile:
    def __init__(self, name):
        self.path = os.path.join(FOLDER, name)
        self.file = h5py.File(self.path, "w", userblock_size=512, libver=("earliest", "v108"))
        self.references = self.file.create_group("#refs#")

    def numbers(self, name, values, chunks):
        data = self.file.create_dataset(name, data=values, chunks=tuple(map(min, chunks, values.shape)), compression="gzip", compression_opts=9)
        data.attrs["MATLAB_class"] = numpy.bytes_({"float32": "single"}.get(values.dtype.name, values.dtype.name))

    def cells(self, name, texts):
        found = numpy.empty((1, len(texts)), dtype=h5py.ref_dtype)
        for place, text in enumerate(texts):
            letters = numpy.array([[ord(letter)] for letter in text], "uint16") if text else numpy.array([0, 0], "uint64")
            one = self.references.create_dataset(f"{name}{place}", data=letters)
            one.attrs["MATLAB_class"] = numpy.bytes_("char")
            if text:
                one.attrs["MATLAB_int_decode"] = numpy.int32(2)
            else:
                one.attrs["MATLAB_empty"] = numpy.uint8(1)
            found[0, place] = one.ref
        self.file.create_dataset(name, data=found, dtype=h5py.ref_dtype).attrs["MATLAB_class"] = numpy.bytes_("cell")

    def close(self):
        self.file.close()
        with open(self.path, "r+b") as stream:
            stream.write(HEADER.encode().ljust(116) + bytes(8) + b"\0\2IM")


def write(name, count, width, height, without=(), change=None):
    mat = MatFile(name)
    for variable, values in arrays(count, width, height).items():
        if variable not in without:
            mat.numbers(variable, change(variable, values) if change else values, CHUNKS[variable])
    mat.cells("names", names())
    mat.cells("scenes", [f"room_{image // 2:04}" for image in range(count)])
    mat.cells("sceneTypes", ["kitchen" if image < 9 else "" for image in range(count)])
    mat.cells("rawRgbFilenames", [f"room_{image // 2:04}/r-{image}.ppm" for image in range(count)])
    mat.cells("rawDepthFilenames", [f"room_{image // 2:04}/d-{image}.pgm" for image in range(count)])
    mat.close()


os.makedirs(FOLDER, exist_ok=True)
write("nyu_depth_v2_labeled.mat", 10, 640, 480)
write("without-labels.mat", 2, 64, 48, without=("labels", "instances"))
write("odd-depths.mat", 2, 64, 48, change=lambda variable, values: values[:, :, :40] if variable == "depths" else values)
