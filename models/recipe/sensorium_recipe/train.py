"""The training loop: stages from the configuration file, averages of the weights, checkpoints, log."""
import copy
import json
import math
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from torch import nn

from . import checkpoint
from .heads import Heads
from .precision import mixed_precision

CHECKPOINT_EVERY = 300  # seconds


class Average:
    """Exponential moving average of a model's weights, quicker while it is young."""

    def __init__(self, model, decay):
        self.model, self.decay, self.steps = copy.deepcopy(model).eval(), decay, 0

    @torch.no_grad()
    def update(self, model):
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for mine, new in zip(checkpoint.tensors(self.model).values(), checkpoint.tensors(model).values()):
            if mine.is_floating_point():
                mine.lerp_(new, 1 - decay)
            else:
                mine.copy_(new)


def decayed(parameters, weight_decay):
    """Groups for an optimiser: matrices shrink, what has one dimension does not."""
    return [{"params": [p for p in parameters if p.ndim > 1], "weight_decay": weight_decay},
            {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0}]


def trainable(model, heads, stage):
    """Freezes what the stage does not name; gives parameters with and without weight decay."""
    chosen = []
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(any(name.startswith(part) for part in stage["train"]))
        chosen += [parameter] if parameter.requires_grad else []
    chosen += list(heads.parameters())
    return decayed(chosen, stage["weight_decay"])


def set_mode(model, stage):
    """Training mode; batch norm keeps its statistics where the stage says so, frozen parts stay in inference mode."""
    model.train()
    for name, module in model.named_children():
        if not any(name.startswith(part.split(".")[0]) for part in stage["train"]):
            module.eval()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d) and stage["freeze_batchnorm"]:
            module.eval()


def learning_rate(stage, step, done):
    """Warm-up by steps, then a cosine over the stage (`done` in 0..1)."""
    warm = min(1.0, (step + 1) / stage["warmup_steps"])
    return stage["learning_rate"] * warm * max(0.02, 0.5 * (1 + math.cos(math.pi * min(done, 1.0))))


class Trainer:
    """Runs one stage for its steps or its minutes; continues from its own checkpoint where there is one."""

    def __init__(self, model, corpus, tasks, stage, path, peers=None):
        self.model, self.corpus, self.tasks, self.stage, self.path = model, corpus, tasks, stage, Path(path)
        self.peers = peers
        self.heads = Heads(model.config.width).to(model.device)
        # Convolutions are about twice as fast in this order of memory.
        model.picture.to(memory_format=torch.channels_last)
        self.average = Average(model, stage["average"])
        self.optimizer = torch.optim.AdamW(trainable(model, self.heads, stage), betas=(0.9, 0.98))
        self.step, self.spent, self.saved_at = 0, 0.0, 0.0
        self.rng, self.log = np.random.default_rng(stage["seed"]), defaultdict(list)

    def start_from(self, path):
        """Weights of an earlier stage or checkpoint; the heads come along if the file has them."""
        rest = checkpoint.load_weights(self.model, path)
        if "heads" in rest:
            self.heads.load_state_dict(rest["heads"], strict=False)
        self.average = Average(self.model, self.stage["average"])

    def resume(self):
        if not self.path.exists():
            return False
        saved = torch.load(self.path, map_location="cpu")
        self.model.load_state_dict(saved["raw"])
        self.average.model.load_state_dict(saved["model"])
        self.heads.load_state_dict(saved["heads"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step, self.spent, self.average.steps = saved["step"], saved["spent"], saved["step"]
        self.rng = np.random.default_rng(self.stage["seed"] + self.step)
        return True

    def save(self):
        checkpoint.save(self.path, model=self.average.model.state_dict(), raw=self.model.state_dict(),
                        heads=self.heads.state_dict(), optimizer=self.optimizer.state_dict(),
                        step=self.step, spent=self.spent)

    def done(self):
        """How much of the stage is over, 0..1: of its `steps`, or of its `minutes`."""
        return self.step / self.stage["steps"] if "steps" in self.stage else self.spent / (60 * self.stage["minutes"])

    def run(self):
        set_mode(self.model, self.stage)
        self.saved_at = self.spent
        while self.done() < 1:
            started = time.time()
            self._one_step(self.done())
            if self.peers:
                self.peers.exchange(nn.ModuleDict({"model": self.model, "heads": self.heads}), self.step)
            self.spent += time.time() - started
            if self.step % self.stage["log_every"] == 0:
                self._report()
            if self.spent - self.saved_at > CHECKPOINT_EVERY:
                self.saved_at = self.spent
                self.save()
        self.save()

    def _one_step(self, done):
        names = [t["name"] for t in self.stage["tasks"]]
        shares = np.array([t.get("share", 1) for t in self.stage["tasks"]], float)
        given = self.stage["tasks"][self.rng.choice(len(names), p=shares / shares.sum())]
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(self.stage, self.step, done)
        with mixed_precision(self.model.device):
            losses = self.tasks[given["name"]](self.model, self.heads, self.corpus, self.rng, given)
        total = sum(given.get("weights", {}).get(name, 1.0) * loss for name, loss in losses.items())
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_([p for g in self.optimizer.param_groups for p in g["params"]], 1.0)
        self.optimizer.step()
        self.average.update(self.model)
        self.step += 1
        for name, loss in losses.items():
            self.log[f"{given['name']}.{name}"].append(loss.detach())  # read later: a GPU need not be waited for

    def _report(self):
        means = {name: round(float(sum(v)) / len(v), 3) for name, v in self.log.items()}
        self.log.clear()
        print(json.dumps({"step": self.step, "done": round(self.done(), 3),
                          "seconds_each": round(self.spent / self.step, 2), **means}), flush=True)
