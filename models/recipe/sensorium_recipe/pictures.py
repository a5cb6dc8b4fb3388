"""Reading pictures the way the service does: squashed to a square, bicubic, normalised."""
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from PIL import Image

from .pack import PICTURE_MEAN, PICTURE_STD

MEAN = torch.tensor(PICTURE_MEAN).view(3, 1, 1) * 255
STD = torch.tensor(PICTURE_STD).view(3, 1, 1) * 255


def read_square(path, side):
    """-> uint8 [3,side,side]; the aspect ratio is not kept."""
    picture = Image.open(path).convert("RGB").resize((side, side), Image.BICUBIC)
    return np.asarray(picture).transpose(2, 0, 1)


def read_all(paths, side, threads=4):
    """-> uint8 tensor [count,3,side,side]"""
    with ThreadPoolExecutor(threads) as pool:
        return torch.from_numpy(np.stack(list(pool.map(lambda p: read_square(p, side), paths))))


def normalise(pixels):
    """uint8 or float [...,3,S,S] in 0..255 -> float32 with the preprocessor's mean and deviation."""
    return (pixels.float() - MEAN.to(pixels.device)) / STD.to(pixels.device)
