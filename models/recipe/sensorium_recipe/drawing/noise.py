"""The noise that the service begins a picture of a seed with: Box and Muller 1958 over Philox (Salmon et al. 2011)."""
import numpy as np

ROUNDS = 10
MULTIPLIERS = 0xD2511F53, 0xCD9E8D57
WEYL = 0x9E3779B9, 0xBB67AE85
LOW, HALF = 0xFFFFFFFF, np.uint64(32)


def philox(blocks, key):
    """Four words of 32 bits for each block of a key of two: [n,4]"""
    a = np.arange(blocks, dtype=np.uint64)
    b, c, d = np.zeros_like(a), np.zeros_like(a), np.ones_like(a)
    low = np.uint64(LOW)
    for round_ in range(ROUNDS):
        first, second = (np.uint64(k + round_ * w & LOW) for k, w in zip(key, WEYL))
        p, q = np.uint64(MULTIPLIERS[0]) * a, np.uint64(MULTIPLIERS[1]) * c
        a, b, c, d = (q >> HALF) ^ b ^ first, q & low, (p >> HALF) ^ d ^ second, p & low
    return np.stack([a, b, c, d], 1)


def noise_of(seed, shape):
    """Normal numbers, float32"""
    count = int(np.prod(shape))
    words = (philox(-(-count // 4), (seed & LOW, seed >> 32)).reshape(-1, 2) + 0.5) / 2 ** 32
    lengths, turns = np.sqrt(-2 * np.log(words[:, 0])), 2 * np.pi * words[:, 1]
    return np.stack([lengths * np.cos(turns), lengths * np.sin(turns)], 1).ravel()[:count].reshape(shape).astype(np.float32)
