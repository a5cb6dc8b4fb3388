"""BLEU and CIDEr-D of captions against several references.

BLEU: Papineni et al., "BLEU: a method for automatic evaluation of machine translation" (ACL 2002), over the corpus.
CIDEr-D: Vedantam et al., "CIDEr: consensus-based image description evaluation" (CVPR 2015), section 3 and the -D
variant (counts clipped, Gaussian penalty of length with deviation 6, factor 10).
"""
import math
from collections import Counter

import numpy as np

ORDERS = (1, 2, 3, 4)
LENGTH_DEVIATION, SCALE = 6.0, 10.0


def words(caption):
    """Lower case, punctuation dropped, split at spaces."""
    return "".join(c if c.isalnum() or c in "'-" else " " for c in caption.lower()).split()


def ngrams(tokens, order):
    return Counter(tuple(tokens[i:i + order]) for i in range(len(tokens) - order + 1))


def bleu_counts(caption, several):
    """What a caption adds to the corpus: n-grams of order 1..4 that were found, those that it has, its words, and those of
    the reference that is closest in length -> [10]"""
    tokens, several = words(caption), [words(r) for r in several]
    hits, counts = [], []
    for order in ORDERS:
        found, allowed = ngrams(tokens, order), Counter()
        for reference in several:
            allowed |= ngrams(reference, order)
        hits.append(sum((found & allowed).values()))
        counts.append(max(len(tokens) - order + 1, 0))
    return [*hits, *counts, len(tokens), min((abs(len(r) - len(tokens)), len(r)) for r in several)[1]]


def bleu_of(sums):
    """Sums of `bleu_counts` -> BLEU-1..4 in percent; brevity against the closest references."""
    hits, counts, (length, wanted) = sums[:4], sums[4:8], sums[8:]
    brevity = min(1.0, math.exp(1 - wanted / max(length, 1)))
    precisions = [math.log(h / c) if h else -math.inf for h, c in zip(hits, counts)]
    return [100 * brevity * math.exp(sum(precisions[:n]) / n) for n in ORDERS]


def corpus_bleu(captions, references):
    """captions [n], references [n][several] -> BLEU-1..4 in percent"""
    return bleu_of([sum(column) for column in zip(*map(bleu_counts, captions, references))])


class CiderD:
    """Document frequencies come from the references of a corpus: one document per picture."""

    def __init__(self, references):
        self.frequencies = [Counter() for _ in ORDERS]
        for several in references:
            for frequency, order in zip(self.frequencies, ORDERS):
                frequency.update({g for r in several for g in ngrams(words(r), order)})
        self.log_documents = math.log(max(len(references), 2))

    def vectors(self, caption):
        """-> per order ({n-gram: tf-idf}, norm), and the number of words"""
        tokens, out = words(caption), []
        for frequency, order in zip(self.frequencies, ORDERS):
            weighted = {g: n * (self.log_documents - math.log(max(1, frequency[g])))
                        for g, n in ngrams(tokens, order).items()}
            out.append((weighted, math.sqrt(sum(w * w for w in weighted.values()))))
        return out, len(tokens)

    def score(self, caption, several):
        """`several`: references, as text or as vectors that were computed before."""
        mine, length = self.vectors(caption)
        total = 0.0
        for reference in several:
            theirs, other = self.vectors(reference) if isinstance(reference, str) else reference
            penalty = math.exp(-(length - other) ** 2 / (2 * LENGTH_DEVIATION ** 2))
            total += penalty * sum(_clipped_cosine(a, b) for a, b in zip(mine, theirs)) / len(ORDERS)
        return SCALE * total / len(several)


def _clipped_cosine(mine, theirs):
    """A caption gains nothing by saying an n-gram more often than the reference."""
    if not mine[1] or not theirs[1]:
        return 0.0
    shared = sum(min(w, theirs[0][g]) * theirs[0][g] for g, w in mine[0].items() if g in theirs[0])
    return shared / (mine[1] * theirs[1])


def cider_d_scores(captions, references):
    """Of each caption, the references of the corpus being the documents."""
    scorer = CiderD(references)
    return [scorer.score(c, r) for c, r in zip(captions, references)]


def corpus_cider_d(captions, references):
    """Mean over the corpus."""
    return sum(cider_d_scores(captions, references)) / len(captions)


def bootstrap_interval(rows, statistic, draws=1000):
    """95 % interval of a figure of a set of pictures: `statistic` of the sums of rows [n,k] that are drawn with replacement.

    Percentiles, as in Koehn, "Statistical significance tests for machine translation evaluation" (EMNLP 2004).
    """
    rows, rng = np.asarray(rows, float), np.random.default_rng(0)
    found = [statistic(rows[rng.integers(0, len(rows), len(rows))].sum(0)) for _ in range(draws)]
    return np.percentile(found, (2.5, 97.5)).tolist()


def recall_at(similar, k):
    """Square matrix of similarities (NumPy or torch), the diagonal being right -> share of rows in percent."""
    better = (similar > similar.diagonal()[:, None]).sum(1)
    return 100 * int((better < k).sum()) / len(similar)


def wilson_interval(right, count, z=1.96):
    """95 % interval of a share: Wilson, "Probable inference, the law of succession" (JASA 1927)."""
    share, middle = right / count, (right + z * z / 2) / (count + z * z)
    spread = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return middle - spread, middle + spread
