"""Self-critical training: captions that the model samples are weighed by their CIDEr-D and BLEU-4.

Rennie et al., "Self-critical sequence training for image captioning" (CVPR 2017); the baseline of each sample is the
mean of the other samples of its picture, as in Luo, "A better variant of self-critical sequence training" (2020).
"""
import math

import torch

from .consensus import scorer_of
from .decode import sample
from .metrics import ORDERS, bleu_counts, words
from .pack import BOS, EOS, PAD
from .tell_task import plain_tokens

SAMPLED_LONGEST = 24  # tokens; what goes on for longer is cut, and pays for it
BLEU_WEIGHT = 2.0  # a sentence's BLEU-4 lies in 0..1, its CIDEr-D about 0..3
# Saying little is safe, and left alone training finds that out: the rewarded captions shrink to six words.
FEWEST_WORDS, MISSING_WORD = 9, 0.06


def sentence_bleu(caption, references):
    """BLEU-4 of one caption, each precision smoothed by one."""
    *counts, length, closest = bleu_counts(caption, references)
    if not length:
        return 0.0
    logs = 0.0
    for order, hits, total in zip(ORDERS, counts[:4], counts[4:]):
        logs += math.log((hits + (order > 1)) / (total + (order > 1))) if hits or order > 1 else -10
    return math.exp(logs / 4 + min(0.0, 1 - closest / length))


def reward_of(pictures, picture, caption):
    """What a caption is worth for a captioned picture, by number."""
    cider, vectors = scorer_of(pictures)
    return (cider.score(caption, vectors(picture))
            + BLEU_WEIGHT * sentence_bleu(caption, pictures.captions[picture])
            - MISSING_WORD * max(0, FEWEST_WORDS - len(words(caption))))


def rewards(corpus, pictures, rows, repeat):
    """Sampled ids [n*repeat,T] -> reward of each row [n*repeat]"""
    return torch.tensor([reward_of(corpus.pictures, int(pictures[number // repeat]), corpus.tokenizer.decode(row))
                         for number, row in enumerate(rows.tolist())])


def self_critical_loss(model, heads, corpus, rng, given):
    """`samples` captions for each of `items` pictures, stored or fresh (`plain_tokens`)."""
    pictures, repeat = rng.integers(0, corpus.pictures.captioned, given["items"]), given["samples"]
    tokens = model.mark(plain_tokens(model, corpus, pictures, rng, given), "vision")
    model.decoder.eval()  # what is sampled must be what is scored: no dropout in either
    rows = sample(model, tokens, repeat, SAMPLED_LONGEST)
    # Autocast keeps the weights that sampling has cast, without gradients, and would score with them.
    torch.clear_autocast_cache()
    reward = rewards(corpus, pictures, rows, repeat).to(model.device).view(-1, repeat)
    baseline = (reward.sum(1, keepdim=True) - reward) / (repeat - 1)
    inputs = torch.cat([rows.new_full((len(rows), 1), BOS), rows[:, :-1]], 1)
    inputs = inputs.masked_fill(inputs == EOS, PAD)
    real = rows != PAD
    owners = torch.arange(len(rows), device=rows.device) // repeat
    logits = model.decoder(inputs, tokens, None, owners)[real].float()
    chosen = logits.log_softmax(-1).gather(1, rows[real][:, None])[:, 0]
    model.decoder.train()
    advantage = (reward - baseline).view(-1, 1).expand(rows.shape)[real]
    return {"policy": -(advantage * chosen).mean(), "reward": reward.mean()}
