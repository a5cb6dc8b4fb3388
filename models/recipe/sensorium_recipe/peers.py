"""Several processes that train one stage together: now and then each takes the mean of its weights and the others'.

Local SGD: Stich, "Local SGD converges fast and communicates little" (ICLR 2019). Nobody waits for anybody, so a
process that gets less of the machine holds no other one up; its weights count by the steps that it has made.
"""
import time
from pathlib import Path

import torch

from . import checkpoint

EXCHANGE_EVERY = 45  # seconds


class Peers:
    """The processes write `STAGE.worker-K.weights` beside the checkpoints."""

    def __init__(self, folder, stage, worker):
        self.pattern = f"{stage}.worker-*.weights"
        self.folder, self.mine = Path(folder), Path(folder) / f"{stage}.worker-{worker}.weights"
        self.at, self.step, self.seen = time.time(), 0, {}

    def exchange(self, model, step):
        """Gives the model's weights to the others and takes theirs in, if it is time."""
        if time.time() - self.at < EXCHANGE_EVERY:
            return
        # After a resume the first exchange does not know how much is new: what was made since counts little.
        made = max(step - self.step, 1) if self.step else 1
        self.at, self.step = time.time(), step
        checkpoint.save(self.mine, model=model.state_dict(), made=made)
        for path in self.folder.glob(self.pattern):
            written = path.stat().st_mtime
            if path != self.mine and written > self.seen.get(path, self.at - 3 * EXCHANGE_EVERY):
                self.seen[path] = written
                self._take(model, torch.load(path, map_location="cpu"), made)

    @staticmethod
    @torch.no_grad()
    def _take(model, other, made):
        share = other["made"] / (other["made"] + made)
        for name, value in checkpoint.tensors(model).items():
            if value.is_floating_point():
                value.lerp_(other["model"][name].to(value.device), share)
