"""Building blocks of the autoencoder and the denoiser.

Shapes: B batch, C channels, N places of a picture, T text tokens, D width of their vectors, E width of the embedding of the timestep.

Projections are convolutions of one place also where they act on tokens: on a processor oneDNN runs them several times faster than a
matrix product.
"""
import torch
import torch.nn.functional as F
from torch import nn

GROUPS = 8
HEAD_WIDTH = 32


class ResBlock(nn.Module):
    """Two convolutions with a shortcut, the second one steered by an embedding where there is one: [B,Cin,h,w], [B,E] -> [B,Cout,h,w]"""

    def __init__(self, inputs, outputs, embedding=0):
        super().__init__()
        self.first_norm, self.first = nn.GroupNorm(GROUPS, inputs), nn.Conv2d(inputs, outputs, 3, padding=1)
        self.second_norm, self.second = nn.GroupNorm(GROUPS, outputs), nn.Conv2d(outputs, outputs, 3, padding=1)
        self.shortcut = nn.Identity() if inputs == outputs else nn.Conv2d(inputs, outputs, 1)
        self.steer = nn.Linear(embedding, 2 * outputs) if embedding else None
        nn.init.zeros_(self.second.weight)  # a block begins as its shortcut
        nn.init.zeros_(self.second.bias)

    def forward(self, x, embedding=None):
        y = self.second_norm(self.first(F.silu(self.first_norm(x))))
        if self.steer is not None:
            scale, shift = self.steer(embedding)[:, :, None, None].chunk(2, 1)
            y = y * (1 + scale) + shift
        return self.shortcut(x) + self.second(F.silu(y))


def heads_of(x):
    """[B,C,h,w] -> [B,heads,N,C/heads]"""
    return x.reshape(x.shape[0], x.shape[1] // HEAD_WIDTH, HEAD_WIDTH, -1).transpose(-1, -2)


class Attention(nn.Module):
    """Places of a picture look at one another, and at the words: [B,C,h,w], [B,D,T,1], bias [B,1,1,T] -> [B,C,h,w]"""

    def __init__(self, channels, width):
        super().__init__()
        self.norm, self.qkv = nn.GroupNorm(GROUPS, channels), nn.Conv2d(channels, 3 * channels, 1)
        self.words = nn.Conv2d(width, 2 * channels, 1)
        self.out = nn.Conv2d(2 * channels, channels, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x, words, bias):
        query, *own = map(heads_of, self.qkv(self.norm(x)).chunk(3, 1))
        told = map(heads_of, self.words(words).chunk(2, 1))
        query = query * HEAD_WIDTH ** -0.5
        seen, read = self._look(query, *own, 0), self._look(query, *told, bias)
        both = torch.cat([y.transpose(-1, -2).flatten(1, 2) for y in (seen, read)], 1)
        return x + self.out(both.view(x.shape[0], -1, x.shape[2], x.shape[3]))

    @staticmethod
    def _look(query, key, value, bias):
        return (query @ key.transpose(-1, -2) + bias).softmax(-1) @ value
