"""Pixels to latents of a quarter of the side, and back."""
import torch
import torch.nn.functional as F
from torch import nn

from .blocks import GROUPS, ResBlock


class Encoder(nn.Sequential):
    """Pixels [B,3,S,S] in -1..1 -> latents [B,L,S/4,S/4]"""

    def __init__(self, fine, coarse, latent):
        super().__init__(
            nn.PixelUnshuffle(2), nn.Conv2d(12, fine, 3, padding=1), ResBlock(fine, fine),
            nn.Conv2d(fine, coarse, 3, 2, 1), ResBlock(coarse, coarse),
            nn.GroupNorm(GROUPS, coarse), nn.SiLU(), nn.Conv2d(coarse, latent, 3, padding=1))


class Decoder(nn.Sequential):
    """Latents -> pixels"""

    def __init__(self, fine, coarse, latent):
        super().__init__(
            nn.Conv2d(latent, coarse, 3, padding=1), ResBlock(coarse, coarse), ResBlock(coarse, coarse),
            nn.Upsample(scale_factor=2), nn.Conv2d(coarse, fine, 3, padding=1), ResBlock(fine, fine),
            nn.GroupNorm(GROUPS, fine), nn.SiLU(), nn.Conv2d(fine, 12, 3, padding=1), nn.PixelShuffle(2))


class Autoencoder(nn.Module):
    """Latents are sent with noise of a fixed size, and cost their square: a variational autoencoder of one variance."""

    def __init__(self, fine, coarse, latent, noise):
        super().__init__()
        self.encoder, self.decoder, self.noise = Encoder(fine, coarse, latent), Decoder(fine, coarse, latent), noise
        # Of each channel over the training pictures, filled in at the end: the denoiser sees mean 0 and deviation 1.
        self.register_buffer("mean", torch.zeros(1, latent, 1, 1))
        self.register_buffer("deviation", torch.ones(1, latent, 1, 1))

    def loss(self, pixels, square_weight):
        latents = self.encoder(pixels)
        made = self.decoder(latents + self.noise * torch.randn_like(latents))
        edges = sum(F.l1_loss(made.diff(dim=d), pixels.diff(dim=d)) for d in (2, 3))
        return F.l1_loss(made, pixels) + edges + square_weight * latents.square().mean()

    def encode(self, pixels):
        return (self.encoder(pixels) - self.mean) / self.deviation

    def decode(self, latents):
        return self.decoder(latents * self.deviation + self.mean)
