"""Makes the weight files that Models/Import's tests read, none of them with this project's own writers.

Run: /usr/bin/python3 make_files.py PROGRAM      (Debian 12: python3-torch 1.13.1, python3-numpy, python3-snappy; writes beside itself)
PROGRAM is the built Cmcd.Repro.dll: its .pth exports are loaded by PyTorch here, and only what PyTorch computed is kept.

model.ckpt-7.*     a TensorFlow checkpoint of SimCLR's names, ResNet-50 of width 1, from the format's description (see bundle() below):
                   no TensorFlow had a hand in it, so its byte layout is not checked against TensorFlow here
zip.pth            PyTorch's zip form: a training checkpoint {"state_dict": {"module.…"}}, ResNet-18 of width 1
legacy.pth         PyTorch's form before 1.6: the same weights, half of them views of one storage, convolutions channels-last
types-*.pth        every type, strides, offsets, shared and expanded storages, in both forms; values in types.json
python.safetensors the same ResNet-18, written by 15 lines below
export.json        what PyTorch makes of encoders that this project exported

A second run gives the same bytes but for the legacy files, whose storages PyTorch names by their addresses.
All weights are the integer hash `uniform`, which FormulaWeights repeats in C# bit for bit.
"""
import collections
import hashlib
import json
import os
import struct
import subprocess
import sys
import tempfile
import zipfile

import numpy
import snappy
import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def uniform(position, count):
    i = numpy.arange(1, count + 1, dtype=numpy.uint64)
    h = (i * 2654435761 + position * 40503) & 0xFFFFFFFF
    h ^= h >> 15
    h = (h * 2246822519) & 0xFFFFFFFF
    h ^= h >> 13
    return (h >> 8).astype(numpy.float64) / (1 << 23) - 1


