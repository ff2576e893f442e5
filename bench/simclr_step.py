#!/usr/bin/env python3
"""Times SimCLR's training step in PyTorch on the CPU, to take a ratio with `cudanoisy bench step --method simclr` in one sitting.

  python3 bench/simclr_step.py --batch 256 --threads 2

ResNet-32 (3x3 stem, option-A shortcuts), projection 64-64-128 with batch-norms, NT-Xent, SGD with momentum, on 2 * batch random images. Views are not made here; ours are made in the step.
Prints one JSON line with the median and the best time and images (not views) a second; the better of the two memory layouts is yours to choose with --channels-last.
"""
import argparse
import json
import resource
import statistics
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


class Shortcut(nn.Module):
    def __init__(self, extra):
        super().__init__()
        self.extra = extra

    def forward(self, x):
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.extra, self.extra))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Identity() if stride == 1 and inputs == outputs else Shortcut(outputs // 4)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + self.shortcut(x))


def encoder():
    """Layers of ResNet-32 without its head: images to 64 features."""
    layers, inputs = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()], 16
    for outputs, stride in ((16, 1), (32, 2), (64, 2)):
        for i in range(5):
            layers.append(Block(inputs, outputs, stride if i == 0 else 1))
            inputs = outputs
    return [*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten()]


def network():
    projection = [nn.Linear(64, 64, bias=False), nn.BatchNorm1d(64), nn.ReLU(), nn.Linear(64, 128, bias=False), nn.BatchNorm1d(128)]
    projection[-1].bias.requires_grad = False
    return nn.Sequential(*encoder(), *projection)


def nt_xent(x, temperature):
    z = F.normalize(x)
    n = len(z)
    similarities = z @ z.t() / temperature
    similarities.fill_diagonal_(float('-inf'))
    partners = (torch.arange(n) + n // 2) % n
    return F.cross_entropy(similarities, partners)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--batch', type=int, default=256)
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--steps', type=int, default=5)
    parser.add_argument('--warmup', type=int, default=2)
    parser.add_argument('--channels-last', action='store_true')
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    net = network().train()
    x = torch.rand(2 * a.batch, 3, 32, 32)
    if a.channels_last:
        net, x = net.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.01, momentum=0.9, weight_decay=1e-6)
    times = []
    for i in range(a.warmup + a.steps):
        start = time.perf_counter()
        loss = nt_xent(net(x), 0.5)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        if i >= a.warmup:
            times.append(time.perf_counter() - start)
    print(json.dumps(dict(peer='pytorch ' + torch.__version__, arch='resnet32', method='simclr', batch=a.batch, threads=a.threads,
                          median_s=round(statistics.median(times), 4), best_s=round(min(times), 4), images_per_s=round(a.batch / statistics.median(times), 1),
                          peak_rss_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)))


if __name__ == '__main__':
    main()
