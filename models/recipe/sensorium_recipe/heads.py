"""Heads that only training needs: they imitate the teachers and are not exported."""
from torch import nn

from .picture_teacher import CLASSES, COMPONENTS

# More than there are, so that a class can be added without losing the head.
MAX_SOUND_CLASSES, MAX_MOTIONS = 64, 16
SOUND_TEACHER_WIDTH, SOUND_TEACHER_CLASSES = 1024, 521


class Heads(nn.Module):
    """Linear maps from the model's width to what the teachers say."""

    def __init__(self, width):
        super().__init__()
        self.picture_tokens = nn.Linear(width, COMPONENTS)
        self.picture_logits = nn.Linear(width, CLASSES)
        self.sound_embedding = nn.Linear(width, SOUND_TEACHER_WIDTH)
        self.sound_scores = nn.Linear(width, SOUND_TEACHER_CLASSES)
        self.motion = nn.Linear(width, MAX_MOTIONS)
        self.sound_class = nn.Linear(width, MAX_SOUND_CLASSES)
