"""Writes Fixtures/: MATLAB's own small files rebuilt from their published content, and files that SciPy writes and reads.

Run with Debian 12's python3-scipy (1.10): python3 make_mat5.py

splits.mat, class13Mapping.mat: content, creation date and zlib level 6 give the published bytes (2,626 and 408) and SHA-256. The dates were found by trying every
second of 2012 and 2015. classMapping40.mat cannot be rebuilt so: its 894 names are not known here.
own-v6.mat and own-v7.mat are written by Mat5Writer (see Mat5Fixtures.Own); what SciPy reads in them goes to own.scipy.txt.
"""
import hashlib
import os
import struct
import zlib

import numpy
import scipy
from scipy import io, sparse

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Fixtures")
MAPPING_13 = [12, 5, 6, 1, 4, 9, 10, 12, 13, 6, 8, 6, 13, 10, 6, 13, 6, 7, 7, 5, 7, 3, 2, 6, 11, 7, 7, 7, 7, 7, 7, 6, 7, 7, 7, 7, 7, 7, 6, 7]
NAMES_13 = ["bed", "books", "ceiling", "chair", "floor", "furniture", "objects", "picture", "sofa", "table", "tv", "wall", "window"]
TRAIN = """
3-8 10-13 19-20 22-27 44-45 48-55 58 64-75 80-83 92-116 120-124 130 135-136 138-152 156-166 170 177-179 203-206 213-219 223-249 251-263
265-270 274-278 286-295 303-309 313-314 318-324 336-350 353-354 365-383 391-394 398-410 415-429 436-440 449-461 467-468 478-507 514 527-530
534-536 540-548 552-554 572-578 584-590 595-602 608-611 614-616 622-632 639-643 646-649 652-655 659-662 665-667 674-675 682-685 691-692
695-696 700-705 714-716 719-723 729-730 735-742 745-758 788-799 805-809 815-820 824-832 847-849 853-856 863-868 872-905 909-916 920-925
929-931 936-944 948-958 963-964 968-969 978-990 996-1000 1005-1009 1013-1020 1024-1031 1035-1037 1040-1047 1050-1051 1054-1056 1059-1074
1085-1087 1097 1105 1110-1116 1120-1122 1132-1134 1137-1143 1159-1161 1168-1169 1172-1173 1177-1178 1185-1191 1197-1200 1213-1215 1221-1225
1231-1232 1236-1246 1251-1253 1266-1274 1281-1284 1296 1300-1301 1309-1313 1316-1328 1333-1334 1341-1346 1350-1352 1357-1363 1366-1367
1370-1383 1392-1393 1402-1406 1415-1420 1425-1429 1434-1440
"""
INT8, UINT8, UINT16, INT32, UINT32, MATRIX, COMPRESSED, UTF8 = 1, 2, 4, 5, 6, 14, 15, 16
CELL, STRUCT, CHAR, DOUBLE = 1, 2, 4, 6


def element(kind, data):
    if 0 < len(data) <= 4:
        return struct.pack("<HH", kind, len(data)) + data.ljust(4, b"\0")
    return struct.pack("<II", kind, len(data)) + data + b"\0" * (-len(data) % 8)


def array(kind, rows, columns, name, content):
    body = element(UINT32, struct.pack("<II", kind, 0)) + element(INT32, struct.pack("<ii", rows, columns)) + element(INT8, name.encode()) + content
    return struct.pack("<II", MATRIX, len(body)) + body


def text(word):
    return array(CHAR, 1, len(word), "", element(UTF8, word.encode()))


def file(created, offset, *variables):
    header = f"MATLAB 5.0 MAT-file, Platform: GLNXA64, Created on: {created}".encode().ljust(116) + offset * 8 + b"\0\1IM"
    packed = [zlib.compress(variable, 6) for variable in variables]
    return header + b"".join(struct.pack("<II", COMPRESSED, len(each)) + each for each in packed)


