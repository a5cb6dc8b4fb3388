"""What two judges make of pictures: how many they take for what was asked for."""
import numpy as np

from sensorium_recipe.metrics import wilson_interval


def agreed(name, said, asked):
    """Figures of one judge over one set of pictures."""
    hits = int(sum(a == b for a, b in zip(said, asked)))
    return {f"{name}_acc": 100 * hits / len(asked), f"{name}_interval": [100 * v for v in wilson_interval(hits, len(asked))]}


def judged(service, probe, name, pictures, asked, phrases):
    """What both judges say of pictures; asked: the numbers of their labels."""
    labels = list(phrases)
    words = [labels.index(label) for label in service.classify(pictures, phrases)]
    lines = probe.classify(pictures)
    each = {label: [round(100 * float(np.mean(np.array(said)[asked == i] == i))) for said in (words, lines)] for i, label in enumerate(labels)}
    return {**agreed(f"{name}_clip", words, asked), **agreed(f"{name}_probe", lines, asked), f"{name}_each_clip_probe": each}
