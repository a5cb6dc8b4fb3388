"""A video in which things appear, and sounds begin, at known times."""
import array
import math
import subprocess
from dataclasses import dataclass
from pathlib import Path

RATE = 16_000
FRAMES = 10  # a second
LENGTH = 3.0  # of an event, and of what is between two
ROUNDS = 2  # that each event comes

# What is seen: the file, and the words to watch for.
SEEN = [
    ("dandelion.jpg", "a meadow of flowers"),
    ("chelsea.png", "a cat"),
    ("motorcycle_left.png", "a motorcycle"),
    ("rocket.jpg", "a rocket"),
    ("brick.png", "a brick wall"),
]
# What is heard in turn, as often as something is seen.
HEARD = ["a ticking clock", "rain is falling", "a siren", "a ticking clock", "rain is falling"]


@dataclass(frozen=True)
class Event:
    kind: str  # "seen" or "heard"
    words: str
    start: float
    end: float


def events():
    """Seconds from the beginning of the video: sound begins half an event after a picture does."""
    planted = []
    for i, (_, words) in enumerate(SEEN * ROUNDS):
        start = LENGTH + 2 * LENGTH * i
        planted.append(Event("seen", words, start, start + LENGTH))
    for i, words in enumerate(HEARD * ROUNDS):
        start = 1.5 * LENGTH + 2 * LENGTH * i
        planted.append(Event("heard", words, start, start + LENGTH))
    return planted


def duration():
    return LENGTH * (2 * len(SEEN) * ROUNDS + 2)


def sample(path):
    """All samples of a file, as floats of [-1, 1]."""
    raw = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-ac", "1", "-ar", str(RATE), "-f", "s16le", "-"],
                         check=True, capture_output=True).stdout
    return [value / 32768 for value in array.array("h", raw)]


def siren(count):
    """A tone that rises and falls every two seconds."""
    return [0.3 * math.sin(2 * math.pi * 900 * t + 600 * math.sin(math.pi * t)) for t in (i / RATE for i in range(count))]


def sound(samples):
    """A hum, with each event mixed in."""
    count = int(duration() * RATE)
    mixed = [0.004 * math.sin(2 * math.pi * 50 * i / RATE) for i in range(count)]
    known = {"a ticking clock": sample(samples / "clock.wav"), "rain is falling": sample(samples / "rain.mp3"), "a siren": siren(5 * RATE)}
    for event in (event for event in events() if event.kind == "heard"):
        first, length = int(event.start * RATE), int((event.end - event.start) * RATE)
        for i, value in enumerate(known[event.words][:length]):
            mixed[first + i] += value
    return array.array("h", [max(-32768, min(32767, round(32768 * value))) for value in mixed]).tobytes()


def shown(samples, pictures):
    """The files in the order in which they are seen, each as long as an event; between them is gravel."""
    rest = pictures / "gravel.png"
    for name, _ in SEEN * ROUNDS:
        yield rest
        yield samples / name if (samples / name).exists() else pictures / name
    yield from (rest, rest)


def make(samples, pictures, target):
    """Every picture drifts slowly and has noise of its own in every frame, as a camera's have."""
    (pcm := target.with_suffix(".pcm")).write_bytes(sound(samples))
    files = list(shown(samples, pictures))
    count = round(LENGTH * FRAMES)
    inputs = [part for file in files for part in ("-i", str(file))]
    drift = f"zoompan=z=1.1:x='(iw-iw/zoom)*on/{count}':y='(ih-ih/zoom)/2':d={count}:s=320x240:fps={FRAMES}"
    chains = [f"[{i}:v]scale=640:480,{drift},noise=alls=6:allf=t,setsar=1[v{i}]" for i in range(len(files))]
    joined = "".join(f"[v{i}]" for i in range(len(files))) + f"concat=n={len(files)}:v=1:a=0[v]"
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *inputs, "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", str(pcm),
                    "-filter_complex", ";".join([*chains, joined]), "-map", "[v]", "-map", f"{len(files)}:a",
                    "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-c:a", "pcm_s16le", str(target)], check=True)
    return Path(target)


def repeat(video, seconds, target):
    """The same again and again."""
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-stream_loop", "-1", "-i", str(video), "-t", str(seconds), "-c", "copy", str(target)], check=True)
    return Path(target)
