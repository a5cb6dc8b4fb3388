"""The caption decoder: one for all modalities, cross-attending to their joined tokens.

Shapes: B batch, T new tokens, N encoder tokens, D model width, V vocabulary.
"""
import torch
from torch import nn
import torch.nn.functional as F

from .layers import MASKED, Block, LayerNorm, key_bias, positions


class Decoder(nn.Module):
    """Token ids [B,T] and encoder tokens [B,N,D] -> logits [B,T,V]; the embedding is also the output matrix."""

    def __init__(self, config):
        super().__init__()
        self.embedding = nn.Embedding(config.vocabulary, config.width)
        nn.init.normal_(self.embedding.weight, std=0.02)
        self.positions = positions(config.max_tokens, config.width)
        self.blocks = nn.ModuleList(
            Block(config.width, config.heads, cross=True, dropout=config.dropout)
            for _ in range(config.decoder_layers))
        self.norm = LayerNorm(config.width)

    def cross_keys_values(self, encoded):
        """[B,N,D] -> per layer (key, value), each [B,H,N,hd]."""
        return [tuple(map(block.heads_of, block.cross_kv(encoded).chunk(2, -1))) for block in self.blocks]

    def logits(self, x):
        """[B,T,D] -> [B,T,V]"""
        return F.linear(self.norm(x), self.embedding.weight)

    def forward(self, ids, encoded, encoded_mask=None, rows=None):
        """`rows` [n] says which encoded item each sequence tells of: ids [n,T], encoded [B,N,D]; without it, n = B."""
        return self.decode(ids, self.cross_keys_values(encoded), encoded_mask, rows)

    def decode(self, ids, cross, encoded_mask=None, rows=None):
        """As forward, with the keys and values of `cross_keys_values`, which several calls can share."""
        length = ids.shape[1]
        x = self.embedding(ids) + self.positions[:length]
        causal = torch.full((length, length), MASKED, device=ids.device).triu(1)
        pick = lambda t: t if rows is None else t.index_select(0, rows)
        bias = None if encoded_mask is None else key_bias(pick(encoded_mask))
        for block, pair in zip(self.blocks, cross):
            x = block(x, causal, tuple(map(pick, pair)), bias)
        return self.logits(x)
