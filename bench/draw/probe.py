"""A linear classifier of raw features: colours, and the directions of edges, by place. It knows nothing of words."""
import numpy as np

CELL = 8  # pixels of the side of a place
DIRECTIONS = 9  # of edges, over half a turn
RIDGES = (1.0, 10.0, 100.0, 1000.0)  # which of them, what is kept back of the training pictures decides
KEPT_BACK_EVERY = 5


def by_place(values):
    """[n,S,S,k] -> mean of every place [n,S/8,S/8,k]"""
    count, side, _, kinds = values.shape
    return values.reshape(count, side // CELL, CELL, side // CELL, CELL, kinds).mean((2, 4))


def edges(pictures):
    """Histograms of the directions of edges (Dalal and Triggs, CVPR 2005), each of length 1: [n,S/8,S/8,9]"""
    grey = pictures.astype(np.float32).mean(-1) / 255
    down, across = np.gradient(grey, axis=(1, 2))
    strength, turn = np.hypot(down, across), np.arctan2(down, across) % np.pi / np.pi * DIRECTIONS
    low = np.floor(turn).astype(int)
    share = turn - low
    kinds = np.arange(DIRECTIONS)
    weights = (low[..., None] % DIRECTIONS == kinds) * (1 - share)[..., None] + ((low[..., None] + 1) % DIRECTIONS == kinds) * share[..., None]
    histograms = by_place(weights * strength[..., None])
    return histograms / (np.linalg.norm(histograms, axis=-1, keepdims=True) + 1e-2)


def features(pictures):
    """uint8 [n,S,S,3] -> [n,k], in parts: the directions of a picture at once take a hundred times its bytes"""
    parts = [np.concatenate([f(part).reshape(len(part), -1) for f in (edges, lambda p: by_place(p.astype(np.float32) / 255))], 1)
             for part in np.array_split(pictures, -(-len(pictures) // 256))]
    return np.concatenate(parts)


class Probe:
    """Ridge regression on one column for each class; the largest is the answer."""

    def __init__(self, pictures, classes, count):
        both = np.concatenate([pictures, pictures[:, :, ::-1]])  # and their mirror images
        self.mean, self.deviation = (f(features(pictures), axis=0) for f in (np.mean, np.std))
        x, y = self._row(both), np.eye(count)[np.tile(classes, 2)]
        back = np.tile(np.arange(len(pictures)) % KEPT_BACK_EVERY == 0, 2)
        right = lambda ridge: (np.argmax(x[back] @ self._solve(x[~back], y[~back], ridge), 1) == np.argmax(y[back], 1)).mean()
        self.weights = self._solve(x, y, max(RIDGES, key=right))

    def _row(self, pictures):
        x = (features(pictures) - self.mean) / (self.deviation + 1e-3)
        return np.concatenate([x, np.ones((len(x), 1))], 1)

    @staticmethod
    def _solve(x, y, ridge):
        return np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)

    def classify(self, pictures):
        """-> the number of a class for each"""
        return np.argmax(self._row(pictures) @ self.weights, 1)
