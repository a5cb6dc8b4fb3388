"""Learning to join media, on the tokens of the frozen picture encoder.

Shapes: n items, N tokens of one medium, D width.
"""
import torch
import torch.nn.functional as F

from .losses import caption_loss, contrastive_loss, pad, text_vectors
from .pack import PAD
from .phrases import MOTIONS, joined
from .picture_task import LONGEST, choose
from .sound_task import phrases_of, sound_batch, sound_views

SHORT_CAPTION = 14  # words; a joined sentence should stay one sentence
JOINED_LONGEST = 42  # tokens
SUBTITLE_WORDS, REPEATED_WORDS = 12, 6  # longest subtitle, and how much of it the caption repeats


def short_caption(captions, rng):
    short = [c for c in captions if len(c.split()) <= SHORT_CAPTION]
    return choose(rng, short or [min(captions, key=len)])


def random_words(corpus, rng):
    """A piece of some other picture's caption, standing for a subtitle -> (whole, what the caption repeats)"""
    caption = choose(rng, corpus.pictures.captions[int(rng.integers(corpus.pictures.captioned))])
    words = caption.replace(",", "").split()
    start = int(rng.integers(0, max(1, len(words) - 2)))
    words = words[start:start + int(rng.integers(1, SUBTITLE_WORDS + 1))]
    return " ".join(words), " ".join(words[:REPEATED_WORDS])


def watching_loss(model, heads, corpus, rng, given):
    """The clip encoder alone: which motion, and what it shows; the text encoder stays as it is."""
    pooled, moved, pictures, motions = corpus.bank.random_clips(rng, given["clips"])
    tokens, vectors = model.watch_pooled(pooled.to(model.device), moved.to(model.device))
    captions = [joined(choose(rng, corpus.pictures.captions[p]), MOTIONS[m]) for p, m in zip(pictures, motions)]
    with torch.no_grad():
        texts = text_vectors(model, [corpus.tokenizer.closed(c, JOINED_LONGEST) for c in captions])
    motion = heads.motion((tokens - model.modality[3]).mean(1)).float()
    return {"contrast": contrastive_loss(model, vectors, texts),
            "motion": F.cross_entropy(motion, torch.tensor(motions, device=model.device)),
            "motion_right": (motion.argmax(1).cpu() == torch.tensor(motions)).float().mean()}


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
        words = [random_words(corpus, rng) for _ in range(count)]
        ids = pad([corpus.tokenizer.closed(whole, LONGEST) for whole, _ in words]).to(model.device)
        tokens, vector = model.read(ids, ids != PAD)
        parts.add("text", tokens, vector, ids != PAD)
        said["words"] = [repeated for _, repeated in words]
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


def banked_picture_loss(model, heads, corpus, rng, given):
    """Captions of pictures from the bank."""
    pictures, repeat = rng.integers(0, corpus.pictures.captioned, given["items"]), given["captions_each"]
    plain = corpus.bank.pictures(pictures, rng).to(model.device)
    texts = [corpus.tokenizer.closed(c, LONGEST) for p in pictures
             for c in rng.permutation(corpus.pictures.captions[p])[:repeat]]
    return {"caption": caption_loss(model, model.mark(plain, "vision"), texts, repeat=repeat)}


def align_loss(model, heads, corpus, rng, given):
    """Vectors of many pictures and captions at once: the bank makes large batches cheap."""
    pictures = rng.choice(corpus.pictures.captioned, given["items"], replace=False)
    vectors = model.picture.projection(corpus.bank.pictures(pictures, rng).to(model.device).mean(1))
    texts = [corpus.tokenizer.closed(choose(rng, corpus.pictures.captions[p]), LONGEST) for p in pictures]
    return {"contrast": contrastive_loss(model, vectors, text_vectors(model, texts))}
