"""The training loop of the autoencoder and of the denoiser: steps, averages of the weights, checkpoints, log."""
import json
import time

import torch
from torch import nn

from .. import checkpoint
from ..train import Average, decayed

CHECKPOINT_EVERY = 180  # seconds
LOG_EVERY = 50


def learning_rate(given, step):
    """Up to the peak, along it, and at the end straight down to nothing."""
    return given["learning_rate"] * min(1, (step + 1) / given["warmup_steps"], (given["steps"] - step) / given["cooldown_steps"])


class Fit:
    """Steps of one process, from its own checkpoint where there is one."""

    def __init__(self, model, loss, given, path, peers=None):
        self.model, self.loss, self.given, self.path, self.peers = model, loss, given, path, peers
        self.average = Average(model, given["average"])
        self.optimizer = torch.optim.AdamW(decayed(list(model.parameters()), given["weight_decay"]), betas=(0.9, 0.99))
        self.step, self.lost = 0, []
        if path.exists():
            self._resume(torch.load(path, map_location="cpu"))

    def _resume(self, saved):
        self.model.load_state_dict(saved["raw"])
        self.average.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step = self.average.steps = saved["step"]

    def save(self):
        checkpoint.save(self.path, model=self.average.model.state_dict(), raw=self.model.state_dict(),
                        optimizer=self.optimizer.state_dict(), step=self.step)

    def run(self):
        saved_at = logged_at = time.time()
        while self.step < self.given["steps"]:
            self._one_step()
            if self.peers:
                self.peers.exchange(self.model, self.step)
            if self.step % LOG_EVERY == 0:
                seconds, logged_at = (time.time() - logged_at) / LOG_EVERY, time.time()
                print(json.dumps({"step": self.step, "seconds_each": round(seconds, 2),
                                  "loss": round(sum(self.lost) / len(self.lost), 4)}), flush=True)
                self.lost.clear()
            if time.time() - saved_at > CHECKPOINT_EVERY:
                saved_at = time.time()
                self.save()
        self.save()

    def _one_step(self):
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(self.given, self.step)
        loss = self.loss(self.model)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.average.update(self.model)
        self.step += 1
        self.lost.append(loss.item())
