"""Learning to join media, on the tokens of the frozen picture encoder.

Shapes: n items, N tokens of one medium, D width.
"""
import torch
import torch.nn.functional as F

from .losses import caption_loss, contrastive_loss, cosine_distance, text_vectors
from .phrases import MOTIONS, choose, joined
from .sound_task import phrases_of, sound_batch, sound_views
from .words_task import read_words

SHORT_CAPTION = 14  # words; a joined sentence should stay one sentence
JOINED_LONGEST = 42  # tokens


def short_caption(captions, rng):
    short = [c for c in captions if len(c.split()) <= SHORT_CAPTION]
    return choose(rng, short or [min(captions, key=len)])


def watching_loss(model, heads, corpus, rng, given):
    """The clip encoder alone: which motion, and what the picture teacher sees in the still; needs no text encoder."""
    pooled, moved, pictures, motions = corpus.bank.random_clips(rng, given["clips"])
    tokens, vectors = model.watch_pooled(pooled.to(model.device), moved.to(model.device))
    motion, right = heads.motion(model.unmark(tokens, "video").mean(1)).float(), torch.tensor(motions)
    return {"anchor": cosine_distance(vectors, corpus.anchors.of_pictures(corpus.pictures.pooled[pictures])),
            "motion": F.cross_entropy(motion, right.to(model.device)),
            "motion_right": (motion.argmax(1).cpu() == right).float().mean()}


class Parts:
    """Token sequences of several media, joined along N with a mask."""

    def __init__(self):
        self.tokens, self.masks = [], []

    def add(self, tokens, mask=None):
        self.tokens.append(tokens.float())
        self.masks.append(tokens.new_ones(tokens.shape[:2]) if mask is None else mask.float())

    def join(self):
        return torch.cat(self.tokens, 1), torch.cat(self.masks, 1)


def fusion_loss(model, heads, corpus, rng, given):
    """`media` of the task, joined in the fixed order; the caption tells something of each of them."""
    media, count, parts, said, vectors = given["media"], given["items"], Parts(), {}, None
    if "text" in media:
        tokens, _, mask, said["words"] = read_words(model, corpus, rng, count)
        parts.add(tokens, mask)
    if "vision" in media:
        pictures = rng.integers(0, corpus.pictures.captioned, count)
        parts.add(model.mark(corpus.bank.pictures(pictures, rng).to(model.device), "vision"))
    if "audio" in media:
        chosen, _ = sound_batch(corpus, rng, count)
        with torch.no_grad():
            parts.add(model.hear(sound_views(corpus, rng, chosen).to(model.device))[0])
        said["sound"] = phrases_of(corpus, rng, chosen)
    if "video" in media:
        pooled, moved, pictures, motions = corpus.bank.random_clips(rng, count)
        tokens, vectors = model.watch_pooled(pooled.to(model.device), moved.to(model.device))
        parts.add(tokens)
        said["motion"] = [MOTIONS[m] for m in motions]
    captions = joined_captions(corpus, rng, pictures, said)
    return fused_losses(model, parts, captions, vectors if media == ["video"] else None)


def joined_captions(corpus, rng, pictures, said):
    """Ids of one sentence for each item: a caption of its picture, and what `said` adds to it."""
    rows = [dict(zip(said, values)) for values in zip(*said.values())]
    captions = [short_caption(corpus.pictures.captions[p], rng) for p in pictures]
    return [corpus.tokenizer.closed(joined(c, **row), JOINED_LONGEST) for c, row in zip(captions, rows)]


def fused_losses(model, parts, captions, vectors):
    """The contrast is that of a medium alone, whose `vectors` are given."""
    tokens, mask = parts.join()
    losses = {"caption": caption_loss(model, tokens, captions, mask)}
    if vectors is not None:
        losses["contrast"] = contrastive_loss(model, vectors, text_vectors(model, captions))
    return losses
