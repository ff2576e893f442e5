#!/usr/bin/env python3
"""Writes JPEGs of camera-like content for the loader benchmark: collages of enlarged pictures, in ten class folders.

  python3 bench/make_jpegs.py SOURCE OUT [--count 10000] [--width 256] [--height 256] [--quality 90]

SOURCE is a folder of pictures (CIFAR-10's JPEGs, unpacked, for instance). Needs Pillow.
"""
import argparse
import os
import random

from PIL import Image

TILES = 2


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('source')
    parser.add_argument('out')
    parser.add_argument('--count', type=int, default=10000)
    parser.add_argument('--width', type=int, default=256)
    parser.add_argument('--height', type=int, default=256)
    parser.add_argument('--quality', type=int, default=90)
    a = parser.parse_args()
    rng = random.Random(1)
    names = sorted(os.listdir(a.source))
    tile = (-(-a.width // TILES), -(-a.height // TILES))
    for i in range(a.count):
        folder = os.path.join(a.out, 'train', str(i % 10))
        os.makedirs(folder, exist_ok=True)
        picture = Image.new('RGB', (a.width, a.height))
        for y in range(TILES):
            for x in range(TILES):
                part = Image.open(os.path.join(a.source, rng.choice(names))).convert('RGB').resize(tile, Image.BICUBIC)
                picture.paste(part, (x * tile[0], y * tile[1]))
        picture.save(os.path.join(folder, f'{i:05d}.jpg'), quality=a.quality)


if __name__ == '__main__':
    main()
