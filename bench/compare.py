#!/usr/bin/env python3
"""Training steps of CudaNoisy and of PyTorch, alternating in one sitting; prints a Markdown table of medians and ratios.

  python3 bench/compare.py --peer ../shared/bench/torch_step.py [--rounds 3] [--only resnet18:mwnet]

The peer runs plain and with --channels-last; the better of its medians counts. PyTorch must be there for the interpreter given by --python.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

ROWS = [('resnet32', 100, 'sgd', 6), ('resnet18', 64, 'sgd', 5), ('resnet50', 32, 'sgd', 4), ('resnet18', 64, 'mwnet', 2)]


def run(command):
    line = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.strip().splitlines()[-1]
    return json.loads(line)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--peer', default='../shared/bench/torch_step.py')
    parser.add_argument('--python', default='/usr/bin/python3')
    parser.add_argument('--ours', default='src/Cli/bin/Release/net10.0/cudanoisy.dll')
    parser.add_argument('--threads', type=int, default=os.cpu_count())
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--only', help='ARCH:METHOD')
    a = parser.parse_args()
    print('| step | ours, images/s | PyTorch, images/s | ratio | ours, MiB | PyTorch, MiB |')
    print('|---|---|---|---|---|---|')
    for arch, batch, method, steps in ROWS:
        if a.only not in (None, f'{arch}:{method}'):
            continue
        step = ['--arch', arch, '--batch', str(batch), '--method', method, '--threads', str(a.threads)]
        ours, peers, memory, peer_memory = [], {(): [], ('--channels-last',): []}, [], []
        for r in range(a.rounds):
            print(f'{arch} {method}: round {r + 1} of {a.rounds}', file=sys.stderr)
            row = run(['dotnet', a.ours, 'bench', 'step', *step, '--steps', str(2 * steps)])
            ours.append(row['median_s'])
            memory.append(row['peak_rss_mib'])
            for layout in peers:
                row = run([a.python, a.peer, *step, '--steps', str(steps), *layout])
                peers[layout].append(row['median_s'])
                peer_memory.append(row['peak_rss_mib'])
        mine = statistics.median(ours)
        theirs = min(statistics.median(v) for v in peers.values())
        print(f'| {arch}, batch {batch}, {method} | {batch / mine:.1f} | {batch / theirs:.1f} | {theirs / mine:.2f}x | {max(memory)} | {min(peer_memory)} |', flush=True)


if __name__ == '__main__':
    main()
