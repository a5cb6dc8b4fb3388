"""One encoder per modality; each gives a token sequence and one vector in the joint space.

Shapes: B batch, N tokens, D model width, F frames, T text tokens.
"""
import torch
from torch import nn
import torch.nn.functional as F

from .layers import Block, ConvNorm, LayerNorm, ResidualConv, key_bias, positions


class PictureEncoder(nn.Module):
    """Pixels [B,3,S,S] -> tokens [B,(S/16)^2,D] and vector [B,D].

    Convolutions down to 1/16, then transformer blocks. There is no table of positions (the padding
    of the convolutions tells the place), so that any multiple of 16 is a valid size.
    """

    def __init__(self, config):
        super().__init__()
        a, b, c, d = config.picture_channels
        self.convolutions = nn.Sequential(
            ConvNorm(3, a, 3, 2), ConvNorm(a, b, 3, 2), ResidualConv(b, b), ResidualConv(b, c, 2),
            ResidualConv(c, c), ResidualConv(c, d, 2), ResidualConv(d, d), ResidualConv(d, d))
        self.widen = nn.Conv2d(d, config.width, 1)
        self.blocks = nn.ModuleList(Block(config.width, config.heads) for _ in range(config.picture_layers))
        self.norm = LayerNorm(config.width)
        self.projection = nn.Linear(config.width, config.width)

    def forward(self, pixels):
        x = self.widen(self.convolutions(pixels)).flatten(2).transpose(1, 2)
        for block in self.blocks:
            x = block(x)
        tokens = self.norm(x)
        return tokens, self.projection(tokens.mean(1))


class TextEncoder(nn.Module):
    """Token ids [B,T] and mask [B,T] -> tokens [B,T,D] and vector [B,D]."""

    def __init__(self, config):
        super().__init__()
        self.embedding = nn.Embedding(config.vocabulary, config.width)
        nn.init.normal_(self.embedding.weight, std=0.02)
        self.positions = positions(config.max_tokens, config.width)
        self.blocks = nn.ModuleList(
            Block(config.width, config.heads, dropout=config.dropout) for _ in range(config.text_layers))
        self.norm = LayerNorm(config.width)
        self.projection = nn.Linear(config.width, config.width)

    def forward(self, ids, mask):
        x = self.embedding(ids) + self.positions[: ids.shape[1]]
        bias = key_bias(mask)
        for block in self.blocks:
            x = block(x, bias)
        tokens, weight = self.norm(x), mask.unsqueeze(-1).float()
        return tokens, self.projection((tokens * weight).sum(1) / weight.sum(1))


class SoundEncoder(nn.Module):
    """Log-mel [B,80,frames] -> tokens [B,ceil(frames/8),D] and vector [B,D]."""

    MEL_BANDS = 80
    MAX_TOKENS = 64

    def __init__(self, config):
        super().__init__()
        a, b, c = config.sound_channels
        self.convolutions = nn.Sequential(
            ConvNorm(1, a, 3, 2), ConvNorm(a, b, 3, 2), ResidualConv(b, c, 2), ResidualConv(c, c))
        self.widen = nn.Linear(c * self.MEL_BANDS // 8, config.width)
        self.blocks = nn.ModuleList(Block(config.width, config.heads) for _ in range(config.sound_layers))
        self.norm = LayerNorm(config.width)
        self.projection = nn.Linear(config.width, config.width)
        self.positions = nn.Parameter(torch.randn(1, self.MAX_TOKENS, config.width) * 0.02)

    def forward(self, mel):
        x = self.convolutions(mel.unsqueeze(1))
        x = self.widen(x.permute(0, 3, 1, 2).flatten(2))
        x = x + self.positions[:, : x.shape[1]]
        for block in self.blocks:
            x = block(x)
        tokens = self.norm(x)
        return tokens, self.projection(tokens.mean(1))
