"""The clip encoder: tokens of frames that the picture encoder has seen, and where things went between them.

Shapes: B batch, F frames, N places of a frame (a square of side g), D model width, R reach of a search.
"""
import torch
from torch import nn
import torch.nn.functional as F

from .layers import MASKED, Block, LayerNorm

# How far (in places, each way) something is looked for in the previous frame and in the first one.
NEAR, FAR = 2, 3
DISPLACEMENTS = (2 * NEAR + 1) ** 2 + (2 * FAR + 1) ** 2


def shifted_places(side, reach):
    """For each place of a square, the places around it [side^2, (2 reach+1)^2]; side^2 where that lies outside."""
    row, column = torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")
    down, right = torch.meshgrid(torch.arange(-reach, reach + 1), torch.arange(-reach, reach + 1), indexing="ij")
    rows, columns = row.reshape(-1, 1) + down.reshape(1, -1), column.reshape(-1, 1) + right.reshape(1, -1)
    inside = (rows >= 0) & (rows < side) & (columns >= 0) & (columns < side)
    return torch.where(inside, rows * side + columns, torch.full_like(rows, side * side))


def likeness(unit, others, reach):
    """Vectors of length 1 [B,F,N,D] x2 -> cosine with each place around it in the other frame [B,F,N,(2R+1)^2]."""
    cosines = unit @ others.transpose(-1, -2)
    outside = cosines.new_full((*cosines.shape[:-1], 1), MASKED)
    around = shifted_places(int(unit.shape[2] ** 0.5), reach).to(unit.device)
    return torch.cat([cosines, outside], -1).gather(-1, around.expand(*cosines.shape[:2], *around.shape))


class ClipEncoder(nn.Module):
    """Unmarked tokens of the frames [B,F,N,D] -> tokens [B,F*16,D] and vector [B,D].

    Each frame is pooled to a 4x4 grid, so that a clip costs the decoder few tokens. What moves is looked for before
    the pooling, as in the correlation layer of Dosovitskiy et al., "FlowNet" (ICCV 2015), section 3.
    """

    GRID = 4
    MAX_FRAMES = 16

    def __init__(self, config):
        super().__init__()
        self.time = nn.Parameter(torch.randn(self.MAX_FRAMES, 1, config.width) * 0.02)
        self.place = nn.Parameter(torch.randn(1, self.GRID ** 2, config.width) * 0.02)
        # Not learned: movement is stored before the clip encoder trains.
        self.register_buffer("log_sharpness", torch.tensor(2.5))
        # For each place, what a movement means there; as strong at first as what the place shows.
        self.flow = nn.Parameter(torch.randn(self.GRID ** 2, DISPLACEMENTS, config.width) * 0.5)
        self.blocks = nn.ModuleList(Block(config.width, config.heads) for _ in range(config.clip_layers))
        self.norm = LayerNorm(config.width)
        self.projection = nn.Linear(config.width, config.width)

    def pool(self, frames):
        """[B,F,N,K] -> [B,F,16,K]; windows overlap where the grid is no multiple of four."""
        batch, count, tokens, width = frames.shape
        side = int(tokens ** 0.5)
        stride = side // self.GRID
        grid = frames.reshape(-1, side, side, width).permute(0, 3, 1, 2)
        pooled = F.avg_pool2d(grid, side - (self.GRID - 1) * stride, stride)
        return pooled.flatten(2).transpose(1, 2).reshape(batch, count, self.GRID ** 2, width)

    def movement(self, frames):
        """Where each place came from: chances of every shift since the previous and since the first frame.

        [B,F,N,D] -> [B,F,N,DISPLACEMENTS]. What all places of the clip have in common is taken off before.
        """
        unit = F.normalize((frames - frames.mean((1, 2), keepdim=True)).float(), dim=-1)
        previous, first = torch.cat([unit[:, :1], unit[:, :-1]], 1), unit[:, :1].expand_as(unit)
        sharp = self.log_sharpness.exp()
        return torch.cat([(sharp * likeness(unit, previous, NEAR)).softmax(-1),
                          (sharp * likeness(unit, first, FAR)).softmax(-1)], -1)

    def forward(self, frames):
        return self.mix(self.pool(frames), self.pool(self.movement(frames)))

    def mix(self, pooled, moved):
        """Pooled tokens [B,F,16,D] and pooled movement [B,F,16,DISPLACEMENTS] -> as forward"""
        flow = (moved.unsqueeze(-2) @ self.flow.to(moved.dtype)).squeeze(-2)
        x = (pooled + flow + self.time[: pooled.shape[1]] + self.place).flatten(1, 2)
        for block in self.blocks:
            x = block(x)
        tokens = self.norm(x)
        return tokens, self.projection(tokens.mean(1))
