"""Caption decoding in torch, with the graph that is exported: greedy, sampled, beams.

Shapes: B items, K beams or samples, N encoder tokens, L layers.
"""
import torch

from .graphs import PlainStepGraph
from .pack import BOS, EOS, PAD


class Stepper:
    """Keeps the caches of a batch of sequences over `encoded` [B,N,D], `repeat` sequences for each item."""

    def __init__(self, model, encoded, repeat=1):
        self.step, self.past = PlainStepGraph(model), []
        rows = len(encoded) * repeat
        for key, value in model.decoder.cross_keys_values(encoded):
            empty = key.new_zeros(rows, key.shape[1], 0, key.shape[3])
            self.past += [empty, empty, key.repeat_interleave(repeat, 0), value.repeat_interleave(repeat, 0)]

    def __call__(self, ids):
        """Last tokens [rows,1] -> log-probabilities [rows,V]"""
        logits, *new = self.step(ids, *self.past)
        for layer in range(len(self.past) // 4):
            self.past[4 * layer:4 * layer + 2] = new[2 * layer:2 * layer + 2]
        return logits[:, -1].float().log_softmax(-1)

    def reorder(self, rows):
        """Only the sequences' own caches move: beams of one item share its media."""
        for layer in range(len(self.past) // 4):
            for i in (4 * layer, 4 * layer + 1):
                self.past[i] = self.past[i][rows]


def draw(scores):
    """Log-probabilities [rows,V] -> one token of each row by chance; one random number a row, torch's own takes V."""
    chances = scores.exp().cumsum(-1)
    point = torch.rand(len(scores), 1, device=scores.device) * chances[:, -1:]
    return torch.searchsorted(chances, point).clamp(max=scores.shape[1] - 1)[:, 0]


@torch.no_grad()
def sample(model, encoded, repeat=1, longest=30, greedy=False):
    """-> ids [B*repeat, T]: tokens after <bos>, closed by <eos>, then PAD"""
    stepper, rows = Stepper(model, encoded, repeat), len(encoded) * repeat
    last = torch.full((rows, 1), BOS, device=encoded.device)
    ended, out = torch.zeros_like(last[:, 0], dtype=torch.bool), []
    for _ in range(longest):
        scores = stepper(last)
        chosen = scores.argmax(-1) if greedy else draw(scores)
        chosen = chosen.masked_fill(ended, PAD)
        out.append(chosen)
        ended |= chosen == EOS
        last = chosen[:, None]
        if ended.all():
            break
    return torch.stack(out, 1)


def beam(model, encoded, beams=3, longest=30, length_penalty=1.0):
    """-> per item the ids of the best caption"""
    return [found[0] for found in hypotheses(model, encoded, beams, longest, length_penalty)]


@torch.no_grad()
def hypotheses(model, encoded, beams, longest, length_penalty):
    """-> per item the ids of all captions that were found, that of the highest score (sum / length ** penalty) first"""
    items, vocabulary = len(encoded), model.config.vocabulary
    stepper = Stepper(model, encoded, beams)
    scores = encoded.new_full((items, beams), -1e9, dtype=torch.float32)
    scores[:, 0] = 0  # all beams start equal: only the first may branch
    last = torch.full((items * beams, 1), BOS, device=encoded.device)
    paths = [[[] for _ in range(beams)] for _ in range(items)]
    finished = [[] for _ in range(items)]
    for length in range(1, longest + 1):
        totals = (scores.view(-1, 1) + stepper(last)).view(items, -1)
        best, places = totals.topk(2 * beams)
        rows, tokens = [], []
        for item in range(items):
            kept = _extend(paths[item], finished[item], best[item].tolist(), places[item].tolist(),
                           vocabulary, beams, length ** length_penalty)
            paths[item] = [path for _, _, path in kept]
            scores[item] = scores.new_tensor([score for score, _, _ in kept])
            rows += [item * beams + parent for _, parent, _ in kept]
            tokens += [path[-1] for path in paths[item]]
        if all(len(f) >= beams and max(f)[0] >= s.max() / length ** length_penalty
               for f, s in zip(finished, scores)):
            break
        stepper.reorder(last.new_tensor(rows))
        last = last.new_tensor(tokens)[:, None]
    return [[ids for _, ids in sorted(f, reverse=True)] if f else p for f, p in zip(finished, paths)]


def _extend(paths, finished, best, places, vocabulary, beams, norm):
    """One item: the `beams` best open paths as (score, parent, ids); closed ones go to `finished`."""
    kept = []
    for rank, (score, place) in enumerate(zip(best, places)):
        parent, token = divmod(place, vocabulary)
        if token == EOS:
            if rank < beams:
                finished.append((score / norm, paths[parent]))
        elif len(kept) < beams:
            kept.append((score, parent, paths[parent] + [token]))
    return kept
