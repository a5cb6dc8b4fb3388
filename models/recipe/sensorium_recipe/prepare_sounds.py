"""Data folder -> log-mel windows of the sounds with the sound teacher's view of them."""
import csv
import json
import subprocess
from pathlib import Path

import numpy as np
import soundfile
import torch

from .mel import log_mel
from .onnx_runner import OnnxRunner
from .pack import SAMPLING_RATE
from .recordings import recording_of, separated
from .shared_audio import shared_with_test

WINDOW = 5 * SAMPLING_RATE
TEACHER_WINDOW, TEACHER_HOP = 15600, 15600
# Two names of one class in the sources.
MERGED = {"dog_bark": "dog bark"}


def read_sound(path):
    """Any sound file -> float32 [at most 5 s] at 16 kHz, mono."""
    try:  # in this process where libsndfile can: starting ffmpeg takes longer than most of these sounds
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError:
        rate = None
    return torch.from_numpy(samples[:WINDOW].mean(1)) if rate == SAMPLING_RATE else read_with_ffmpeg(path)


def read_with_ffmpeg(path):
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-ac", "1", "-ar", str(SAMPLING_RATE),
               "-f", "s16le", "-"]
    samples = np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.int16)
    return torch.from_numpy(samples[:WINDOW].astype(np.float32) / 32768)


def teacher_view(runner, wave):
    """Mean embedding [1024] and mean class scores [521] over the windows of a sound."""
    short = max(TEACHER_WINDOW - len(wave), 0)
    wave = torch.nn.functional.pad(wave, (0, short))
    views = [runner(waveform=window) for window in wave.unfold(0, TEACHER_WINDOW, TEACHER_HOP)]
    return (torch.stack([v["embedding"].flatten() for v in views]).mean(0),
            torch.stack([v["scores"].flatten() for v in views]).mean(0))


def prepare_sounds(data, work, teacher):
    """Writes sounds.npy [n,80,500], sound_teacher.npy [n,1024], sound_scores.npy [n,521], sounds.json."""
    data, work, runner = Path(data), Path(work), OnnxRunner(teacher)
    with open(data / "sounds.tsv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    waves = [read_sound(data / "sounds" / row["file"]) for row in rows]
    mels, views, scores, items = [], [], [], []
    for number, (row, wave) in enumerate(zip(rows, waves)):
        mels.append(log_mel(torch.nn.functional.pad(wave, (0, WINDOW - len(wave)))).half().numpy())
        view, score = teacher_view(runner, wave)
        views.append(view.numpy())
        scores.append(score.half().numpy())
        items.append({"file": row["file"], "split": row["split"], "class": MERGED.get(row["class"], row["class"]),
                      "recording": recording_of(row), "captions": row["captions"].split("|"),
                      "frames": min(len(wave) // 160, 500)})
        if number % 500 == 0:
            print(f"sounds {number} of {len(rows)}", flush=True)
    splits = separated(items, np.stack(views), shared_with_test(items, waves, SAMPLING_RATE))
    for item, split in zip(items, splits):
        if item["split"] != split:
            print(f"left out of {item['split']}: {item['file']}")
        item["split"] = split
    np.save(work / "sounds.npy", np.stack(mels))
    np.save(work / "sound_teacher.npy", np.stack(views))
    np.save(work / "sound_scores.npy", np.stack(scores))
    (work / "sounds.json").write_text(json.dumps(items))
