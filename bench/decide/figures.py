"""What is measured of probabilities and of what came true. Nothing here knows the service."""
import numpy as np

SAMPLES = 1000  # of the bootstrap
MOST_BINS, FEWEST_CASES = 10, 50  # of the calibration curve: smaller bins are noise


def auroc(scores, labels):
    """The chance that a case of which it is so scores above one of which it is not; equal scores count half."""
    order = np.argsort(scores, kind="stable")
    _, places, counts = np.unique(scores[order], return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = np.empty(len(scores))
    ranks[order] = ((2 * ends - counts + 1) / 2)[places]
    so = int(labels.sum())
    return float((ranks[labels].sum() - so * (so + 1) / 2) / (so * (len(labels) - so)))


def interval(value, groups, seed=1):
    """(low, high) that hold 95 % of value(places) when whole groups are drawn with replacement."""
    together = {}
    for place, group in enumerate(groups):
        together.setdefault(group, []).append(place)
    together, random, values = [np.array(g) for g in together.values()], np.random.default_rng(seed), []
    for _ in range(SAMPLES):
        values.append(value(np.concatenate([together[i] for i in random.integers(len(together), size=len(together))])))
    return tuple(float(v) for v in np.nanpercentile(values, [2.5, 97.5]))


def auroc_of(scores, labels, places):
    own = labels[places]
    return auroc(scores[places], own) if 0 < own.sum() < len(own) else float("nan")


def calibration_error(probabilities, labels):
    """Mean distance of probability and share over bins of equally many cases."""
    order = np.argsort(probabilities, kind="stable")
    bins = np.array_split(order, min(max(len(order) // FEWEST_CASES, 1), MOST_BINS))
    return float(sum(len(b) * abs(probabilities[b].mean() - labels[b].mean()) for b in bins) / len(order))


def error_by_chance(probabilities, seed=1):
    """The calibration error of these very probabilities if they were perfectly calibrated: what few cases make of it."""
    random = np.random.default_rng(seed)
    return float(np.mean([calibration_error(probabilities, random.random(len(probabilities)) < probabilities) for _ in range(SAMPLES)]))


def error_at(probabilities, labels, coverage):
    """The share of wrong answers where only the most confident ones are given."""
    confidence = np.maximum(probabilities, 1 - probabilities)
    answered = np.argsort(-confidence, kind="stable")[:max(1, round(coverage * len(labels)))]
    return float(((probabilities >= 0.5) != labels)[answered].mean())


def of_part(probabilities, labels, groups):
    probabilities, labels = np.asarray(probabilities), np.asarray(labels, bool)
    low, high = interval(lambda places: auroc_of(probabilities, labels, places), groups)
    return {"auroc": auroc(probabilities, labels), "auroc_low": low, "auroc_high": high,
            "brier": float(((probabilities - labels) ** 2).mean()), "ece": calibration_error(probabilities, labels),
            "ece_by_chance": error_by_chance(probabilities),
            "error": error_at(probabilities, labels, 1), "error_at_80": error_at(probabilities, labels, 0.8)}


def gain(whole, part, labels, groups):
    """(low, high) of what the whole has over a part."""
    whole, part, labels = np.asarray(whole), np.asarray(part), np.asarray(labels, bool)
    return interval(lambda places: auroc_of(whole, labels, places) - auroc_of(part, labels, places), groups)
