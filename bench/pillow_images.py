#!/usr/bin/env python3
"""The reference's input pipeline: Pillow, torchvision's transforms written out, PyTorch's DataLoader. One pass over a folder per class; one line of JSON like `bench images`.

  python3 bench/pillow_images.py ROOT [--size 224] [--transform simclr|imagenet] [--workers 2] [--batch 32] [--to tensor|bytes]

--to tensor is what the reference does (floats in planes); --to bytes leaves the conversion out, as our loader leaves it to the device.
"""
import argparse
import json
import math
import os
import random
import resource
import time

import numpy as np
import torch
from PIL import Image


class Pictures(torch.utils.data.Dataset):
    def __init__(self, root, size, transform, to):
        self.size, self.transform, self.to = size, transform, to
        train = os.path.join(root, 'train')
        self.items = [(os.path.join(train, c, f), k) for k, c in enumerate(sorted(os.listdir(train))) for f in sorted(os.listdir(os.path.join(train, c)))]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        path, label = self.items[index]
        image = Image.open(path).convert('RGB')
        image = self.resized_crop(image) if self.transform == 'simclr' else self.crop(image)
        if random.random() < 0.5:
            image = image.transpose(Image.FLIP_LEFT_RIGHT)
        values = torch.from_numpy(np.array(image))
        if self.to == 'bytes':
            return values, label
        values = values.permute(2, 0, 1).contiguous().to(torch.float32).div(255)
        if self.transform == 'imagenet':
            mean, std = torch.tensor([0.485, 0.456, 0.406])[:, None, None], torch.tensor([0.229, 0.224, 0.225])[:, None, None]
            values = values.sub_(mean).div_(std)
        return values, label

    def resized_crop(self, image):
        """RandomResizedCrop(size, scale=(0.08, 1), interpolation=BICUBIC)."""
        width, height = image.size
        x, y, w, h = 0, 0, width, height
        for _ in range(10):
            area = width * height * random.uniform(0.08, 1)
            ratio = math.exp(random.uniform(math.log(3 / 4), math.log(4 / 3)))
            w, h = round(math.sqrt(area * ratio)), round(math.sqrt(area / ratio))
            if 0 < w <= width and 0 < h <= height:
                x, y = random.randint(0, width - w), random.randint(0, height - h)
                break
        else:
            w = h = min(width, height)
        return image.crop((x, y, x + w, y + h)).resize((self.size, self.size), Image.BICUBIC)

    def crop(self, image):
        """Resize(256), RandomCrop(224)."""
        side = self.size * 8 // 7
        width, height = image.size
        w, h = (side, side * height // width) if width <= height else (side * width // height, side)
        image = image if (w, h) == (width, height) else image.resize((w, h), Image.BILINEAR)
        x, y = random.randint(0, w - self.size), random.randint(0, h - self.size)
        return image.crop((x, y, x + self.size, y + self.size))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('root')
    parser.add_argument('--size', type=int, default=224)
    parser.add_argument('--transform', choices=['simclr', 'imagenet'], default='simclr')
    parser.add_argument('--workers', type=int, default=2)
    parser.add_argument('--batch', type=int, default=32)
    parser.add_argument('--to', choices=['tensor', 'bytes'], default='tensor')
    a = parser.parse_args()
    torch.set_num_threads(1)
    data = Pictures(a.root, a.size, a.transform, a.to)
    loader = torch.utils.data.DataLoader(data, batch_size=a.batch, shuffle=True, num_workers=a.workers, drop_last=True)
    start = time.perf_counter()
    images = sum(len(labels) for _, labels in loader)
    seconds = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + a.workers * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({'peer': 'pillow', 'transform': a.transform, 'size': a.size, 'workers': a.workers, 'batch': a.batch, 'to': a.to, 'images': images,
                      'seconds': round(seconds, 2), 'images_per_s': round(images / seconds, 1), 'peak_rss_mib': usage >> 10}))


if __name__ == '__main__':
    main()
