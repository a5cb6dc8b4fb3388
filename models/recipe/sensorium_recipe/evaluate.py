"""Figures of a checkpoint on the test split, in torch: for choosing; those that are published come from the service."""
import torch
import torch.nn.functional as F

from .decode import beam, sample
from .losses import text_vectors
from .metrics import corpus_bleu, corpus_cider_d, recall_at, wilson_interval
from .phrases import LONGEST
from .pictures import normalise

BATCH = 50


@torch.no_grad()
def encode_pictures(model, pixels):
    """uint8 [n,3,S,S] -> tokens [n,N,D], vectors [n,D] of length 1"""
    seen = [model.see(normalise(batch.to(model.device))) for batch in pixels.split(BATCH)]
    return torch.cat([t.float() for t, _ in seen]), F.normalize(torch.cat([v.float() for _, v in seen]), dim=-1)


def captions_of(model, tokenizer, tokens, beams, length_penalty):
    captions = []
    for batch in tokens.split(BATCH):
        ids = (beam(model, batch, beams, LONGEST, length_penalty) if beams > 1
               else sample(model, batch, longest=LONGEST, greedy=True).tolist())
        captions += [tokenizer.decode(row) for row in ids]
    return captions


@torch.no_grad()
def picture_figures(model, corpus, side, decodings):
    """Captions and retrieval on the test pictures -> figures, captions of the last decoding.

    `decodings` are pairs of beams and length penalty.
    """
    tokens, vectors = encode_pictures(model, corpus.test_pixels(side))
    figures = {}
    for beams, penalty in decodings:
        captions = captions_of(model, corpus.tokenizer, tokens, beams, penalty)
        name = f"beam{beams}p{penalty:g}" if beams > 1 else "greedy"
        figures[name] = {"bleu": [round(b, 2) for b in corpus_bleu(captions, corpus.test_captions)],
                         "cider_d": round(corpus_cider_d(captions, corpus.test_captions), 4),
                         "distinct": len(set(captions))}
    texts = F.normalize(text_vectors(model, [corpus.tokenizer.closed(c[0], LONGEST) for c in corpus.test_captions])
                        .float(), dim=-1)
    similar = texts.to(vectors.device) @ vectors.T
    figures["retrieval"] = {f"{name}_r{k}": round(recall_at(matrix, k), 1) for name, matrix in
                            (("t2i", similar), ("i2t", similar.T)) for k in (1, 10)}
    return figures, captions


@torch.no_grad()
def sound_figures(model, heads, corpus):
    """Class of a test sound = closest phrase: macro accuracy over classes, and plain with its interval."""
    sounds = corpus.sounds
    phrases = [corpus.tokenizer.closed(sounds.phrases[name][0], LONGEST) for name in sounds.classes]
    texts, right = F.normalize(text_vectors(model, phrases).float(), dim=-1), {}
    head_right = {}
    for number, name in enumerate(sounds.classes):
        if not sounds.by_class["test"][name]:
            continue  # its recordings could not be told apart from those of training
        mel = torch.stack([torch.from_numpy(sounds.mel[i]).float() for i in sounds.by_class["test"][name]]).to(model.device)
        tokens, vectors = model.hear(mel)
        right[name] = ((vectors.float() @ texts.T).argmax(1) == number).tolist()
        if heads is not None:
            pooled = model.unmark(tokens, "audio").mean(1)
            head_right[name] = (heads.sound_class(pooled)[:, :len(sounds.classes)].argmax(1) == number).tolist()
    macro = lambda table: round(100 * sum(sum(v) / len(v) for v in table.values()) / len(table), 1) if table else None
    every = [r for v in right.values() for r in v]
    low, high = wilson_interval(sum(every), len(every))
    return {"macro": macro(right), "plain": round(100 * sum(every) / len(every), 1),
            "interval": [round(100 * low, 1), round(100 * high, 1)], "head_macro": macro(head_right),
            "by_class": {k: round(sum(v) / len(v), 2) for k, v in right.items()}}
