"""Makes the golden files of EncoderParityTests from Debian 12's torchvision (python3-torchvision 0.14.1, PyTorch 1.13.1).

Run: /usr/bin/python3 make_golden.py      (writes beside itself)

keys-<architecture>.txt   names and shapes of torchvision's state dict, without fc
values.json               outputs of width-8 networks whose weights and inputs are the integer hash `uniform` below,
                          which the C# test repeats bit for bit
"""
import json
import os

import numpy
import torch
import torchvision
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTH = 8
BATCH = 8
SAMPLES = 24   # values kept of each stage map


def uniform(position, count):
    """Numbers in [-1, 1): multiples of 2^-23, so exact in float32."""
    i = numpy.arange(1, count + 1, dtype=numpy.uint64)
    h = (i * 2654435761 + position * 40503) & 0xFFFFFFFF
    h ^= h >> 15
    h = (h * 2246822519) & 0xFFFFFFFF
    h ^= h >> 13
    return (h >> 8).astype(numpy.float64) / (1 << 23) - 1


class Small(ResNet):
    """torchvision's blocks and stages with a free base width and stem."""

    def __init__(self, block, depths, stem):
        torch.nn.Module.__init__(self)
        self._norm_layer = torch.nn.BatchNorm2d
        self.inplanes, self.dilation, self.groups, self.base_width = WIDTH, 1, 1, 64
        kernel, stride = {"ImageNet": (7, 2), "Small": (3, 1), "SmallStrided": (3, 2)}[stem]
        self.conv1 = torch.nn.Conv2d(3, WIDTH, kernel, stride, kernel // 2, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(WIDTH)
        self.relu = torch.nn.ReLU(inplace=True)
        self.maxpool = torch.nn.MaxPool2d(3, 2, 1) if stem == "ImageNet" else torch.nn.Identity()
        for stage, depth in enumerate(depths):
            layer = self._make_layer(block, WIDTH << stage, depth, stride=1 if stage == 0 else 2)
            setattr(self, "layer%d" % (stage + 1), layer)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        maps = []
        for stage in range(4):
            x = getattr(self, "layer%d" % (stage + 1))(x)
            maps.append(x)
        return x.mean((2, 3)), maps


def fill(model):
    state = model.state_dict()
    names = sorted(name for name in state if not name.endswith("num_batches_tracked"))
    for position, name in enumerate(names):
        shape = tuple(state[name].shape)
        u = uniform(position, int(numpy.prod(shape)))
        if len(shape) == 4:
            value = numpy.sqrt(6.0 / (shape[1] * shape[2] * shape[3])) * u
        elif name.endswith("running_var"):
            value = 1 + 0.5 * u
        elif name.endswith("weight"):
            value = 1 + 0.2 * u
        else:
            value = 0.2 * u
        state[name].copy_(torch.from_numpy(value.reshape(shape)).float())


def sample(t, count):
    flat = t.detach().contiguous().reshape(-1).double().numpy()
    return [float("%.7g" % v) for v in flat[:: max(1, len(flat) // count)][:count]]


def case(name, block, depths, stem, train):
    torch.manual_seed(0)
    model = Small(block, depths, stem)
    fill(model)
    model.double().train(train)   # float64: the only rounding left in a comparison is the tested side's
    side = 64 if stem == "ImageNet" else 32
    x = torch.from_numpy(uniform(1000, BATCH * 3 * side * side).reshape(BATCH, 3, side, side))
    order = []
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.register_forward_hook(lambda module, args, out: order.append(module))
    with torch.no_grad():
        features, maps = model(x)
    return {
        "architecture": name, "stem": stem, "train": train, "side": side,
        "scales": [float("%.7g" % t.abs().max()) for t in [features] + maps],
        "features": sample(features, 64),
        "mapShapes": [list(m.shape) for m in maps],
        "maps": [sample(m, SAMPLES) for m in maps],
        # sums over the channels of each layer, in forward order, after the pass
        "runningMeans": [float("%.7g" % m.running_mean.double().sum()) for m in order],
        "runningVariances": [float("%.7g" % m.running_var.double().sum()) for m in order],
    }


def main():
    torch.set_num_threads(1)
    for name, model in (("ResNet18", torchvision.models.resnet18()), ("ResNet50", torchvision.models.resnet50())):
        with open(os.path.join(HERE, "keys-%s.txt" % name), "w", newline="\n") as out:
            for key, value in model.state_dict().items():
                if not key.startswith("fc."):
                    out.write("%s %s\n" % (key, "x".join(str(s) for s in value.shape)))
    cases = [
        case(name, block, depths, stem, train)
        for name, block, depths in (("ResNet18", BasicBlock, [2, 2, 2, 2]), ("ResNet50", Bottleneck, [3, 4, 6, 3]))
        for stem in ("ImageNet", "Small", "SmallStrided")
        for train in (False, True)
    ]
    with open(os.path.join(HERE, "values.json"), "w", newline="\n") as out:
        out.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")


main()
