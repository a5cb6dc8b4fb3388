"""Learning to join media, on the tokens of the frozen picture encoder.

Shapes: n items, N tokens of one medium, D width.
"""
import torch
import torch.nn.functional as F

from .losses import caption_loss, contrastive_loss, text_vectors
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
    anchors = corpus.anchors.of_pictures(corpus.pictures.pooled[pictures]).to(model.device)
    motion, right = heads.motion((tokens - model.modality[3]).mean(1)).float(), torch.tensor(motions)
    return {"anchor": 1 - F.cosine_similarity(vectors.float(), anchors, dim=-1).mean(),
            "motion": F.cross_entropy(motion, right.to(model.device)),
            "motion_right": (motion.argmax(1).cpu() == right).float().mean()}


class Parts:
    """Token sequences of several media, joined along N with a mask."""

    def __init__(self):
        self.tokens, self.masks, self.vectors = [], [], {}

    def add(self, name, tokens, vector=None, mask=None):
        self.tokens.append(tokens.float())
        self.masks.append(tokens.new_ones(tokens.shape[:2]) if mask is None else mask.float())
        self.vectors[name] = vector

    def join(self):
        return torch.cat(self.tokens, 1), torch.cat(self.masks, 1)


def fusion_loss(model, heads, corpus, rng, given):
    """`media` of the task, joined in the fixed order; the caption tells something of each of them."""
    media, count, parts, said = given["media"], given["items"], Parts(), {}
    if "text" in media:
        tokens, vector, mask, said["words"] = read_words(model, corpus, rng, count)
        parts.add("text", tokens, vector, mask)
    if "vision" in media:
        pictures = rng.integers(0, corpus.pictures.captioned, count)
        plain = corpus.bank.pictures(pictures, rng).to(model.device)
        parts.add("vision", model.mark(plain, "vision"), model.picture.projection(plain.mean(1)))
    if "audio" in media:
        chosen, _ = sound_batch(corpus, rng, count)
        with torch.set_grad_enabled(media == ["audio"]):
            tokens, vector = model.hear(sound_views(corpus, rng, chosen).to(model.device))
        parts.add("audio", tokens, vector)
        said["sound"] = phrases_of(corpus, rng, chosen)
    if "video" in media:
        pooled, moved, pictures, motions = corpus.bank.random_clips(rng, count)
        parts.add("video", *model.watch_pooled(pooled.to(model.device), moved.to(model.device)))
        said["motion"] = [MOTIONS[m] for m in motions]
    return fused_losses(model, corpus, rng, parts, pictures, said, given)


def fused_losses(model, corpus, rng, parts, pictures, said, given):
    rows = [dict(zip(said, values)) for values in zip(*said.values())] or [{}] * len(pictures)
    captions = [short_caption(corpus.pictures.captions[p], rng) for p in pictures]
    texts = [corpus.tokenizer.closed(joined(c, **row), JOINED_LONGEST) for c, row in zip(captions, rows)]
    tokens, mask = parts.join()
    losses = {"caption": caption_loss(model, tokens, texts, mask)}
    if given["media"] == ["video"]:
        losses["contrast"] = contrastive_loss(model, parts.vectors["video"], text_vectors(model, texts))
    return losses
