#!/usr/bin/env python3
"""Writes pillow_reference.json: what Pillow makes of pictures that a formula draws.

The C# test draws the same pictures, so nothing but small hashes and a few JPEG files made here is stored.
Run it with a Python that has Pillow and numpy; the file names the version of Pillow that was used.
"""
import base64
import hashlib
import io
import json
import pathlib
import zlib

import numpy as np
import PIL
from PIL import Image

SIZES = [
    ((208, 208), (128, 128)),
    ((640, 480), (128, 128)),
    ((1203, 797), (128, 128)),
    ((37, 53), (128, 128)),
    ((5, 300), (224, 224)),
    ((1, 1), (16, 16)),
    ((3, 2), (7, 5)),
    ((224, 100), (224, 224)),
    ((100, 224), (224, 224)),
    ((500, 333), (336, 224)),
    ((2048, 1536), (224, 224)),
]
FILTERS = {1: Image.LANCZOS, 2: Image.BILINEAR, 3: Image.BICUBIC, 4: Image.BOX}


def draw(width, height):
    """Smooth waves, hard edges and noise, in integers so that every language draws the same."""
    x = np.arange(width, dtype=np.int64)[None, :, None]
    y = np.arange(height, dtype=np.int64)[:, None, None]
    c = np.arange(3, dtype=np.int64)[None, None, :]
    ramp = x * (2 + c) + y * (3 - c)
    checks = ((x // 7 + y // 5) % 2) * 90
    noise = ((x * 7919 + y * 104729 + c * 1299709 + x * y * 31) % 65537) % 61
    return ((ramp + checks + noise) % 256).astype(np.uint8)


def digest(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


def resized():
    for (width, height), target in SIZES:
        picture = Image.fromarray(draw(width, height))
        for number, name in FILTERS.items():
            yield {
                "width": width, "height": height, "target_width": target[0], "target_height": target[1],
                "filter": number, "sha256": digest(np.asarray(picture.resize(target, name))),
            }


def jpegs():
    """(subsampling, progressive, grey) -> what decoding gives."""
    for name, options, mode in [
        ("4:4:4", {"subsampling": 0, "quality": 92}, "RGB"),
        ("4:2:0", {"subsampling": 2, "quality": 80}, "RGB"),
        ("progressive", {"subsampling": 2, "quality": 85, "progressive": True}, "RGB"),
        ("grey", {"quality": 85}, "L"),
    ]:
        small = Image.fromarray(draw(640, 480)).resize((93, 61), Image.BICUBIC).convert(mode)
        data = io.BytesIO()
        small.save(data, "JPEG", **options)
        decoded = Image.open(io.BytesIO(data.getvalue())).convert("RGB")
        processed = np.asarray(decoded.resize((32, 32), Image.BICUBIC)).astype(np.float64) * (1 / 255)
        mean = np.array([0.485, 0.456, 0.406], dtype=np.float32)
        std = np.array([0.229, 0.224, 0.225], dtype=np.float32)
        tensor = ((processed.astype(np.float32) - mean) / std).transpose(2, 0, 1)
        yield {
            "name": name, "data": base64.b64encode(data.getvalue()).decode(),
            "decoded_zlib": base64.b64encode(zlib.compress(np.asarray(decoded).tobytes(), 9)).decode(),
            "tensor_sha256": digest(tensor),
        }


def main():
    target = pathlib.Path(__file__).with_name("pillow_reference.json")
    content = {"pillow": PIL.__version__, "resized": list(resized()), "jpegs": list(jpegs())}
    target.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(f"{target}: {len(content['resized'])} resized, {len(content['jpegs'])} JPEG files")


if __name__ == "__main__":
    main()
