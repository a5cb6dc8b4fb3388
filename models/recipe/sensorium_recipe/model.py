"""The whole model: four encoders, one decoder, one joint space."""
from dataclasses import dataclass

import torch
from torch import nn

from .clip_encoder import ClipEncoder
from .decoder import Decoder
from .encoders import PictureEncoder, SoundEncoder, TextEncoder

# The order is the row of the modality embedding and the order of joined sequences.
MODALITIES = ("text", "vision", "audio", "video")


@dataclass(frozen=True)
class ModelConfig:
    """Sizes of the network, read from the configuration file."""
    vocabulary: int
    width: int
    heads: int
    max_tokens: int
    dropout: float
    picture_channels: tuple
    picture_layers: int
    text_layers: int
    sound_channels: tuple
    sound_layers: int
    clip_layers: int
    decoder_layers: int


class SensoriumModel(nn.Module):
    """Every `read`/`see`/`hear`/`watch` returns (tokens [B,N,D] ready for fusion, vector [B,D] not yet normalised)."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        self.picture, self.text = PictureEncoder(config), TextEncoder(config)
        self.sound, self.clip = SoundEncoder(config), ClipEncoder(config)
        self.decoder = Decoder(config)
        # One table of words for what is read and what is said: to repeat a word is then to look at it.
        self.text.embedding.weight = self.decoder.embedding.weight
        self.modality = nn.Parameter(torch.randn(len(MODALITIES), config.width) * 0.02)
        self.log_temperature = nn.Parameter(torch.tensor(2.65))

    @property
    def device(self):
        return self.modality.device

    def mark(self, tokens, modality):
        """Adds what tells the decoder which medium a token comes from."""
        return tokens + self.modality[MODALITIES.index(modality)]

    def unmark(self, tokens, modality):
        return tokens - self.modality[MODALITIES.index(modality)]

    def read(self, ids, mask):
        """Token ids [B,T]."""
        tokens, vector = self.text(ids, mask)
        return self.mark(tokens, "text"), vector

    def see(self, pixels):
        """Pictures [B,3,S,S]."""
        tokens, vector = self.picture(pixels)
        return self.mark(tokens, "vision"), vector

    def hear(self, mel):
        """Log-mel [B,80,frames]."""
        tokens, vector = self.sound(mel)
        return self.mark(tokens, "audio"), vector

    def watch(self, frames):
        """Clips [B,F,3,S,S]."""
        tokens, _ = self.picture(frames.flatten(0, 1))
        return self.watch_tokens(tokens.view(*frames.shape[:2], *tokens.shape[1:]))

    def watch_tokens(self, frame_tokens):
        """Unmarked picture tokens of the frames [B,F,N,D]."""
        return self.watch_pooled(self.clip.pool(frame_tokens), self.clip.pool(self.clip.movement(frame_tokens)))

    def watch_pooled(self, pooled, moved):
        """Unmarked picture tokens and movement that are pooled already [B,F,16,D], [B,F,16,DISPLACEMENTS]."""
        tokens, vector = self.clip.mix(pooled, moved)
        return self.mark(tokens, "video"), vector
