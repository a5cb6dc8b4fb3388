#!/usr/bin/env python3
"""Samplers of diffusion models in the formulas of their papers, in double precision, and the noise that latents begin with.

usage: make_references.py > references.json      (needs numpy)

What the model answers and the noise of steps are sines of their places, so that the tests can make them again.
"""
import itertools
import json
import math

import numpy as np

TRAINED = 1000
WIDTH = 6
MASK = 0xFFFFFFFF


def alphas_of(name, start, end):
    """Products of 1 - beta. Ho et al. 2020; Rombach et al. 2022; Nichol and Dhariwal 2021, equation 17."""
    if name == "linear":
        betas = np.linspace(start, end, TRAINED)
    elif name == "scaled_linear":
        betas = np.linspace(start ** 0.5, end ** 0.5, TRAINED) ** 2
    else:
        share = lambda t: math.cos((t + 0.008) / 1.008 * math.pi / 2) ** 2
        betas = np.array([min(1 - share((i + 1) / TRAINED) / share(i / TRAINED), 0.999) for i in range(TRAINED)])
    return np.cumprod(1 - betas)


def timesteps_of(spacing, offset, steps):
    """Lin et al. 2023, table 2."""
    if spacing == "leading":
        return np.arange(steps)[::-1] * (TRAINED // steps) + offset
    if spacing == "trailing":
        return np.round(np.flip(np.arange(1, steps + 1) * (TRAINED / steps))) - 1
    return np.linspace(0, TRAINED - 1, steps)[::-1]


def picture_and_noise(x, answer, a, prediction):
    """Both parts of latents x = sqrt(a) picture + sqrt(1 - a) noise. Salimans and Ho 2022, appendix D."""
    if prediction == "epsilon":
        return (x - np.sqrt(1 - a) * answer) / np.sqrt(a), answer
    if prediction == "v_prediction":
        return np.sqrt(a) * x - np.sqrt(1 - a) * answer, np.sqrt(a) * answer + np.sqrt(1 - a) * x
    return answer, (x - np.sqrt(a) * answer) / np.sqrt(1 - a)


class Sines:
    """What stands for a model, its noise and a picture: sines of their places."""

    picture = np.cos(np.arange(WIDTH) * 2.0)

    def answer(self, step, x, t):
        return np.sin(1.0 + 7 * step + 3 * np.arange(WIDTH))

    def noise(self, step):
        return np.sin(2.0 + 5 * step + 11 * np.arange(WIDTH)) * 1.4


def ddim(case, alphas, world):
    steps = np.round(timesteps_of(case["spacing"], case["offset"], case["steps"])).astype(int)
    first = first_step(case)
    last = 1.0 if case["alpha_one"] else alphas[0]
    a = alphas[steps[first]]
    x = world.noise(0) if first == 0 else np.sqrt(a) * world.picture + np.sqrt(1 - a) * world.noise(0)
    yield x
    for i in range(first, len(steps)):
        a, b = alphas[steps[i]], alphas[steps[i + 1]] if i + 1 < len(steps) else last
        clean, noise = picture_and_noise(x, world.answer(i, x, steps[i]), a, case["prediction"])
        if case.get("clip"):
            clean = np.clip(clean, -case["clip"], case["clip"])
        x = np.sqrt(b) * clean + np.sqrt(1 - b) * noise
        yield x


def euler(case, alphas, world, ancestral=False):
    """Karras et al. 2022: dx/dsigma = (x - D(x; sigma)) / sigma, over x / sqrt(a) as the variable."""
    steps = timesteps_of(case["spacing"], case["offset"], case["steps"])
    sigmas = np.append(np.interp(steps, np.arange(TRAINED), np.sqrt((1 - alphas) / alphas)), 0)
    first = first_step(case)
    start = math.hypot(sigmas[0], 1) if case["spacing"] == "leading" else sigmas[0]
    x = world.noise(0) * start if first == 0 else world.picture + sigmas[first] * world.noise(0)
    yield x
    for i in range(first, len(steps)):
        a = 1 / (1 + sigmas[i] ** 2)
        clean, _ = picture_and_noise(x * np.sqrt(a), world.answer(i, x * np.sqrt(a), steps[i]), a, case["prediction"])
        down, up = sigmas[i + 1], 0
        if ancestral:
            up = min(sigmas[i + 1], math.sqrt(sigmas[i + 1] ** 2 * (sigmas[i] ** 2 - sigmas[i + 1] ** 2)) / sigmas[i])
            down = math.sqrt(sigmas[i + 1] ** 2 - up ** 2)
        x = clean + (x - clean) * down / sigmas[i]
        if up > 0:
            x = x + world.noise(i + 1) * up
        yield x


def euler_ancestral(case, alphas, world):
    return euler(case, alphas, world, ancestral=True)


def dpm_solver(case, alphas, world):
    """Lu et al. 2022 (DPM-Solver++), equation 9 and algorithm 2, in lambda = log(alpha / sigma)."""
    count = case["steps"]
    if case["spacing"] == "trailing":
        steps = timesteps_of("trailing", 0, count)
    else:
        steps = timesteps_of(case["spacing"], case["offset"], count + 1)[:-1]
    steps = np.round(steps).astype(int)
    first = first_step(case)
    a = alphas[steps[first]]
    x = world.noise(0) if first == 0 else np.sqrt(a) * world.picture + np.sqrt(1 - a) * world.noise(0)
    yield x
    before = None
    for i in range(first, count):
        a = alphas[steps[i]]
        is_last = i + 1 == count
        clean, _ = picture_and_noise(x, world.answer(i, x, steps[i]), a, case["prediction"])
        if is_last and case["ends_in_zero"]:
            x = clean
        else:
            b = alphas[0] if is_last else alphas[steps[i + 1]]
            h = 0.5 * (np.log(b / (1 - b)) - np.log(a / (1 - a)))
            second = before is not None and not (is_last and count < 15)
            if second:
                c = alphas[steps[i - 1]]
                r = 0.5 * (np.log(a / (1 - a)) - np.log(c / (1 - c))) / h
                d = (1 + 1 / (2 * r)) * clean - 1 / (2 * r) * before
            else:
                d = clean
            x = np.sqrt((1 - b) / (1 - a)) * x - np.sqrt(b) * (np.exp(-h) - 1) * d
        before = clean
        yield x


def lcm(case, alphas, world):
    """Luo et al. 2023, equation 9 and algorithm 3; timesteps of their code's skipping."""
    strength = case.get("strength")
    teacher = np.arange(1, int(50 * (strength or 1)) + 1) * (TRAINED // 50) - 1
    steps = teacher[::-1][np.floor(np.linspace(0, len(teacher), case["steps"], endpoint=False)).astype(int)]
    a = alphas[steps[0]]
    x = np.sqrt(a) * world.picture + np.sqrt(1 - a) * world.noise(0) if strength else world.noise(0)
    yield x
    for i, t in enumerate(steps):
        clean, _ = picture_and_noise(x, world.answer(i, x, t), alphas[t], case["prediction"])
        scaled = t * 10.0
        x = 0.25 / (scaled ** 2 + 0.25) * x + scaled / np.sqrt(scaled ** 2 + 0.25) * clean
        if i + 1 < len(steps):
            b = alphas[steps[i + 1]]
            x = np.sqrt(b) * x + np.sqrt(1 - b) * world.noise(i + 1)
        yield x


def first_step(case):
    return case["steps"] - max(1, int(case["steps"] * case["strength"])) if "strength" in case else 0


SAMPLERS = {"Ddim": ddim, "Euler": euler, "EulerAncestral": euler_ancestral, "DpmSolver": dpm_solver, "Lcm": lcm}


def cases():
    predictions = ["epsilon", "v_prediction", "sample"]
    for (sampler, prediction, spacing) in itertools.product(SAMPLERS, predictions, ["leading", "trailing", "linspace"]):
        yield {"sampler": sampler, "betas": "scaled_linear", "prediction": prediction, "spacing": spacing, "steps": 5}
    for sampler in SAMPLERS:
        for betas in ["linear", "squaredcos_cap_v2"]:
            yield {"sampler": sampler, "betas": betas, "prediction": "v_prediction", "spacing": "leading", "steps": 7}
        yield {"sampler": sampler, "betas": "scaled_linear", "prediction": "epsilon", "spacing": "leading", "steps": 6, "offset": 1, "alpha_one": False, "ends_in_zero": False}
        yield {"sampler": sampler, "betas": "scaled_linear", "prediction": "epsilon", "spacing": "trailing", "steps": 8, "strength": 0.6}
        yield {"sampler": sampler, "betas": "scaled_linear", "prediction": "epsilon", "spacing": "linspace", "steps": 1}
    yield {"sampler": "DpmSolver", "betas": "linear", "prediction": "epsilon", "spacing": "linspace", "steps": 16, "ends_in_zero": False}
    yield {"sampler": "Ddim", "betas": "linear", "prediction": "epsilon", "spacing": "leading", "steps": 4, "clip": 0.5}


def philox(counter, key):
    """Salmon et al. 2011, ten rounds of Philox 4x32."""
    c, k = list(counter), list(key)
    for _ in range(10):
        p, q = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(q >> 32) ^ c[1] ^ k[0], q & MASK, (p >> 32) ^ c[3] ^ k[1], p & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def normal(seed, step, count):
    """Box and Muller 1958, over the numbers of a counter."""
    values = []
    for block in range((count + 3) // 4):
        words = [(word + 0.5) / 2 ** 32 for word in philox([block, step, 0, 1], [seed & MASK, seed >> 32])]
        for u, v in (words[:2], words[2:]):
            r = math.sqrt(-2 * math.log(u))
            values += [r * math.cos(2 * math.pi * v), r * math.sin(2 * math.pi * v)]
    return values[:count]


def main():
    rows = []
    for case in cases():
        case = {**case, "offset": case.get("offset", 0), "alpha_one": case.get("alpha_one", True), "ends_in_zero": case.get("ends_in_zero", True)}
        alphas = alphas_of(case["betas"], 0.00085, 0.012)
        case["latents"] = [[round(float(value), 7) for value in x] for x in SAMPLERS[case["sampler"]](case, alphas, Sines())]
        rows.append(case)
    noise = [{"seed": str(seed), "step": step, "values": [round(v, 7) for v in normal(seed, step, 11)]}
             for seed, step in [(0, 0), (1, 0), (1, 3), (2 ** 63 + 12345, 2)]]
    print(json.dumps({"noise": noise, "cases": rows}).replace("{\"sampler\"", "\n{\"sampler\"").replace("{\"seed\"", "\n{\"seed\""))


if __name__ == "__main__":
    main()
