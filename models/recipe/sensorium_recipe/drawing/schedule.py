"""How much of a picture is left at each timestep, and what the denoiser is asked (Salimans and Ho 2022: velocity)."""
import math

import torch

TIMESTEPS = 1000
OFFSET, LARGEST_BETA = 0.008, 0.999


def picture_shares():
    """Nichol and Dhariwal 2021: a squared cosine -> product of 1 - beta [1000]"""
    angle = lambda t: math.cos((t / TIMESTEPS + OFFSET) / (1 + OFFSET) * math.pi / 2) ** 2
    betas = [min(1 - angle(t + 1) / angle(t), LARGEST_BETA) for t in range(TIMESTEPS)]
    return torch.cumprod(1 - torch.tensor(betas, dtype=torch.float64), 0).float()


def shares_at(timesteps):
    """-> of the picture and of the noise [B,1,1,1]"""
    alphas = picture_shares()[timesteps].view(-1, 1, 1, 1)
    return alphas.sqrt(), (1 - alphas).sqrt()


def question(latents, noise, timesteps):
    """-> what the denoiser sees, and the velocity that it should say"""
    picture, share = shares_at(timesteps)
    return picture * latents + share * noise, picture * noise - share * latents


def spread_timesteps(count):
    """One of each part of the schedule: the loss of a batch tells more than with timesteps drawn one by one."""
    return ((torch.arange(count) + torch.rand(count)) * (TIMESTEPS / count)).long().clamp(max=TIMESTEPS - 1)


def trailing_timesteps(steps):
    return [round(TIMESTEPS - i * TIMESTEPS / steps) - 1 for i in range(steps)]


def step_towards(latents, velocity, now, then):
    """DDIM without noise of its own (Song et al. 2021); `then` is None at the end."""
    picture, share = shares_at(torch.tensor([now]))
    clean, noise = picture * latents - share * velocity, picture * velocity + share * latents
    if then is None:
        return clean
    picture, share = shares_at(torch.tensor([then]))
    return picture * clean + share * noise
