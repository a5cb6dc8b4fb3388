"""Batch-norm statistics for inference.

Training mixes sources, crops and brightness in one batch, and the running averages describe that mixture. Measured
again on plain pictures, they describe what the service sees; captions depend on this visibly.
"""
import torch
from torch import nn


def recalibrate(model, batches, run):
    """Replaces the running statistics below `model` by the average over `batches` of `run(batch)`."""
    norms = [m for m in model.modules() if isinstance(m, nn.BatchNorm2d)]
    kept = [m.momentum for m in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # None: a plain average over all batches
        norm.train()
    with torch.no_grad():
        for batch in batches:
            run(batch)
    for norm, momentum in zip(norms, kept):
        norm.momentum = momentum
        norm.eval()