def write(name, content, sha256=None):
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        raise SystemExit(f"{name}: not the published bytes")
    with open(os.path.join(FOLDER, name), "wb") as stream:
        stream.write(content)


os.makedirs(FOLDER, exist_ok=True)
train = [number for part in TRAIN.split() for number in range(int(part.split("-")[0]), int(part.split("-")[-1]) + 1)]
test = sorted(set(range(1, 1450)) - set(train))
write("splits.mat", file("Wed Jun  6 14:22:01 2012", b" ", *(
    array(DOUBLE, len(part), 1, name, element(UINT16, struct.pack(f"<{len(part)}H", *part))) for name, part in (("trainNdxs", train), ("testNdxs", test)))),
    "6e081404491a8bfba2f066beaa9713ef6046f9007aa5f799f2a350506a580cee")

fields = element(INT32, struct.pack("<i", 11)) + element(INT8, b"labels13\0\0\0classNames\0")
values = array(DOUBLE, 1, 40, "", element(UINT8, bytes(MAPPING_13))) + array(CELL, 1, 13, "", b"".join(map(text, NAMES_13)))
write("class13Mapping.mat", file("Sun Nov  8 14:26:10 2015", b"\0", array(STRUCT, 1, 1, "classMapping13", fields + values)),
      "4e79ab24c345896c19abc62476b2c3520f3e2db00f71f868c5027208af48a3de")

variables = {
    "int8": numpy.array([-128, 127], "int8"), "uint8": numpy.array([0, 255], "uint8"),
    "int16": numpy.array([-32768, 32767], "int16"), "uint16": numpy.array([0, 65535], "uint16"),
    "int32": numpy.array([-2**31, 2**31 - 1], "int32"), "uint32": numpy.array([0, 2**32 - 1], "uint32"),
    "int64": numpy.array([-2**53, 2**53], "int64"), "single": numpy.array([0.1, -2.5], "float32"), "double": numpy.array([0.1, numpy.inf]),
    "table": numpy.array([[1.0, 2, 3], [4, 5, 6]]), "cube": numpy.arange(4.0).reshape(2, 1, 2), "flags": numpy.array([True, False]),
    "text": "gr\u00fcn, 5 \u20ac", "cells": numpy.array(["wall", "", "night stand"], dtype=object),
    "record": {"inner": {"digits": numpy.array([3, 1, 4], "uint8")}},
    "complex": numpy.array([1 + 2j]), "sparse": sparse.csc_matrix(numpy.eye(2)),
}
io.savemat(os.path.join(FOLDER, "scipy-v6.mat"), variables, do_compression=False)
io.savemat(os.path.join(FOLDER, "scipy-v7.mat"), variables, do_compression=True)


def number(value):
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def described(value):
    if isinstance(value, numpy.ndarray) and value.dtype.names:
        return "(" + ", ".join(f"{name} = {described(value[0, 0][name])}" for name in value.dtype.names) + ")"
    if isinstance(value, numpy.ndarray) and value.dtype == object:
        return "{" + ", ".join(described(each) for each in value.ravel("F")) + "}"
    if isinstance(value, numpy.ndarray) and value.dtype.kind == "U":
        return '"' + (str(value[0]) if value.size else "") + '"'
    return ("x".join(map(str, value.shape)) + ": " + " ".join(map(number, value.ravel("F")))).rstrip()


if os.path.exists(os.path.join(FOLDER, "own-v7.mat")):
    read = [io.loadmat(os.path.join(FOLDER, f"own-{version}.mat"), chars_as_strings=True) for version in ("v6", "v7")]
    lines = [[f"{name} {described(value)}" for name, value in each.items() if not name.startswith("__")] for each in read]
    assert lines[0] == lines[1]
    with open(os.path.join(FOLDER, "own.scipy.txt"), "w", encoding="utf-8", newline="\n") as golden:
        golden.write("\n".join([f"# SciPy {scipy.__version__}, by make_mat5.py"] + lines[0]) + "\n")
