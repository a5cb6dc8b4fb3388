"""Losses. Shapes: n rows, T tokens, V vocabulary, D width."""
import torch
import torch.nn.functional as F

from .pack import PAD

LENGTH_GROUPS = 4
STEP_OF_LENGTHS = 4  # lengths are multiples of it: libraries prepare themselves anew for every shape that they have not met


def pad(sequences):
    """Lists of token ids -> [n, longest or a little more], filled with PAD."""
    longest = -(-max(map(len, sequences)) // STEP_OF_LENGTHS) * STEP_OF_LENGTHS
    ids = torch.full((len(sequences), longest), PAD, dtype=torch.long)
    for row, sequence in zip(ids, sequences):
        row[: len(sequence)] = torch.tensor(sequence)
    return ids


def by_length(sequences):
    """Numbers of the sequences in LENGTH_GROUPS groups of like length: half of a mixed batch would be padding."""
    order = sorted(range(len(sequences)), key=lambda i: len(sequences[i]))
    size = -(-len(order) // LENGTH_GROUPS)
    return [order[i:i + size] for i in range(0, len(order), size)]


def caption_loss(model, encoded, sequences, mask=None, repeat=1, smoothing=0.05):
    """Cross-entropy of `repeat` captions per encoded item; only real tokens reach the large output matrix."""
    cross, total, count = model.decoder.cross_keys_values(encoded), 0.0, 0
    for group in by_length(sequences):
        ids = pad([sequences[i] for i in group]).to(encoded.device)
        rows = torch.tensor(group, device=encoded.device) // repeat
        wanted = ids[:, 1:]
        real = wanted != PAD
        logits = model.decoder.decode(ids[:, :-1], cross, mask, rows)[real]
        total = total + F.cross_entropy(logits.float(), wanted[real], label_smoothing=smoothing, reduction="sum")
        count += int(real.sum())
    return total / count


def text_vectors(model, sequences):
    ids = pad(sequences).to(model.device)
    return model.read(ids, (ids != PAD).long())[1]


def contrastive_loss(model, vectors, texts, groups=None):
    """Both directions; rows of one group (the same class, the same caption) all count as right."""
    similar = F.normalize(vectors.float(), dim=-1) @ F.normalize(texts.float(), dim=-1).T
    similar = similar * model.log_temperature.clamp(0, 4.6).exp()
    groups = torch.as_tensor(range(len(vectors)) if groups is None else groups, device=vectors.device)
    right = (groups[:, None] == groups[None]).float()
    right = right / right.sum(1, keepdim=True)
    across, down = (right * similar.log_softmax(1)).sum(1), (right * similar.T.log_softmax(1)).sum(1)
    return -(across.mean() + down.mean()) / 2


def cosine_distance(mine, theirs):
    """[...,K] x2: mean of one minus cosine"""
    return 1 - F.cosine_similarity(mine.float(), theirs.to(mine.device).float(), dim=-1).mean()


def logit_distillation(student, teacher, temperature=2.0):
    """[n,classes] x2: divergence of softened class probabilities."""
    return F.kl_div((student.float() / temperature).log_softmax(-1), (teacher / temperature).softmax(-1),
                    reduction="batchmean")
