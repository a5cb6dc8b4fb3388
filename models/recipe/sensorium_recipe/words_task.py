"""Learning to repeat what is read: text as a medium of its own, standing for subtitles.

Shapes: n items, T tokens of a text, D width.
"""
from functools import lru_cache

from .losses import caption_loss, pad
from .metrics import words
from .pack import PAD
from .phrases import LONGEST, choose, spoken_words

# Most words of a line and of a whole passage, how many of three are lines, and how much of it the caption repeats.
LINE_WORDS, PASSAGE_WORDS, LINES_OF_THREE, REPEATED_WORDS = 12, 36, 2, 6
MARKS, MARKED = ".,?!", 0.2  # punctuation, and how many words have it in the half of the subtitles that has any


@lru_cache(maxsize=None)
def vocabulary(pictures):
    """Every word of every caption once, so that rare ones come as often as common ones."""
    return sorted({word for several in pictures.captions for caption in several for word in words(caption)})


def caption_words(pictures, rng):
    return choose(rng, choose(rng, pictures.captions)).replace(",", "").split()


def sentences(pictures, count, rng):
    """`count` words of captions, one after another, the first of them from somewhere in its middle."""
    said = caption_words(pictures, rng)
    said = said[int(rng.integers(0, max(1, len(said) - 2))):]
    while len(said) < count:
        said += caption_words(pictures, rng)
    return said[:count]


def invented_word(pictures, rng):
    """Beginning of one word and end of another: subtitles have words that no caption has, and their pieces are known."""
    first, second = (choose(rng, vocabulary(pictures)) for _ in range(2))
    return first[:int(rng.integers(1, len(first) + 1))] + second[int(rng.integers(0, len(second))):]


def random_words(corpus, rng, longest):
    """Stands for subtitles, of at most `longest` words -> (whole, what the caption repeats of it).

    Pieces of captions; or those in disorder, any words at all, or invented ones, which can only be repeated by looking.
    """
    kind = int(rng.integers(4))
    said = sentences(corpus.pictures, int(rng.integers(1, longest + 1)), rng)
    if kind == 1:
        rng.shuffle(said)
    elif kind == 2:
        said = [choose(rng, vocabulary(corpus.pictures)) for _ in said]
    elif kind == 3:
        said = [invented_word(corpus.pictures, rng) for _ in said]
    return " ".join(punctuated(said, rng)), " ".join(said[:REPEATED_WORDS])


def punctuated(said, rng):
    """Half of the time, marks behind some of the words; captions repeat words without them."""
    share = MARKED if rng.random() < 0.5 else 0
    return [word + choose(rng, MARKS) if rng.random() < share else word for word in said]


def read_words(model, corpus, rng, count):
    """All lines, or all passages (one among lines would make each of them as dear)
    -> tokens [n,T,D], vectors, mask [n,T], and what captions repeat"""
    longest = LINE_WORDS if rng.integers(3) < LINES_OF_THREE else PASSAGE_WORDS
    drawn = [random_words(corpus, rng, longest) for _ in range(count)]
    ids = pad([corpus.tokenizer.closed(whole, model.config.max_tokens - 2) for whole, _ in drawn]).to(model.device)
    return *model.read(ids, ids != PAD), ids != PAD, [repeated for _, repeated in drawn]


def repeating_loss(model, heads, corpus, rng, given):
    """Subtitles alone: the decoder learns to say what it reads."""
    tokens, _, mask, repeated = read_words(model, corpus, rng, given["items"])
    texts = [corpus.tokenizer.closed(spoken_words(said), LONGEST) for said in repeated]
    return {"caption": caption_loss(model, tokens, texts, mask, smoothing=given["smoothing"])}
