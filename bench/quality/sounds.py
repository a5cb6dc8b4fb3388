"""Class of a sound by the closest phrase of the joint space, none of which was trained as a classifier's output."""
import math

from sensorium_recipe.metrics import wilson_interval

Z = 1.96  # 95 %


def macro_interval(tallies):
    """[(right, count)] of each class -> 95 % interval of the mean of the shares, in 0..1.

    Normal approximation around the mean. The variance of a class is taken at (right + 2) / (count + 4), so that a class
    of two sounds, both right, is not taken for certain: Agresti and Coull, "Approximate is better than exact for interval
    estimation of binomial proportions" (The American Statistician 1998).
    """
    shares = [(right / count, (right + 2) / (count + 4), count) for right, count in tallies]
    mean = sum(share for share, _, _ in shares) / len(shares)
    spread = Z * math.sqrt(sum(p * (1 - p) / (count + 4) for _, p, count in shares)) / len(shares)
    return max(mean - spread, 0.0), min(mean + spread, 1.0)


def sound_figures(service, sounds, phrases):
    """sounds: [(path, class)]; phrases: {class: text}"""
    classes = sorted(phrases)
    similar = service.embed_files([path for path, _ in sounds]) @ service.embed_texts([phrases[c] for c in classes]).T
    tallies = {}
    for (_, name), best in zip(sounds, similar.argmax(1)):
        right, count = tallies.get(name, (0, 0))
        tallies[name] = (right + (classes[best] == name), count + 1)
    hits = sum(right for right, _ in tallies.values())
    percent = lambda values: [100 * v for v in values]
    return {"sound_acc": 100 * sum(right / count for right, count in tallies.values()) / len(tallies),
            "sound_acc_interval": percent(macro_interval(tallies.values())),
            "sound_acc_plain": 100 * hits / len(sounds),
            "sound_acc_plain_interval": percent(wilson_interval(hits, len(sounds))),
            "sounds": len(sounds), "sound_classes": len(tallies),
            "sound_by_class": {name: f"{right} of {count}" for name, (right, count) in sorted(tallies.items())}}
