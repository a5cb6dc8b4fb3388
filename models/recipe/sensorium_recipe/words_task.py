"""Learning to repeat what is read: text as a medium of its own, standing for subtitles.

Shapes: n items, T tokens of a text, D width.
"""
from .losses import caption_loss, pad
from .pack import PAD
from .phrases import LONGEST, choose, spoken_words

SUBTITLE_WORDS, REPEATED_WORDS = 12, 6  # longest subtitle, and how much of it the caption repeats


def random_words(corpus, rng):
    """A piece of some picture's caption, half of the time in disorder, standing for a subtitle: disorder can only be
    repeated by looking at it -> (whole, what the caption repeats)"""
    caption = choose(rng, corpus.pictures.captions[int(rng.integers(corpus.pictures.captioned))])
    words = caption.replace(",", "").split()
    start = int(rng.integers(0, max(1, len(words) - 2)))
    words = words[start:start + int(rng.integers(1, SUBTITLE_WORDS + 1))]
    if rng.random() < 0.5:
        rng.shuffle(words)
    return " ".join(words), " ".join(words[:REPEATED_WORDS])


def read_words(model, corpus, rng, count):
    """-> tokens [n,T,D], vectors, mask [n,T], and what captions repeat"""
    words = [random_words(corpus, rng) for _ in range(count)]
    ids = pad([corpus.tokenizer.closed(whole, LONGEST) for whole, _ in words]).to(model.device)
    return *model.read(ids, ids != PAD), ids != PAD, [repeated for _, repeated in words]


def repeating_loss(model, heads, corpus, rng, given):
    """Subtitles alone: the decoder learns to say what it reads."""
    tokens, _, mask, repeated = read_words(model, corpus, rng, given["items"])
    texts = [corpus.tokenizer.closed(spoken_words(words), LONGEST) for words in repeated]
    return {"caption": caption_loss(model, tokens, texts, mask, smoothing=given["smoothing"])}
