"""Learning to tell, on the stored tokens of the finished picture encoder: captions, class names, the joint space.

Shapes: n pictures or texts, N places, D width and joint space.
"""
import numpy as np

from .losses import caption_loss, contrastive_loss, cosine_distance, text_vectors
from .phrases import LONGEST, PICTURE_TEMPLATES, choose


def draw(data, rng, given):
    """Numbers of captioned and of labelled pictures."""
    return rng.choice(data.captioned, given["items"], replace=False), rng.choice(data.labelled, given["labelled"])


def banked_picture_loss(model, heads, corpus, rng, given):
    """Captions of `items` pictures from the bank, and class names of `labelled` ones."""
    data, repeat = corpus.pictures, given["captions_each"]
    captioned, labelled = draw(data, rng, given)
    plain = corpus.bank.pictures(np.concatenate([captioned, labelled]), rng).to(model.device)
    said = [c for p in captioned for c in rng.permutation(data.captions[p])[:repeat]]
    said += [phrase for p in labelled for phrase in rng.choice(data.phrases[p], repeat, len(data.phrases[p]) < repeat)]
    texts = [corpus.tokenizer.closed(c, LONGEST) for c in said]
    return {"caption": caption_loss(model, model.mark(plain, "vision"), texts, repeat=repeat,
                                    smoothing=given["smoothing"])}


def vectors_of(model, corpus, texts):
    return text_vectors(model, [corpus.tokenizer.closed(text, LONGEST) for text in texts])


def align_loss(model, heads, corpus, rng, given):
    """Vectors of many pictures and texts at once, because the bank makes large batches cheap; and their anchors."""
    data = corpus.pictures
    captioned, labelled = draw(data, rng, given)
    pictures = np.concatenate([captioned, labelled])
    vectors = model.picture.projection(corpus.bank.pictures(pictures, rng).to(model.device).mean(1))
    captions = [choose(rng, data.captions[p]) for p in captioned]
    texts = vectors_of(model, corpus, captions + [choose(rng, data.phrases[p]) for p in labelled])
    groups = list(range(len(captions))) + [-1 - data.labels.index(data.phrases[p]) for p in labelled]
    return {"contrast": contrastive_loss(model, vectors, texts, groups),
            "text_anchor": cosine_distance(texts[:len(captions)], corpus.anchors.of_captions(captions)),
            "picture_anchor": cosine_distance(vectors, corpus.anchors.of_pictures(data.pooled[pictures])),
            "name_anchor": name_anchor_loss(model, corpus, rng, given["names"])}


def name_anchor_loss(model, corpus, rng, count):
    """Names of things, most of which no caption has."""
    names, anchors = corpus.anchors.classes
    chosen = rng.integers(0, len(names), count)
    called = [choose(rng, PICTURE_TEMPLATES).format(names[i]) for i in chosen]
    return cosine_distance(vectors_of(model, corpus, called), anchors[chosen])
