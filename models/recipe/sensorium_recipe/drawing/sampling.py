"""Pictures of a denoiser that is still learning, as the service makes them: DDIM, trailing timesteps, guidance."""
import numpy as np
import torch
from PIL import Image

from .latents import padded, read_words
from .schedule import step_towards, trailing_timesteps

LATENT_SIDE = 16


@torch.no_grad()
def draw(denoiser, words, nothing, noise, steps=25, guidance=3.0):
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


def sheet(rows):
    """Pictures of equal size, uint8 [S,S,3], a row for each list -> one picture"""
    return Image.fromarray(np.concatenate([np.concatenate(list(row), 1) for row in rows], 0))


@torch.no_grad()
def sample_sheet(autoencoder, denoiser, model, tokenizer, prompts, columns, seed, **how):
    """A row of pictures for each prompt."""
    ids = torch.tensor([padded(tokenizer, prompt) for prompt in prompts for _ in range(columns)])
    nothing = read_words(model, torch.tensor([padded(tokenizer, "")]))
    noise = torch.randn(len(ids), autoencoder.mean.shape[1], LATENT_SIDE, LATENT_SIDE, generator=torch.Generator().manual_seed(seed))
    pixels = autoencoder.decode(draw(denoiser, read_words(model, ids), nothing, noise, **how))
    return sheet(to_bytes(pixels).reshape(len(prompts), columns, *pixels.shape[2:], 3))
