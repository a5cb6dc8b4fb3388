"""What never changes while the denoiser learns is computed once: latents of pictures, vectors of prompts."""
import json

import numpy as np
import torch

from ..pack import BOS, EOS
from .batches import pixels_of

TOKENS = 32  # of a prompt, the opening and the closing one included
PAD = 0
CHUNK = 64


@torch.no_grad()
def store_latents(autoencoder, work):
    """latents.npy [n,2,L,16,16], of each picture and its mirror image; gives the autoencoder the mean and deviation of each channel."""
    pictures = np.load(work / "drawn.npy", mmap_mode="r")
    encode = lambda pixels: torch.stack([autoencoder.encoder(pixels), autoencoder.encoder(pixels.flip(-1))], 1)
    latents = torch.cat([encode(pixels_of(pictures[i:i + CHUNK])) for i in range(0, len(pictures), CHUNK)])
    autoencoder.mean.copy_(latents.mean((0, 1, 3, 4)).view(1, -1, 1, 1))
    autoencoder.deviation.copy_(latents.std((0, 1, 3, 4)).view(1, -1, 1, 1))
    np.save(work / "latents.npy", ((latents - autoencoder.mean) / autoencoder.deviation).half().numpy())


def read_words(model, ids):
    """Token ids [B,T], filled up with PAD -> [B,1+T,D]: the vector of length 1, then the tokens, zeros where there is none."""
    mask = (ids != PAD).long()
    tokens, vector = model.read(ids, mask)
    vector = torch.nn.functional.normalize(vector, dim=-1)
    return torch.cat([vector[:, None], tokens * mask[..., None]], 1)


def padded(tokenizer, prompt):
    ids = [BOS, *tokenizer.encode(prompt), EOS][:TOKENS]
    return ids + [PAD] * (TOKENS - len(ids))


@torch.no_grad()
def store_words(model, tokenizer, work):
    """words.npy [n,1+T,D] of all prompts, the empty one first, and words.json: which of them each picture has."""
    items = json.loads((work / "drawn.json").read_text())
    prompts = list(dict.fromkeys(["", *(prompt for _, _, several in items for prompt in several)]))
    places = {prompt: i for i, prompt in enumerate(prompts)}
    words = np.lib.format.open_memmap(work / "words.npy", "w+", np.float16, (len(prompts), 1 + TOKENS, model.config.width))
    for i in range(0, len(prompts), CHUNK):
        ids = torch.tensor([padded(tokenizer, prompt) for prompt in prompts[i:i + CHUNK]])
        words[i:i + CHUNK] = read_words(model, ids).half().numpy()
    rows = [[places[prompt] for prompt in several] for _, _, several in items]
    (work / "words.json").write_text(json.dumps({"rows": rows}))