def weights(architecture, width):
    """torchvision's keys in its order; float32 arrays, 0 for the batch counters."""
    shapes = collections.OrderedDict()
    for line in open(path("../../Golden/keys-%s.txt" % architecture)):
        name, _, sizes = line.rstrip("\n").partition(" ")
        sizes = [int(s) for s in sizes.split("x")] if sizes else []
        scaled = [s if axis > 1 or (name == "conv1.weight" and axis == 1) else s * width // 64 for axis, s in enumerate(sizes)]
        shapes[name] = tuple(scaled)
    positions = {name: i for i, name in enumerate(sorted(n for n in shapes if not n.endswith("num_batches_tracked")))}
    state = collections.OrderedDict()
    for name, shape in shapes.items():
        if name not in positions:
            state[name] = numpy.zeros(shape, numpy.int64)
            continue
        u = uniform(positions[name], int(numpy.prod(shape)))
        if len(shape) == 4:
            u = numpy.sqrt(6.0 / (shape[1] * shape[2] * shape[3])) * u
        elif name.endswith("running_var"):
            u = 1 + 0.5 * u
        elif name.endswith("weight"):
            u = 1 + 0.2 * u
        else:
            u = 0.2 * u
        state[name] = u.reshape(shape).astype(numpy.float32)
    return state


# ---------------------------------------------------------------- TensorFlow checkpoint

CASTAGNOLI = []
for n in range(256):
    for _ in range(8):
        n = (n >> 1) ^ (0x82F63B78 if n & 1 else 0)
    CASTAGNOLI.append(n)


def masked_crc(data):
    crc = 0xFFFFFFFF
    for b in data:
        crc = CASTAGNOLI[(crc ^ b) & 0xFF] ^ (crc >> 8)
    crc ^= 0xFFFFFFFF
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def varint(n):
    out = b""
    while n >= 0x80:
        out += bytes([n & 0x7F | 0x80])
        n >>= 7
    return out + bytes([n])


def block(rows, interval):
    """Entries with shared prefixes, restart offsets, number of restarts."""
    out, restarts, last = b"", [], b""
    for i, (key, value) in enumerate(rows):
        shared = 0
        if i % interval == 0:
            restarts.append(len(out))
        else:
            while shared < min(len(key), len(last)) and key[shared] == last[shared]:
                shared += 1
        out += varint(shared) + varint(len(key) - shared) + varint(len(value)) + key[shared:] + value
        last = key
    restarts = restarts or [0]
    return out + b"".join(struct.pack("<I", r) for r in restarts) + struct.pack("<I", len(restarts))


def table(rows, block_size, packed):
    """The .index: data blocks (those numbered in `packed` in Snappy's form), empty meta index, index, footer."""
    out, handles = b"", []

    def add(contents, snap=False):
        nonlocal out
        body = snappy.compress(contents) if snap else contents
        kind = b"\x01" if snap else b"\x00"
        handle = varint(len(out)) + varint(len(body))
        out += body + kind + struct.pack("<I", masked_crc(body + kind))
        return handle

    start = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or len(block(rows[start:i], 16)) >= block_size:
            handles.append((rows[i - 1][0] + b"\xff" if i == len(rows) else rows[i - 1][0], add(block(rows[start:i], 16), len(handles) in packed)))
            start = i
    footer = add(block([], 1)) + add(block(handles, 1))
    return out + footer.ljust(40, b"\0") + bytes.fromhex("57fb808b247547db")


def bundle(prefix, arrays, block_size=4096, packed=(1,), data_order=None):
    """tensor_bundle.proto: an empty key holds the header, every other key a BundleEntryProto; fields that are 0 are left out."""
    kinds = {"float32": 1, "int32": 3, "int64": 9}
    data, places = b"", {}
    for name in data_order or arrays:
        raw = numpy.ascontiguousarray(arrays[name]).tobytes()
        places[name] = (len(data), len(raw), masked_crc(raw))
        data += raw
    rows = [(b"", bytes.fromhex("08011a020801"))]
    for name in sorted(arrays, key=lambda n: n.encode()):
        offset, size, crc = places[name]
        shape = b"".join(b"\x12" + varint(len(d)) + d for d in (b"\x08" + varint(s) if s else b"" for s in arrays[name].shape))
        entry = b"\x08" + varint(kinds[str(arrays[name].dtype)]) + b"\x12" + varint(len(shape)) + shape
        entry += (b"\x20" + varint(offset) if offset else b"") + (b"\x28" + varint(size) if size else b"") + b"\x35" + struct.pack("<I", crc)
        rows.append((name.encode(), entry))
    with open(prefix + ".index", "wb") as out:
        out.write(table(rows, block_size, packed))
    with open(prefix + ".data-00000-of-00001", "wb") as out:
        out.write(data)


# First number of each block; in a stage's first block that is the shortcut, elsewhere conv1.
NUMBERS = {"layer1": [1, 5, 8], "layer2": [11, 15, 18, 21], "layer3": [24, 28, 31, 34, 37, 40], "layer4": [43, 47, 50]}


def simclr_layers():
    yield 0, "conv1", "bn1"
    for stage, firsts in NUMBERS.items():
        for number, first in enumerate(firsts):
            at = "%s.%d." % (stage, number)
            if number == 0:
                yield first, at + "downsample.0", at + "downsample.1"
                first += 1
            for layer in range(3):
                yield first + layer, at + "conv%d" % (layer + 1), at + "bn%d" % (layer + 1)


def simclr(state, width):
    arrays = {"global_step": numpy.array(225206, numpy.int64)}
    for number, convolution, norm in simclr_layers():
        suffix = "_%d" % number if number else ""
        arrays["base_model/conv2d%s/kernel" % suffix] = state[convolution + ".weight"].transpose(2, 3, 1, 0)
        for theirs, ours in (("gamma", "weight"), ("beta", "bias"), ("moving_mean", "running_mean"), ("moving_variance", "running_var")):
            arrays["base_model/batch_normalization%s/%s" % (suffix, theirs)] = state["%s.%s" % (norm, ours)]
    head = "head_supervised/linear_layer/dense/"
    arrays[head + "kernel"] = uniform(2000, 32 * width * 5).reshape(32 * width, 5).astype(numpy.float32)
    arrays[head + "bias"] = numpy.zeros(5, numpy.float32)
    arrays[head + "kernel/Momentum"] = numpy.zeros((32 * width, 5), numpy.float32)
    arrays[head + "bias/Momentum"] = numpy.zeros(5, numpy.float32)
    return arrays


# ---------------------------------------------------------------- safetensors


def write_safetensors(file, state):
    header, at = {}, 0
    for name, value in state.items():
        header[name] = {"dtype": {"float32": "F32", "int64": "I64"}[str(value.dtype)], "shape": list(value.shape), "data_offsets": [at, at + value.nbytes]}
        at += value.nbytes
    text = json.dumps(header).encode()
    with open(file, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for value in state.values():
            out.write(numpy.ascontiguousarray(value).tobytes())


# ---------------------------------------------------------------- PyTorch


def tensors(state):
    return collections.OrderedDict((name, torch.from_numpy(value.copy())) for name, value in state.items())


def write_encoders(state):
    write_safetensors(path("python.safetensors"), state)
    module = collections.OrderedDict(("module." + name, value) for name, value in tensors(state).items())
    module["module.fc.weight"], module["module.fc.bias"] = torch.zeros(3, 8), torch.zeros(3)
    torch.save({"epoch": 3, "arch": "resnet18", "state_dict": module, "optimizer": {"lr": 0.1}}, path("zip.pth"))

    mixed = tensors(state)
    for name, value in mixed.items():
        if value.dim() == 4:
            mixed[name] = value.contiguous(memory_format=torch.channels_last)
    flat = torch.cat([value.reshape(-1) for value in mixed.values() if value.dim() == 1])
    at = 0
    for name, value in list(mixed.items()):
        if value.dim() == 1:
            mixed[name] = flat[at:at + value.numel()]
            at += value.numel()
    torch.save(mixed, path("legacy.pth"), _use_new_zipfile_serialization=False)


def write_types():
    base = torch.arange(24, dtype=torch.float32).reshape(4, 6) - 7.5
    state = collections.OrderedDict()
    for kind in (torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8):
        state[str(kind)] = torch.tensor([[-3.0, 0.0, 1.5], [2.0, 100.0, -0.25]]).to(kind)
    state["torch.uint8"] = torch.tensor([0, 255], dtype=torch.uint8)
    state["torch.bool"] = torch.tensor([True, False, True])
    state["whole"], state["turned"], state["piece"] = base, base.t(), base[1:3, 2:5]
    state["every other"] = base[::2, ::3]
    state["expanded"] = torch.tensor([1.0, 2.0])[:, None].expand(2, 3)
    state["scalar"], state["empty"] = torch.tensor(5), torch.zeros(0, 3)
    state["parameter"] = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    state["größe"] = torch.tensor([1.0])
    torch.save(state, path("types-zip.pth"))
    torch.save(state, path("types-legacy.pth"), _use_new_zipfile_serialization=False)
    with open(path("types.json"), "w", newline="\n") as out:
        values = {name: {"type": str(t.dtype), "shape": list(t.shape), "values": t.detach().double().reshape(-1).tolist()} for name, t in state.items()}
        json.dump(values, out, indent=0, ensure_ascii=False)
        out.write("\n")


def norm(x, state, name):
    return torch.nn.functional.batch_norm(x, state[name + ".running_mean"], state[name + ".running_var"], state[name + ".weight"], state[name + ".bias"])


def run(state, x, same):
    """A ResNet read off its keys, in float64, with PyTorch's operators."""
    conv, relu = torch.nn.functional.conv2d, torch.nn.functional.relu
    x = relu(norm(conv(x, state["conv1.weight"], stride=2, padding=3), state, "bn1"))
    x = torch.nn.functional.max_pool2d(torch.nn.functional.pad(x, (0, 1, 0, 1)) if same else x, 3, 2, 0 if same else 1)
    maps = []
    for stage in range(1, 5):
        number = 0
        while "layer%d.%d.conv1.weight" % (stage, number) in state:
            at = "layer%d.%d." % (stage, number)
            stride = 2 if stage > 1 and number == 0 else 1
            deep = at + "conv3.weight" in state
            h, layers = x, 3 if deep else 2
            for layer in range(1, layers + 1):
                w = state[at + "conv%d.weight" % layer]
                strided = layer == (2 if deep else 1)
                h = norm(conv(h, w, stride=stride if strided else 1, padding=w.shape[2] // 2), state, at + "bn%d" % layer)
                h = relu(h) if layer < layers else h
            if at + "downsample.0.weight" in state:
                x = norm(conv(x, state[at + "downsample.0.weight"], stride=stride), state, at + "downsample.1")
            x = relu(h + x)
            number += 1
        maps.append(x)
    return x.mean((2, 3)), maps


def fingerprint_input():
    n, c, i, j = numpy.meshgrid(numpy.arange(4), numpy.arange(3), numpy.arange(64), numpy.arange(64), indexing="ij")
    return torch.from_numpy((7 * i * (n + 1) + 13 * j * (c + 1) + 3 * i * j) % 256 / 255.0)


def exports(program):
    cases = []
    for architecture, same in (("ResNet18", False), ("ResNet50", True)):
        with tempfile.TemporaryDirectory() as folder:
            write_safetensors(os.path.join(folder, "encoder.safetensors"), weights(architecture, 4))
            file = os.path.join(folder, "student.pth")
            subprocess.run(["dotnet", program, "weights", "export", folder, "--output=" + file], check=True, stdout=subprocess.DEVNULL)
            state = torch.load(file, weights_only=True)
            digest = hashlib.sha256()
            with zipfile.ZipFile(file) as archive:
                for entry in archive.infolist():
                    digest.update(entry.filename.encode() + b"\n" + archive.read(entry))
        state = {name: value.double() for name, value in state.items()}
        x = torch.from_numpy(uniform(1000, 2 * 3 * 64 * 64).reshape(2, 3, 64, 64))
        features, _ = run(state, x, same)
        pooled, maps = run(state, fingerprint_input(), same)
        cases.append({
            "architecture": architecture, "same": same, "contents": digest.hexdigest(),
            "features": [float("%.8g" % v) for v in features.reshape(-1)],
            "fingerprint": [[float("%.8g" % t.mean()), float("%.8g" % t.std(unbiased=False))] for t in maps + [pooled]],
        })
    with open(path("export.json"), "w", newline="\n") as out:
        out.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")


if __name__ == "__main__":
    arrays = simclr(weights("ResNet50", 1), 1)
    bundle(path("model.ckpt-7"), arrays, data_order=sorted(arrays, reverse=True))   # places need not follow the names
    write_encoders(weights("ResNet18", 1))
    write_types()
    exports(sys.argv[1])
