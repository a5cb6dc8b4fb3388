"""Pictures of a denoiser that is still learning, as the service makes them: DDIM, trailing timesteps, guidance."""
import numpy as np
import torch
from PIL import Image

from .latents import padded, read_words
from .noise import noise_of
from .schedule import step_towards, trailing_timesteps

LATENT_SIDE = 16


@torch.no_grad()
def draw(denoiser, words, nothing, noise, steps, guidance):
    """words [B,N,D] -> latents that are no noise any more"""
    latents, timesteps = noise, trailing_timesteps(steps)
    both = torch.cat([words, nothing.expand_as(words)])
    for now, then in zip(timesteps, [*timesteps[1:], None]):
        asked, unasked = denoiser(torch.cat([latents, latents]), torch.tensor([now]), both).chunk(2)
        latents = step_towards(latents, unasked + guidance * (asked - unasked), now, then)
    return latents


def to_bytes(pixels):
    """-1..1 [B,3,S,S] -> uint8 [B,S,S,3]"""
    return ((pixels.clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).numpy()


@torch.no_grad()
def pictures_of(autoencoder, denoiser, model, tokenizer, prompt, seeds, **how):
    """uint8 [n,S,S,3]: those that the service makes of the seeds, up to rounding."""
    ids = torch.tensor([padded(tokenizer, prompt)] * len(seeds))
    nothing = read_words(model, torch.tensor([padded(tokenizer, "")]))
    noise = torch.from_numpy(np.stack([noise_of(seed, (autoencoder.mean.shape[1], LATENT_SIDE, LATENT_SIDE)) for seed in seeds]))
    return to_bytes(autoencoder.decode(draw(denoiser, read_words(model, ids), nothing, noise, **how)))


def sheet(rows):
    """Pictures of equal size, uint8 [S,S,3], a row for each list -> one picture"""
    return Image.fromarray(np.concatenate([np.concatenate(list(row), 1) for row in rows], 0))
