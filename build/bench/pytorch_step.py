"""The mini student's training step in PyTorch: the other side of the Bench target.

Reads lines "<variant> <steps>" and answers each with the seconds it took. Variants: nchw, channels_last, each with
-foreach (multi-tensor Adam) and -bf16 (autocast) as suffixes, so that PyTorch runs at its own best.
Usage: pytorch_step.py WIDTH BATCH SIZE CLASSES THREADS
"""
import sys
import time

import torch
from torch import nn
import torch.nn.functional as F

width, batch, size, classes, threads = map(int, sys.argv[1:6])
torch.set_num_threads(threads)
torch.manual_seed(0)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        x = F.relu(self.bn1(self.conv1(x)), inplace=True)
        return F.relu(self.bn2(self.conv2(x)) + shortcut, inplace=True)


def student():
    stages, inputs = [], width
    for stage in range(4):
        outputs = width << stage
        stages += [Block(inputs, outputs, 1 if stage == 0 else 2), Block(outputs, outputs, 1)]
        inputs = outputs
    return nn.Sequential(
        nn.Conv2d(1, width, 3, 2, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True), *stages,
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width * 8, classes))


def variant(name):
    net, images = student(), torch.rand(batch, 1, size, size)
    labels = torch.arange(batch) % classes
    if "channels_last" in name:
        net, images = net.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)
    adam = torch.optim.Adam(net.parameters(), lr=1e-3, foreach="foreach" in name)

    def step():
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled="bf16" in name):
            loss = F.cross_entropy(net(images), labels)
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        return loss.item()

    return step


steps = {}
print(f"PyTorch {torch.__version__}", flush=True)
for line in sys.stdin:
    name, count = line.split()
    if name not in steps:
        steps[name] = variant(name)
    step = steps[name]
    started = time.perf_counter()
    for _ in range(int(count)):
        step()
    print(time.perf_counter() - started, flush=True)
