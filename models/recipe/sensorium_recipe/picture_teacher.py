"""The picture teacher: what it sees of any view, in few components.

Shapes: n views, 49 places (7x7), K components, 1001 classes.
"""
import numpy as np
import torch

from .onnx_runner import OnnxRunner
from .precision import mixed_precision

SIDE, GRID, CLASSES, CHANNELS = 224, 7, 1001, 1280
COMPONENTS = 256  # principal components that stand for the teacher's channels


class PictureTeacher:
    """Reads `picture_teacher.onnx` and `teacher_axes.npz` of the work folder; without axes the channels come as they are."""

    def __init__(self, folder, device="cpu", axes=True):
        self.runner, self.device = OnnxRunner(folder / "picture_teacher.onnx", device), device
        stored = np.load(folder / "teacher_axes.npz") if axes else {"mean": np.zeros(CHANNELS, np.float32), "axes": None}
        self.mean = torch.from_numpy(stored["mean"]).to(device)
        self.axes = torch.from_numpy(stored["axes"]).to(device) if axes else None

    @torch.no_grad()
    def __call__(self, views):
        """Views [n,3,224,224] in 0..255 -> logits [n,1001], tokens [n,49,K], both float32"""
        views = (views.to(self.device) / 127.5 - 1).contiguous(memory_format=torch.channels_last)
        with mixed_precision(self.device):
            seen = self.runner(pixel_values=views)
        with torch.autocast(torch.device(self.device).type, enabled=False):
            tokens = seen["tokens"].float() - self.mean
            return seen["logits"].float(), tokens if self.axes is None else tokens @ self.axes


def principal_axes(tokens):
    """Sample of tokens [n,1280] -> mean [1280], axes [1280,K] scaled to unit variance on average."""
    mean = tokens.mean(0)
    _, values, axes = torch.linalg.svd((tokens - mean).double(), full_matrices=False)
    kept = values[:COMPONENTS] / len(tokens) ** 0.5
    print(f"components keep {float((values[:COMPONENTS] ** 2).sum() / (values ** 2).sum()):.3f} of variance")
    return mean, (axes[:COMPONENTS].T / kept.pow(2).mean().sqrt()).float()
