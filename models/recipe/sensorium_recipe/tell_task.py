"""Learning to tell, on the tokens of the picture encoder, stored or fresh: captions, class names, the joint space.

Shapes: n pictures or texts, N places, D width and joint space.
"""
import numpy as np
import torch

from .augment import picture_views
from .consensus import draw_captions
from .losses import caption_loss, contrastive_loss, cosine_distance, text_vectors
from .phrases import LONGEST, PICTURE_TEMPLATES, choose


def draw(data, rng, given):
    """Numbers of captioned and of labelled pictures."""
    return rng.choice(data.captioned, given["items"], replace=False), rng.choice(data.labelled, given["labelled"])


def said_of(data, captioned, labelled, rng, given):
    """`captions_each` captions of each captioned picture, then as many phrases of each labelled one. Where the task has a
    `consensus`, a caption is drawn the more often the more it agrees with the others of its picture."""
    repeat, temperature = given["captions_each"], given.get("consensus")
    said = [c for p in captioned for c in draw_captions(data, p, rng, repeat, temperature)]
    return said + [phrase for p in labelled
                   for phrase in rng.choice(data.phrases[p], repeat, len(data.phrases[p]) < repeat)]


def telling_loss(model, corpus, plain, said, given):
    """Cross-entropy of `captions_each` texts for each picture's unmarked tokens [n,N,D]."""
    texts = [corpus.tokenizer.closed(c, LONGEST) for c in said]
    return caption_loss(model, model.mark(plain, "vision"), texts, repeat=given["captions_each"],
                        smoothing=given["smoothing"])


def fresh_views(model, corpus, pictures, rng, given):
    """-> normalised [n,3,side,side]"""
    return picture_views(corpus.pictures.at(pictures, model.device), given["side"], rng, given["smallest"])


def plain_tokens(model, corpus, pictures, rng, given):
    """Unmarked tokens [n,N,D] of pictures: of fresh views where the task says how small their pieces may be
    (`smallest`), otherwise stored ones."""
    if "smallest" not in given:
        return corpus.bank.pictures(pictures, rng).to(model.device)
    with torch.no_grad():
        return model.picture(fresh_views(model, corpus, pictures, rng, given))[0]


def picture_loss(model, heads, corpus, rng, given):
    """Captions of `items` pictures, and class names of `labelled` ones; the picture encoder is finished."""
    data = corpus.pictures
    captioned, labelled = draw(data, rng, given)
    plain = plain_tokens(model, corpus, np.concatenate([captioned, labelled]), rng, given)
    said = said_of(data, captioned, labelled, rng, given)
    return {"caption": telling_loss(model, corpus, plain, said, given)}


def distilled_loss(model, heads, corpus, rng, given):
    """What beam search found for `items` captioned pictures: then greedy decoding finds it, too.

    Kim and Rush, "Sequence-level knowledge distillation" (EMNLP 2016); the teacher is an earlier state of the model.
    """
    pictures = rng.integers(0, corpus.pictures.captioned, given["items"])
    plain = plain_tokens(model, corpus, pictures, rng, given)
    texts = [corpus.tokenizer.closed(corpus.distilled[p], LONGEST) for p in pictures]
    return {"caption": caption_loss(model, model.mark(plain, "vision"), texts, smoothing=given["smoothing"])}


def seen_picture_loss(model, heads, corpus, rng, given):
    """Captions and the joint space of fresh views, so that the picture encoder learns from them, too.

    Where the task says how many of the labelled pictures are `told`, the others are in the joint space alone: names that
    are told often come back as captions of other pictures.
    """
    data = corpus.pictures
    captioned, labelled = draw(data, rng, given)
    pictures, told = np.concatenate([captioned, labelled]), given.get("told", given["labelled"])
    plain, vectors = model.picture(fresh_views(model, corpus, pictures, rng, given))
    said = said_of(data, captioned, labelled[:told], rng, given)
    return {"caption": telling_loss(model, corpus, plain[:given["items"] + told], said, given),
            **joint_space_losses(model, corpus, rng, vectors, captioned, labelled, given["names"])}


def vectors_of(model, corpus, texts):
    return text_vectors(model, [corpus.tokenizer.closed(text, LONGEST) for text in texts])


def align_loss(model, heads, corpus, rng, given):
    """Vectors of many pictures and texts at once, because the bank makes large batches cheap; and their anchors."""
    captioned, labelled = draw(corpus.pictures, rng, given)
    plain = corpus.bank.pictures(np.concatenate([captioned, labelled]), rng).to(model.device)
    vectors = model.picture.projection(plain.mean(1))
    return joint_space_losses(model, corpus, rng, vectors, captioned, labelled, given["names"])


def joint_space_losses(model, corpus, rng, vectors, captioned, labelled, names):
    """Contrast of pictures' vectors [n,D] with one text of each, and how far both are from their anchors."""
    data = corpus.pictures
    captions = [choose(rng, data.captions[p]) for p in captioned]
    texts = vectors_of(model, corpus, captions + [choose(rng, data.phrases[p]) for p in labelled])
    groups = list(range(len(captions))) + [-1 - data.labels.index(data.phrases[p]) for p in labelled]
    pooled = data.pooled[np.concatenate([captioned, labelled])]
    return {"contrast": contrastive_loss(model, vectors, texts, groups),
            "text_anchor": cosine_distance(texts[:len(captions)], corpus.anchors.of_captions(captions)),
            "picture_anchor": cosine_distance(vectors, corpus.anchors.of_pictures(pooled)),
            "name_anchor": name_anchor_loss(model, corpus, rng, names)}


def name_anchor_loss(model, corpus, rng, count):
    """Names of things, most of which no caption has."""
    names, anchors = corpus.anchors.classes
    chosen = rng.integers(0, len(names), count)
    called = [choose(rng, PICTURE_TEMPLATES).format(names[i]) for i in chosen]
    return cosine_distance(vectors_of(model, corpus, called), anchors[chosen])
