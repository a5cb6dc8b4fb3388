"""What is noise in latents, after the words: a U of two levels with attention in the lower one.

Shapes as in blocks.py; words come as [B,1+T,D]: their one vector first, then one for each token; zeros fill them up.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn

from .blocks import GROUPS, Attention, ResBlock

FREQUENCIES = 64
SLOWEST = 10_000
NEVER = -1e4


class Denoiser(nn.Module):
    """Noisy latents [B,L,h,w], timesteps [B] or [1], words [B,1+T,D] -> velocity [B,L,h,w]"""

    def __init__(self, latent, fine, coarse, blocks, width, embedding):
        super().__init__()
        self.time = nn.Sequential(nn.Linear(2 * FREQUENCIES, embedding), nn.SiLU(), nn.Linear(embedding, embedding))
        self.sentence = nn.Linear(width, embedding)
        self.begin, self.upper = nn.Conv2d(latent, fine, 3, padding=1), ResBlock(fine, fine, embedding)
        self.down = nn.Conv2d(fine, coarse, 3, 2, 1)
        self.blocks = nn.ModuleList(ResBlock(coarse, coarse, embedding) for _ in range(blocks))
        self.looks = nn.ModuleList(Attention(coarse, width) for _ in range(blocks))
        self.up = nn.Conv2d(coarse, fine, 3, padding=1)
        self.last = ResBlock(2 * fine, fine, embedding)
        self.norm, self.end = nn.GroupNorm(GROUPS, fine), nn.Conv2d(fine, latent, 3, padding=1)
        frequencies = torch.exp(-math.log(SLOWEST) * torch.arange(FREQUENCIES) / FREQUENCIES)
        self.register_buffer("frequencies", frequencies)

    def forward(self, latents, timesteps, words):
        angles = timesteps[:, None].float() * self.frequencies
        sentence = words[:, 0] * words.shape[-1] ** 0.5  # of length 1 as it comes
        embedding = F.silu(self.time(torch.cat([angles.cos(), angles.sin()], 1)) + self.sentence(sentence))
        bias = (words.abs().sum(-1) == 0)[:, None, None].float() * NEVER
        words = words.transpose(1, 2)[..., None]
        kept = self.upper(self.begin(latents), embedding)
        x = self.down(kept)
        for block, look in zip(self.blocks, self.looks):
            x = look(block(x, embedding), words, bias)
        x = self.up(F.interpolate(x, scale_factor=2.0))
        x = self.last(torch.cat([x, kept], 1), embedding)
        return self.end(F.silu(self.norm(x)))
