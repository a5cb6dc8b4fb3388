"""Pictures and sounds that the tests send and transformers.js reads: drawn by formulas, stored without loss."""
import struct
import wave
import zlib

import numpy as np

# Side by name: at a model's own size nothing is scaled, where transformers.js differs from Pillow.
PICTURES = {"picture-32.png": (32, 32), "other-32.png": (32, 32), "picture-64x48.png": (64, 48), "picture-160.png": (160, 160)}
# Seconds and samples per second.
SOUNDS = {"sound-48k-2s.wav": (2.0, 48000), "sound-48k-10s.wav": (10.0, 48000), "sound-16k-1s.wav": (1.0, 16000), "sound-16k-3s.wav": (3.0, 16000)}


def write_media(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, (width, height)) in enumerate(PICTURES.items()):
        (folder / name).write_bytes(png(picture(width, height, number)))
    for number, (name, (seconds, rate)) in enumerate(SOUNDS.items()):
        write_wave(folder / name, sound(seconds, rate, number), rate)


def picture(width, height, number):
    """Ramps, checks and noise: [height, width, 3] bytes."""
    x = np.arange(width)[None, :, None]
    y = np.arange(height)[:, None, None]
    c = np.arange(3)[None, None, :]
    ramp = x * (2 + c) + y * (3 - c) * (1 + number)
    checks = ((x // 7 + y // 5 + number) % 2) * 90
    noise = ((x * 7919 + y * 104729 + c * 1299709 + x * y * 31) % 65537) % 61
    return ((ramp + checks + noise) % 256).astype(np.uint8)


def png(pixels):
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + pixels[y].tobytes() for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def sound(seconds, rate, number):
    """Two tones, one of them rising, and noise that comes and goes: 16-bit samples."""
    t = np.arange(int(seconds * rate)) / rate
    noise = np.random.default_rng(number).standard_normal(len(t)) * (np.sin(2 * np.pi * 1.3 * t) > 0)
    wave_form = 0.3 * np.sin(2 * np.pi * 440 * (1 + number) * t) + 0.2 * np.sin(2 * np.pi * (300 + 400 * t) * t) + 0.05 * noise
    return np.clip(wave_form * 32767, -32768, 32767).astype("<i2")


def write_wave(path, samples, rate):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
