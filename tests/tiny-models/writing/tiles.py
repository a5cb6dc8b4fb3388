"""Pictures cut into squares as Idefics3ImageProcessor does it, for pictures whose sides are multiples of a square's. transformers.js makes the picture as
a whole by another filter, so that it is given what this makes."""
import numpy as np

SUPPORT, BITS = 3.0, 22


def tiles(pixels, side):
    """[height, width, 3] bytes to [tiles, 3, side, side] from -1 to 1: row by row, then the whole picture."""
    height, width, _ = pixels.shape
    parts = [pixels[y:y + side, x:x + side] for y in range(0, height, side) for x in range(0, width, side)]
    whole = lanczos(lanczos(pixels.transpose(1, 0, 2), side).transpose(1, 0, 2), side)
    values = np.stack([*parts, whole]).transpose(0, 3, 1, 2).astype(np.float32) / np.float32(255)
    return (values - np.float32(0.5)) / np.float32(0.5)


def lanczos(pixels, count):
    """The first axis made shorter as Pillow makes it, in whole numbers."""
    scale = len(pixels) / count
    rows = []
    for row in range(count):
        centre = (row + 0.5) * scale
        first, last = max(0, int(centre - SUPPORT * scale + 0.5)), min(len(pixels), int(centre + SUPPORT * scale + 0.5))
        x = (np.arange(first, last) - centre + 0.5) / scale
        weights = np.where(np.abs(x) < SUPPORT, np.sinc(x) * np.sinc(x / SUPPORT), 0)
        whole = np.floor(weights / weights.sum() * (1 << BITS) + 0.5).astype(np.int64)
        total = np.tensordot(whole, pixels[first:last].astype(np.int64), axes=1) + (1 << (BITS - 1))
        rows.append(np.clip(total >> BITS, 0, 255).astype(np.uint8))
    return np.stack(rows)
