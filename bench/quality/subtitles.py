"""Does the caption of a clip repeat its subtitles? Each clip gets one line, written as people write subtitles."""
import random
import subprocess
from concurrent.futures import ThreadPoolExecutor

from sensorium_recipe.metrics import wilson_interval, words
from sensorium_recipe.phrases import spoken_words

SAID = spoken_words("").strip()
FEWEST, MOST = 3, 8  # words of a line
REPEATED = 6  # the recipe teaches to repeat so many
CUE = "1\n00:00:00,200 --> 00:00:02,800\n{}\n"
WORKERS = 2


def lines_of(references, count, seed):
    """Beginnings of captions that people wrote, drawn at random: lower case, no marks."""
    rng = random.Random(seed)
    captions = (words(rng.choice(rng.choice(references))) for _ in range(count))
    return [caption[:rng.randint(FEWEST, MOST)] for caption in captions]


def with_subtitles(clip, line, path):
    cues = path.with_suffix(".srt")
    cues.write_text(CUE.format(" ".join(line).capitalize() + "."), encoding="utf-8")
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", str(clip), "-i", str(cues), "-c:v", "copy", "-c:s", "mov_text",
                    str(path)], check=True)
    return path


def repeated(caption, line):
    """-> words of the line's beginning that stand at their place behind SAID, whether all of them do"""
    wanted, said = line[:REPEATED], words(caption.partition(SAID)[2])
    right = sum(mine == theirs for mine, theirs in zip(wanted, said))
    return right, said == wanted


def subtitle_figures(service, clips, references, options, work):
    """clips: [(path, motion)]; keys in percent, over the words and over the lines"""
    lines = lines_of(references, len(clips), options.seed)
    paths = [work / f"said-{number}.mp4" for number in range(len(clips))]
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(with_subtitles, [clip for clip, _ in clips], lines, paths))
    captions = service.captions(paths, num_beams=options.beams, length_penalty=options.length_penalty)
    right, exact = zip(*(repeated(caption, line) for caption, line in zip(captions, lines)))
    count, total = len(lines), sum(len(line[:REPEATED]) for line in lines)
    return {"subtitle_words": 100 * sum(right) / total, "subtitle_lines": 100 * sum(exact) / count,
            "subtitle_lines_interval": [100 * v for v in wilson_interval(sum(exact), count)],
            "subtitle_motion": 100 * sum(motion in caption for (_, motion), caption in zip(clips, captions)) / count}
