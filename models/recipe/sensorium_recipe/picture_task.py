"""Learning to see: captions, labels, and the picture teacher, from random views of the training pictures."""
import numpy as np
import torch

from .augment import picture_views, teacher_crop
from .losses import (caption_loss, contrastive_loss, logit_distillation, text_vectors, token_distillation)

LONGEST = 30  # tokens of a caption


def choose(rng, options):
    return options[int(rng.integers(len(options)))]


def picture_loss(model, heads, corpus, rng, given):
    """One batch: `captioned` pictures with captions and `labelled` ones with class names."""
    data, encode = corpus.pictures, lambda text: corpus.tokenizer.closed(text, LONGEST)
    captioned = rng.integers(0, data.captioned, given["captioned"])
    labelled = rng.choice(data.labelled, given["labelled"])
    chosen = np.concatenate([captioned, labelled])
    pixels = torch.from_numpy(np.stack([data.pixels[i] for i in chosen])).to(model.device)
    views, boxes = picture_views(pixels, choose(rng, given["sides"]), rng)
    tokens, vectors = model.see(views)
    repeat = given["captions_each"]
    texts = [encode(c) for i in captioned for c in rng.permutation(data.captions[i])[:repeat]]
    losses = {"caption": caption_loss(model, tokens[:len(captioned)], texts, repeat=repeat,
                                      smoothing=given["smoothing"])}
    paired = texts[::repeat] + [encode(choose(rng, data.phrases[i])) for i in labelled]
    groups = list(range(len(captioned))) + [-1 - data.labels.index(data.phrases[i]) for i in labelled]
    losses["contrast"] = contrastive_loss(model, vectors, text_vectors(model, paired), groups)
    losses.update(imitate(model, heads, data, chosen, tokens, boxes))
    return losses


def imitate(model, heads, data, chosen, tokens, boxes):
    """The teacher saw the whole picture; its map is cut like the view."""
    plain = tokens - model.modality[1]
    grid = int(plain.shape[1] ** 0.5)
    taught = lambda table: torch.from_numpy(np.stack([table[i] for i in chosen])).to(model.device).float()
    seen, logits = teacher_crop(taught(data.tokens), boxes, grid), taught(data.logits)
    return {"tokens": token_distillation(heads.picture_tokens(plain), seen),
            "logits": logit_distillation(heads.picture_logits(plain.mean(1)), logits)}
