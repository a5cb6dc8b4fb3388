"""Do two sounds hold the same stretch of one recording, however they were cut and coded?

The shift at which they would agree comes from the generalised cross-correlation with phase transform: Knapp and Carter,
"The generalized correlation method for estimation of time delay" (IEEE Trans. ASSP 1976). One click or bark that both
hold makes a peak too, and a hum that both hold makes frames agree: a shared stretch must do both.
"""
import torch

RATE = 8000  # of the comparison
BAND = (100.0, 3400.0)  # Hz that survive coding at low rates
FLOOR = 1e-3  # of the strongest frequency: weaker ones have no phase worth comparing
PEAK = 30.0  # standard deviations of the correlation over all shifts
FRAME = RATE // 20
LOUD = 1e-4  # of the loudest frame's energy: quieter ones are not compared
LEAST_FRAMES = 10
# This quantile of the frames' correlations must be higher. In the data of the bundled pack it is 0.93 to 1.0 for cuts of one
# recording, and 0.6 at most for others whose peak is as high.
QUANTILE, AGREEMENT = 0.6, 0.7
BATCH = 64


def slower(wave, rate):
    """[n] at `rate` -> [n'] at RATE, without mean."""
    step = rate // RATE
    wave = wave[:len(wave) // step * step].reshape(-1, step).mean(1)
    return wave - wave.mean()


def phases(waves, size):
    """[n] waves -> complex [n, bins of the band], of size 1 where there is anything to hear"""
    low, high = (int(edge * size / RATE) for edge in BAND)
    spectra = torch.stack([torch.fft.rfft(wave, size)[low:high] for wave in waves])
    strength = spectra.abs()
    return spectra / (strength + FLOOR * strength.amax(1, keepdim=True) + 1e-9)


def best_shifts(waves, other):
    """Waves [n] against one -> height of the peak [n] in standard deviations, its shift [n]: wave[t + shift] is other[t]."""
    size = 2 * max(map(len, [*waves, other]))
    low, mark, heights, shifts = int(BAND[0] * size / RATE), phases([other], size).conj(), [], []
    for start in range(0, len(waves), BATCH):
        product = torch.nn.functional.pad(phases(waves[start:start + BATCH], size) * mark, (low, 0))
        correlation = torch.fft.irfft(product, size)
        height, shift = correlation.abs().max(1)
        heights.append(height / correlation.std(1).clamp(min=1e-12))
        shifts.append(torch.where(shift < size // 2, shift, shift - size))
    return torch.cat(heights), torch.cat(shifts)


def agreement(wave, other, shift):
    """A high quantile of the correlations of the frames that are loud in both; 0 where the two hardly overlap."""
    wave, other = wave[max(shift, 0):], other[max(-shift, 0):]
    length = min(len(wave), len(other)) // FRAME * FRAME
    first, second = wave[:length].reshape(-1, FRAME), other[:length].reshape(-1, FRAME)
    if len(first) < LEAST_FRAMES:
        return 0.0
    energy, other_energy = first.square().sum(1), second.square().sum(1)
    loud = (energy > LOUD * energy.max()) & (other_energy > LOUD * other_energy.max())
    correlation = (first * second).sum(1).abs() / (energy * other_energy).sqrt().clamp(min=1e-12)
    return float(correlation[loud].quantile(QUANTILE)) if loud.sum() >= LEAST_FRAMES else 0.0


def share_audio(waves, others):
    """Waves [n] and [m] at RATE -> bool [n]: those that share a stretch with any of the others."""
    shared = torch.zeros(len(waves), dtype=torch.bool)
    for other in others:
        heights, shifts = best_shifts(waves, other)
        for i in (heights > PEAK).nonzero().flatten().tolist():
            shared[i] |= agreement(waves[i], other, int(shifts[i])) > AGREEMENT
    return shared


def linked(waves, others):
    """Waves [n] and [m] at RATE -> bool [n]: those that share a stretch with the others, or with one that does, and so on.

    Of a recording that was cut into overlapping pieces the far ones share nothing; the pieces between them link them.
    """
    found = torch.zeros(len(waves), dtype=torch.bool)
    while others and not found.all():
        rest = (~found).nonzero().flatten()
        fresh = rest[share_audio([waves[i] for i in rest], others)]
        found[fresh], others = True, [waves[i] for i in fresh]
    return found


def shared_with_test(items, waves, rate):
    """-> bool [n]: training sounds that overlapping pieces link with a test sound of their class."""
    shared = torch.zeros(len(items), dtype=torch.bool)
    for name in sorted({item["class"] for item in items}):
        train, test = ([i for i, item in enumerate(items) if (item["class"], item["split"]) == (name, split)]
                       for split in ("train", "test"))
        if train and test:
            shared[train] = linked(*([slower(waves[i], rate) for i in group] for group in (train, test)))
    return shared
