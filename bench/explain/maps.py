"""Deletion and insertion (Petsiuk et al., RISE, 2018): cells are hidden, or shown, the heaviest first, and in random orders.

If a map is right the similarity falls faster, or rises faster, than in a random order. A gain is the mean distance between both
curves, as a share of what separates the whole picture from a blank one, both as means over all pictures.
"""
import numpy as np
from PIL import Image

from explaining import bootstrap
from png import png

SIDE = 224  # of the pictures that are altered
STEPS = 8
ORDERS = 2  # random ones of each picture


def pixels_of(path):
    picture = Image.open(path).convert("RGB")
    scale = SIDE / max(picture.size)
    return np.asarray(picture.resize([max(1, round(side * scale)) for side in picture.size], Image.BICUBIC))


def masked(pixels, hidden, rows, columns):
    """A picture with some cells in its mean colour."""
    height, width = pixels.shape[:2]
    result, mean = pixels.copy(), pixels.mean((0, 1))
    for cell in hidden:
        row, column = divmod(int(cell), columns)
        result[height * row // rows:height * (row + 1) // rows, width * column // columns:width * (column + 1) // columns] = mean
    return result


def curve(pixels, order, rows, columns, inserts):
    """The pictures between the first step and the last, both left out: they are the same in every order."""
    cuts = [round(len(order) * step / STEPS) for step in range(1, STEPS)]
    return [masked(pixels, order[cut:] if inserts else order[:cut], rows, columns) for cut in cuts]


def gains_of(service, pixels, caption, grid, rng):
    """-> (deletion, insertion, what separates whole from blank), in cosine similarity"""
    explanation = service.explain(png(pixels), caption, grid=grid)
    weights, (rows, columns) = np.array(explanation.weights), (explanation.grid.rows, explanation.grid.columns)
    orders = [np.argsort(-weights), *(rng.permutation(len(weights)) for _ in range(ORDERS))]
    pictures = [pixels, masked(pixels, range(len(weights)), rows, columns)]
    for inserts in (False, True):
        for order in orders:
            pictures += curve(pixels, order, rows, columns, inserts)
    similar = service.similarities(pictures, caption)
    areas = similar[2:].reshape(2, len(orders), STEPS - 1).mean(2)
    return areas[0, 1:].mean() - areas[0, 0], areas[1, 0] - areas[1, 1:].mean(), similar[0] - similar[1]


def map_figures(service, paths, captions, options):
    rng = np.random.default_rng(options.seed)
    rows = [gains_of(service, pixels_of(path), texts[0], options.grid, rng) for path, texts in zip(paths, captions)]
    means, picked = np.mean(rows, 0), bootstrap(rows, options.seed)
    figures = {"pictures": len(rows), "whole_less_blank": float(means[2])}
    for column, name in enumerate(("deletion_gain", "insertion_gain")):
        figures[name] = float(means[column] / means[2])
        figures[f"{name}_interval"] = np.percentile(picked[:, column] / picked[:, 2], [2.5, 97.5]).tolist()
    return figures
