"""Captions that beam search finds with the pictures of training, to be learned by heart: then greedy decoding finds them, too.

Kim and Rush, "Sequence-level knowledge distillation" (EMNLP 2016), which also takes of all that the beams found what is
closest to the references. The teacher is an earlier state of the model.
"""
import torch

from .decode import hypotheses
from .evaluate import BATCH
from .phrases import LONGEST
from .self_critical import reward_of


@torch.no_grad()
def beam_captions(model, corpus, beams, length_penalty):
    """One caption for every captioned picture, by the first view of the bank, which is the whole picture.

    Pictures with a label alone would bring "a photo of a …" among the captions, and with it into those of other pictures.
    """
    captions = []
    for start in range(0, corpus.pictures.captioned, BATCH):
        end = min(start + BATCH, corpus.pictures.captioned)
        plain = torch.from_numpy(corpus.bank.views[0, start:end]).float().to(model.device)
        found = hypotheses(model, model.mark(plain, "vision"), beams, LONGEST, length_penalty)
        captions += [closest(corpus, start + place, several) for place, several in enumerate(found)]
    return captions


def closest(corpus, picture, found):
    """Of the captions that were found, the one that is rewarded most."""
    several = [corpus.tokenizer.decode(ids) for ids in found]
    return max(several, key=lambda caption: reward_of(corpus.pictures, picture, caption))
