#!/usr/bin/env python3
"""Times training steps in PyTorch on a CUDA device, to take a ratio with `cudanoisy bench step --device cuda` on the same card in one sitting.

  python3 bench/torch_cuda_step.py --arch resnet50 --batch 100

Steps, networks and optimisers are those that `cudanoisy bench step` times: ResNets for 32x32 (3x3 stem, no max-pool), random images in device memory, cross-entropy, SGD with momentum 0.9 and weight decay 1e-4;
mwnet is the unrolled Meta-Weight-Net step by double backward. Convolutions are TF32 (PyTorch's default) or, with --precision fp32, float32; memory is channels-last; cuDNN searches its algorithms.
Prints one JSON line for each way of running: eager, one CUDA graph for the whole step, and with --compile torch.compile. Times are of single steps, the device waited for after each, as ours.
"""
import argparse
import json
import statistics
import time

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.func import functional_call

import simclr_step

CLASSES = 10


def resnet32():
    return nn.Sequential(*simclr_step.encoder(), nn.Linear(64, CLASSES))


def torchvision_net(name):
    import torchvision
    net = getattr(torchvision.models, name)(num_classes=CLASSES)
    net.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)
    net.maxpool = nn.Identity()
    return net


def sgd_step(net, x, y, optimizer):
    def step():
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(net(x), y).backward()
        optimizer.step()
    return step


def mwnet_step(net, x, y, meta_x, meta_y, optimizer):
    weights = nn.Sequential(nn.Linear(1, 100), nn.ReLU(), nn.Linear(100, 1), nn.Sigmoid()).cuda()
    meta_optimizer = torch.optim.SGD(weights.parameters(), lr=1e-3, momentum=0.9, nesterov=True, weight_decay=1e-4)

    def step():
        parameters = dict(net.named_parameters())
        buffers = {k: v.clone() for k, v in net.named_buffers()}
        cost = F.cross_entropy(functional_call(net, {**parameters, **buffers}, (x,)), y, reduction='none')
        v = weights(cost.detach().unsqueeze(1)).squeeze(1)
        gradients = torch.autograd.grad((v * cost).mean(), list(parameters.values()), create_graph=True)
        fast = {k: p - 0.1 * g for (k, p), g in zip(parameters.items(), gradients)}
        meta = F.cross_entropy(functional_call(net, {**fast, **buffers}, (meta_x,)), meta_y)
        meta_optimizer.zero_grad(set_to_none=True)
        for p, g in zip(weights.parameters(), torch.autograd.grad(meta, list(weights.parameters()))):
            p.grad = g
        meta_optimizer.step()
        cost = F.cross_entropy(net(x), y, reduction='none')
        with torch.no_grad():
            w = weights(cost.unsqueeze(1)).squeeze(1)
        optimizer.zero_grad(set_to_none=True)
        (w * cost).mean().backward()
        optimizer.step()
    return step


def captured(step):
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(5):
            step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return graph.replay


def timed(step, a, way):
    for _ in range(a.warmup):
        step()
    torch.cuda.synchronize()
    times = []
    for _ in range(a.steps):
        start = time.perf_counter()
        step()
        torch.cuda.synchronize()
        times.append(time.perf_counter() - start)
    median = statistics.median(times)
    print(json.dumps(dict(peer='pytorch ' + torch.__version__, device=torch.cuda.get_device_name(), way=way, arch=a.arch, method=a.method, batch=a.batch, precision=a.precision,
                          median_s=round(median, 6), best_s=round(min(times), 6), images_per_s=round(a.batch / median, 1), device_peak_mib=torch.cuda.max_memory_allocated() >> 20)), flush=True)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--arch', choices=('resnet32', 'resnet18', 'resnet50'), default='resnet32')
    ap.add_argument('--method', choices=('sgd', 'mwnet'), default='sgd')
    ap.add_argument('--batch', type=int, default=100)
    ap.add_argument('--precision', choices=('tf32', 'fp32'), default='tf32')
    ap.add_argument('--steps', type=int, default=50)
    ap.add_argument('--warmup', type=int, default=15)
    ap.add_argument('--compile', action='store_true')
    a = ap.parse_args()
    torch.backends.cudnn.benchmark = True
    torch.backends.cudnn.allow_tf32 = a.precision == 'tf32'
    torch.manual_seed(0)
    net = (resnet32() if a.arch == 'resnet32' else torchvision_net(a.arch)).cuda().to(memory_format=torch.channels_last).train()
    x, meta_x = (torch.rand(a.batch, 3, 32, 32).cuda().to(memory_format=torch.channels_last) for _ in range(2))
    y, meta_y = (torch.randint(0, CLASSES, (a.batch,)).cuda() for _ in range(2))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-4)

    def make(module):
        return sgd_step(module, x, y, optimizer) if a.method == 'sgd' else mwnet_step(module, x, y, meta_x, meta_y, optimizer)

    timed(make(net), a, 'eager')
    torch.cuda.reset_peak_memory_stats()
    timed(captured(make(net)), a, 'graph')
    if a.compile:
        timed(make(torch.compile(net, mode='max-autotune-no-cudagraphs')), a, 'compile')


if __name__ == '__main__':
    main()
