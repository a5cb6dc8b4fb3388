"""Learning to hear: classes, phrases and the sound teacher, every class equally often."""
import numpy as np
import torch
import torch.nn.functional as F

from .augment import mel_views, mix_mel
from .losses import caption_loss, contrastive_loss, cosine_distance, text_vectors
from .phrases import LONGEST, choose

FAINTEST = 0.8  # least part of the power that the sound itself has in a mixture
SCORES_WEIGHT = 20  # the teacher's 521 scores are nearly all near zero, and so is their mean loss


def sound_batch(corpus, rng, count):
    """-> indices of sounds, classes as numbers"""
    classes = rng.integers(0, len(corpus.sounds.classes), count)
    chosen = [choose(rng, corpus.sounds.by_class["train"][corpus.sounds.classes[c]]) for c in classes]
    return chosen, classes


def sound_views(corpus, rng, chosen):
    """Augmented log-mel [n,80,500]; a third of them with a fainter second sound underneath."""
    sounds = corpus.sounds
    read = lambda indices: mel_views(torch.from_numpy(np.stack([sounds.mel[i] for i in indices])).float(),
                                     [sounds.items[i]["frames"] for i in indices], rng)
    mel, mixed = read(chosen), len(chosen) // 3
    below, _ = sound_batch(corpus, rng, mixed)
    share = torch.from_numpy(rng.uniform(FAINTEST, 1, mixed)).float()
    return torch.cat([mix_mel(mel[:mixed], read(below), share), mel[mixed:]])


def phrases_of(corpus, rng, chosen):
    return [choose(rng, corpus.sounds.items[i]["captions"]) for i in chosen]


def hearing_loss(model, heads, corpus, rng, given):
    """The encoder alone, against the class and the teacher: needs no text encoder."""
    chosen, classes = sound_batch(corpus, rng, given["sounds"])
    tokens, _ = model.hear(sound_views(corpus, rng, chosen).to(model.device))
    pooled = model.unmark(tokens, "audio").mean(1)
    teacher = corpus.sounds.teacher[chosen] - corpus.sounds.teacher.mean(0)
    return {"class": class_loss(heads, pooled, classes),
            "embedding": cosine_distance(heads.sound_embedding(pooled), teacher),
            "scores": SCORES_WEIGHT * F.binary_cross_entropy_with_logits(heads.sound_scores(pooled).float(),
                                                              corpus.sounds.scores[chosen].to(model.device).float())}


def class_loss(heads, pooled, classes):
    return F.cross_entropy(heads.sound_class(pooled).float(), torch.as_tensor(classes, device=pooled.device),
                           label_smoothing=0.1)


def sound_loss(model, heads, corpus, rng, given):
    """Captions and vectors as well."""
    chosen, classes = sound_batch(corpus, rng, given["sounds"])
    tokens, vectors = model.hear(sound_views(corpus, rng, chosen).to(model.device))
    texts = [corpus.tokenizer.closed(p, LONGEST) for p in phrases_of(corpus, rng, chosen)]
    return {"caption": caption_loss(model, tokens, texts),
            "contrast": contrastive_loss(model, vectors, text_vectors(model, texts), classes),
            "class": class_loss(heads, model.unmark(tokens, "audio").mean(1), classes)}
