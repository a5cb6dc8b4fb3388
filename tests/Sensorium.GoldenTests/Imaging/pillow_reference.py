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
FILTERS = {0: Image.NEAREST, 1: Image.LANCZOS, 2: Image.BILINEAR, 3: Image.BICUBIC, 4: Image.BOX, 5: Image.HAMMING}


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


def scaled(picture, edge, filter, choose=min):
    """The shorter (or longer) side becomes `edge`."""
    if choose is max:
        scale = edge / max(picture.size)
        return picture.resize((int(picture.width * scale + 0.5), int(picture.height * scale + 0.5)), filter)
    short = min(picture.size)
    return picture.resize(tuple(edge if side == short else int(edge * side / short) for side in picture.size), filter)


def cut(picture, side):
    """The middle; black where there is no picture."""
    left, top = [(length - side) // 2 if length >= side else -((side - length + 1) // 2) for length in picture.size]
    result = Image.new("RGB", (side, side))
    result.paste(picture, (-left, -top))
    return result


def tensor(picture, mean=(0.5,) * 3, std=(0.5,) * 3, factor=1 / 255, offset=0):
    values = (np.asarray(picture).astype(np.float64) * factor).astype(np.float32) + np.float32(offset)
    return (values - np.array(mean, dtype=np.float32)) / np.array(std, dtype=np.float32)


def padded(values, side):
    result = np.zeros((side, side, 3), dtype=np.float32)
    result[:values.shape[0], :values.shape[1]] = values
    return result


CLIP = ([0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711])
IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
# What the image processors of transformers are documented to do, by their configuration.
PROCESSED = [
    ("clip", {"feature_extractor_type": "CLIPFeatureExtractor", "size": 64, "resample": 3, "crop_size": 64, "do_center_crop": True,
              "image_mean": CLIP[0], "image_std": CLIP[1]},
     lambda p: tensor(cut(scaled(p, 64, Image.BICUBIC), 64), *CLIP)),
    ("clip by its defaults", {"image_processor_type": "CLIPImageProcessor"},
     lambda p: tensor(cut(scaled(p, 224, Image.BICUBIC), 224), *CLIP)),
    ("vit, one number", {"feature_extractor_type": "ViTFeatureExtractor", "size": 64}, lambda p: tensor(p.resize((64, 64), Image.BILINEAR))),
    ("siglip", {"image_processor_type": "SiglipImageProcessor", "size": {"height": 64, "width": 48}},
     lambda p: tensor(p.resize((48, 64), Image.BICUBIC))),
    ("convnext, small", {"image_processor_type": "ConvNextImageProcessor", "size": {"shortest_edge": 56}, "crop_pct": 0.875},
     lambda p: tensor(cut(scaled(p, 64, Image.BILINEAR), 56))),
    ("convnext, large", {"image_processor_type": "ConvNextImageProcessor", "size": {"shortest_edge": 384}},
     lambda p: tensor(p.resize((384, 384), Image.BILINEAR))),
    ("poolformer", {"image_processor_type": "PoolFormerImageProcessor", "size": {"shortest_edge": 64}, "crop_size": 64},
     lambda p: tensor(cut(scaled(p, int(64 / 0.9), Image.BICUBIC), 64), *IMAGENET)),
    ("levit", {"feature_extractor_type": "LevitFeatureExtractor", "size": 56, "crop_size": 56},
     lambda p: tensor(cut(scaled(p, 64, Image.BICUBIC), 56), *IMAGENET)),
    ("bit, as dinov2 has it", {"image_processor_type": "BitImageProcessor", "size": {"shortest_edge": 72}, "crop_size": {"height": 64, "width": 64},
                               "image_mean": IMAGENET[0], "image_std": IMAGENET[1]},
     lambda p: tensor(cut(scaled(p, 72, Image.BICUBIC), 64), *IMAGENET)),
    ("mobilevit", {"image_processor_type": "MobileViTImageProcessor", "size": {"shortest_edge": 72}, "crop_size": 64},
     lambda p: tensor(cut(scaled(p, 72, Image.BILINEAR), 64), (0,) * 3, (1,) * 3)[..., ::-1]),
    ("efficientnet", {"image_processor_type": "EfficientNetImageProcessor", "size": 64, "rescale_offset": True, "rescale_factor": 1 / 127.5,
                      "image_std": IMAGENET[1]},
     lambda p: tensor(p.resize((64, 64), Image.NEAREST), (0.5,) * 3, IMAGENET[1], 1 / 127.5, -1) / np.array(IMAGENET[1], dtype=np.float32)),
    ("sam", {"image_processor_type": "SamImageProcessor", "size": {"longest_edge": 64}, "pad_size": {"height": 64, "width": 64}},
     lambda p: padded(tensor(scaled(p, 64, Image.BILINEAR, max), *IMAGENET), 64)),
    ("levels as they are", {"do_resize": False, "do_center_crop": True, "crop_size": 64, "do_rescale": False, "do_normalize": False},
     lambda p: tensor(cut(p, 64), (0,) * 3, (1,) * 3, 1)),
    ("nested", {"image_processor": {"image_processor_type": "SiglipImageProcessorFast", "size": {"height": 32, "width": 32}, "resample": 5}},
     lambda p: tensor(p.resize((32, 32), Image.HAMMING))),
]


def processed():
    for name, config, steps in PROCESSED:
        for width, height in [(93, 61), (40, 100)]:
            values = steps(Image.fromarray(draw(width, height))).transpose(2, 0, 1)
            yield {"name": name, "config": config, "width": width, "height": height, "sha256": digest(values)}


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
    content = {"pillow": PIL.__version__, "resized": list(resized()), "processed": list(processed()), "jpegs": list(jpegs())}
    target.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(f"{target}: {len(content['resized'])} resized, {len(content['jpegs'])} JPEG files")


if __name__ == "__main__":
    main()
