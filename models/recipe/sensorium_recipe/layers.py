"""Building blocks that the encoders and the decoder share.

Shapes: B batch, N tokens, D model width, H heads, C channels.
"""
import torch
from torch import nn
import torch.nn.functional as F

# Finite, so that a fully masked row stays a number; small enough for float16 graphs,
# large enough that exp() of it is exactly zero in float32.
MASKED = -1e4


class LayerNorm(nn.LayerNorm):
    """Layer norm that always runs in float32, also under bfloat16 autocast."""

    def forward(self, x):
        return super().forward(x.float())


class ConvNorm(nn.Sequential):
    """Convolution without bias, batch norm, and (optionally) ReLU: [B,Cin,h,w] -> [B,Cout,h/stride,w/stride]."""

    def __init__(self, inputs, outputs, kernel=3, stride=1, activate=True):
        layers = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs)]
        super().__init__(*layers, *([nn.ReLU(inplace=True)] if activate else []))


class ResidualConv(nn.Module):
    """Two 3x3 convolutions with a shortcut: [B,Cin,h,w] -> [B,Cout,h/stride,w/stride]."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.first = ConvNorm(inputs, outputs, 3, stride)
        self.second = ConvNorm(outputs, outputs, activate=False)
        same = inputs == outputs and stride == 1
        self.shortcut = None if same else ConvNorm(inputs, outputs, 1, stride, activate=False)

    def forward(self, x):
        kept = x if self.shortcut is None else self.shortcut(x)
        return F.relu(self.second(self.first(x)) + kept)


def split_heads(x, heads):
    """[B,N,D] -> [B,H,N,D/H]"""
    batch, tokens, width = x.shape
    return x.view(batch, tokens, heads, width // heads).transpose(1, 2)


def merge_heads(x):
    """[B,H,N,hd] -> [B,N,H*hd]"""
    return x.transpose(1, 2).flatten(2)


def attend(query, key, value, bias=None):
    """Scaled dot-product attention: ([B,H,T,hd], [B,H,N,hd] x2) -> ([B,T,D], weights [B,H,T,N])."""
    scores = (query @ key.transpose(-1, -2)).float() * query.shape[-1] ** -0.5
    weights = (scores if bias is None else scores + bias).softmax(-1)
    return merge_heads(weights.to(value.dtype) @ value), weights


class Block(nn.Module):
    """Pre-norm transformer block; with `cross` it also attends to an encoder's sequence."""

    def __init__(self, width, heads, cross=False, dropout=0.0):
        super().__init__()
        self.heads = heads
        self.norm_self, self.qkv, self.out = LayerNorm(width), nn.Linear(width, 3 * width), nn.Linear(width, width)
        if cross:
            self.norm_cross, self.cross_query = LayerNorm(width), nn.Linear(width, width)
            self.cross_kv, self.cross_out = nn.Linear(width, 2 * width), nn.Linear(width, width)
        self.norm_mlp = LayerNorm(width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.dropout = nn.Dropout(dropout)

    def heads_of(self, x):
        return split_heads(x, self.heads)

    def forward(self, x, bias=None, cross=None, cross_bias=None):
        """x [B,T,D]; bias [.,.,T,T]; cross = (key, value) [B,H,N,hd]; cross_bias [B,1,1,N] -> [B,T,D]"""
        query, key, value = map(self.heads_of, self.qkv(self.norm_self(x)).chunk(3, -1))
        x = x + self.dropout(self.out(attend(query, key, value, bias)[0]))
        if cross is not None:
            query = self.heads_of(self.cross_query(self.norm_cross(x)))
            x = x + self.dropout(self.cross_out(attend(query, *cross, cross_bias)[0]))
        return x + self.dropout(self.mlp(self.norm_mlp(x)))


def key_bias(mask):
    """Attention mask [B,N] (1 = token, 0 = padding) -> additive bias [B,1,1,N]."""
    return ((1 - mask.float()) * MASKED)[:, None, None]


def positions(count, width):
    """A learned table of positions [count, width]."""
    return nn.Parameter(torch.randn(count, width) * 0.02)
