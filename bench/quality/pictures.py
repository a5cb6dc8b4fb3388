"""Captions of pictures against their references, and retrieval between pictures and captions."""
import random

import numpy as np

from sensorium_recipe.metrics import bleu_counts, bleu_of, bootstrap_interval, cider_d_scores, recall_at

RANKS = (1, 5, 10)


def caption_figures(captions, references, suffix=""):
    """Over all pictures, with 95 % intervals from pictures drawn anew."""
    counts = np.array([bleu_counts(c, r) for c, r in zip(captions, references)])
    scores = np.array(cider_d_scores(captions, references))[:, None]
    bleu = bleu_of(counts.sum(0))
    return {**{f"bleu{n}{suffix}": value for n, value in enumerate(bleu, 1)},
            f"bleu4{suffix}_interval": bootstrap_interval(counts, lambda sums: bleu_of(sums)[3]),
            f"cider_d{suffix}": float(scores.mean()),
            f"cider_d{suffix}_interval": bootstrap_interval(scores, lambda sums: sums[0] / len(scores)),
            f"distinct{suffix}": len(set(captions))}


def retrieval_figures(service, paths, references):
    """With the first caption of each picture, as keys say; and with all captions, as Flickr8k's own protocol has it."""
    pictures = service.embed_files(paths)
    texts = service.embed_texts([caption for several in references for caption in several])
    owner = np.repeat(np.arange(len(paths)), [len(several) for several in references])
    first = np.searchsorted(owner, np.arange(len(paths)))
    similar = texts @ pictures.T  # [captions, pictures]
    own = similar[np.arange(len(texts)), owner]
    best_own = np.maximum.reduceat(own, first)  # [pictures]
    text_ranks, picture_ranks = (similar > own[:, None]).sum(1), (similar > best_own).sum(0)
    square, figures = similar[first], {}
    for k in RANKS:
        figures[f"t2i_r{k}"], figures[f"i2t_r{k}"] = recall_at(square, k), recall_at(square.T, k)
        figures[f"t2i_r{k}_all_captions"] = 100 * float((text_ranks < k).mean())
        figures[f"i2t_r{k}_all_captions"] = 100 * float((picture_ranks < k).mean())
    return figures


def picture_figures(service, paths, references, options):
    """-> figures, {decoding: captions}"""
    captions = {"greedy": service.captions(paths, num_beams=1, temperature=0),
                "beams": service.captions(paths, num_beams=options.beams, length_penalty=options.length_penalty)}
    figures = {**caption_figures(captions["beams"], references),
               **caption_figures(captions["greedy"], references, "_greedy"),
               "beams": options.beams, "length_penalty": options.length_penalty, "pictures": len(paths)}
    return {**figures, **retrieval_figures(service, paths, references)}, captions


def show(paths, references, captions, count, seed):
    """Captions of pictures chosen at random, each with what people wrote."""
    for index in random.Random(seed).sample(range(len(paths)), min(count, len(paths))):
        yield f"{paths[index].name}\n  beams:  {captions['beams'][index]}\n  greedy: {captions['greedy'][index]}"
        yield "\n".join(f"    people: {reference}" for reference in references[index])
