"""Sounds with an event mixed in at a known second: does the curve of its similarity with the event's phrase peak there?"""
import io
import random
import subprocess
import wave

import numpy as np

from explaining import spans_of
from sensorium_recipe.metrics import wilson_interval

RATE, SECONDS, LONGEST = 16_000, 10, 1.5
BACKGROUND_DB = -12  # below the event
# Sounds that go on, and sounds that happen.
BACKGROUNDS = ("rain", "sea waves", "fire crackling", "helicopter", "air_conditioner", "engine_idling")
EVENTS = ("dog bark", "rooster", "person sneeze", "baby cry", "baby_laugh", "car_horn", "siren", "gun_shot")


def samples_of(path):
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", str(path), "-ac", "1", "-ar", str(RATE), "-f", "f32le", "-"],
                         check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.float32)


def loudest(samples):
    """The part of at most LONGEST seconds that has the most energy, brought to one loudness."""
    length = min(len(samples), int(LONGEST * RATE))
    energy = np.convolve(samples ** 2, np.ones(length), "valid")
    start = int(energy.argmax())
    part = samples[start:start + length]
    return part / max(1e-6, np.sqrt((part ** 2).mean()))


def wav(samples):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1), out.setsampwidth(2), out.setframerate(RATE)
        out.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()


def mix(background, event, second):
    """-> WAV of SECONDS with the event at a second of the background"""
    ground = np.resize(background, SECONDS * RATE)
    ground = ground / max(1e-6, np.sqrt((ground ** 2).mean())) * 10 ** (BACKGROUND_DB / 20)
    start = int(second * RATE)
    ground[start:start + len(event)] += event
    return wav(ground / np.abs(ground).max() * 0.9)


def peak_figures(service, sounds, phrases, count, seed):
    rng = random.Random(seed)
    grounds = [path for path, name in sounds if name in BACKGROUNDS]
    happenings = [(path, name) for path, name in sounds if name in EVENTS]
    right, loud = 0, 0
    for _ in range(count):
        (path, name), ground = rng.choice(happenings), rng.choice(grounds)
        event = loudest(samples_of(path))
        length = len(event) / RATE
        second = rng.uniform(0.5, SECONDS - length - 0.5)
        explanation = service.explain(mix(samples_of(ground), event, second), phrases[name])
        start, end = spans_of(explanation)[int(np.argmax(explanation.weights))]
        right += start < second + length and end > second
        loud += (length + (end - start)) / SECONDS
    return {"sounds": count, "sound_peak_acc": 100 * right / count,
            "sound_peak_acc_interval": [100 * v for v in wilson_interval(right, count)], "sound_peak_chance": 100 * loud / count}
