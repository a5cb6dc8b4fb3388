"""Command line of the recipe: `python3 -m sensorium_recipe COMMAND --help`."""
import argparse
import csv
import json
import tomllib
import zlib
from pathlib import Path

import torch

from . import checkpoint, pack
from .anchors import prepare_anchors
from .bank import fill_bank
from .class_anchors import prepare_class_anchors, read_class_vectors
from .corpus import Corpus, Pictures, read_captions
from .distil import beam_captions
from .evaluate import picture_figures, sound_figures
from .export import write_graphs
from .heads import Heads
from .model import ModelConfig, SensoriumModel
from .peers import Peers
from .phrases import MOTIONS
from .prepare_pictures import prepare_pictures
from .prepare_sounds import prepare_sounds
from .tasks import TASKS
from .tokenizer import Tokenizer, learn_merges
from .train import Trainer
from .unpack import load_pack

CONFIG = Path(__file__).parent.parent / "mini.toml"


def read_config(path):
    with open(path, "rb") as file:
        return tomllib.load(file)


def build(config):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cudnn.benchmark = True  # batches keep their shapes
    return SensoriumModel(ModelConfig(**config["model"])).to(device)


def export(options):
    """Checkpoint -> pack folder."""
    config = read_config(options.config)
    model, given = build(config), config["input"]
    checkpoint.load_weights(model, options.checkpoint)
    side, frames, count = given["picture_side"], given["mel_frames"], given["num_frames"]
    write_graphs(model.cpu(), options.out, side, frames)
    bands = model.sound.MEL_BANDS
    pack.write_configs(options.out, model.config, side, frames, bands, config["generation"], options.tokenizer, count)
    seconds = frames * pack.HOP / pack.SAMPLING_RATE
    pack.write_manifest(options.out, config["pack"], model.config, config["trained"], count, seconds)


def prepare(options):
    """Data folder -> arrays in the work folder, with what the teachers say."""
    options.work.mkdir(parents=True, exist_ok=True)
    class_vectors = read_class_vectors(options.teachers)  # first: what is missing should not be missed at the end
    prepare_pictures(options.data, options.work, options.teachers / "mobilenet_v2_1.0_224.onnx")
    pictures = Pictures(options.data, options.work)
    prepare_anchors(options.work, pictures.tokens, pictures.captions, read_config(options.config)["model"]["width"])
    prepare_class_anchors(options.work, class_vectors)
    prepare_sounds(options.data, options.work, options.teachers / "yamnet.onnx")


def tokenizer(options):
    """Byte pairs of all captions -> tokenizer.json"""
    with open(options.data / "sounds.tsv", encoding="utf-8") as file:
        heard = [row["captions"].replace("|", "\n") for row in csv.DictReader(file, delimiter="\t")]
    seen = [caption for several in read_captions(options.data / "flickr8k_captions.tsv").values() for caption in several]
    vocabulary = read_config(options.config)["model"]["vocabulary"]
    Tokenizer(learn_merges(seen + heard + list(MOTIONS), vocabulary)).save(options.out)


def bank(options):
    """Views and clips, seen once by the picture encoder of a checkpoint."""
    config = read_config(options.config)
    model = build(config)
    checkpoint.load_weights(model, options.checkpoint)
    corpus = Corpus(options.data, options.work, options.tokenizer)
    given = {"side": config["input"]["picture_side"], "frames": config["input"]["num_frames"], **config["bank"]}
    fill_bank(model, corpus.pictures, options.work, given, config["bank"]["seed"])


def train(options):
    """Runs one stage of the configuration file; writes WORK/STAGE.pt (of a branch, WORK/STAGE-BRANCH.pt), and goes on from
    it if it is there."""
    config = read_config(options.config)
    stage, name = config["stages"][options.stage], "-".join(filter(None, (options.stage, options.branch)))
    stage["seed"] += 1000 * options.worker + zlib.crc32(options.branch.encode())
    torch.manual_seed(stage["seed"])
    corpus = Corpus(options.data, options.work, options.tokenizer)
    peers = Peers(options.work, name, options.worker) if options.workers > 1 else None
    path = options.work / f"{name}{options.worker or ''}.pt"
    trainer = Trainer(build(config), corpus, TASKS, stage, path, peers)
    if not trainer.resume():
        trainer.start_from(options.start)
    trainer.run()


def distil(options):
    """Captions of the training pictures by beam search -> WORK/distilled.json, which the task `distilled` reads."""
    config = read_config(options.config)
    model = build(config).eval()
    checkpoint.load_weights(model, options.checkpoint)
    corpus = Corpus(options.data, options.work, options.tokenizer)
    captions = beam_captions(model, corpus, config["distil"]["beams"], config["pack"]["generation"]["length_penalty"])
    (options.work / "distilled.json").write_text(json.dumps(captions))


def average(options):
    """Weighted mean of checkpoints of one training, a comma between their files -> one checkpoint. With `--parts`, only of
    what starts with these names; the rest is the first one's (Wortsman et al., "Robust fine-tuning", CVPR 2022)."""
    saved = [torch.load(path, map_location="cpu") for path in options.checkpoints.split(",")]
    weights = [float(w) for w in options.weights.split(",")] if options.weights else [1 / len(saved)] * len(saved)
    parts = tuple(options.parts.split(","))
    mixed = lambda name, value: value.is_floating_point() and name.startswith(parts)
    mean = lambda values: sum(w * v for w, v in zip(weights, values))
    model = {name: mean([s["model"][name] for s in saved]) if mixed(name, value) else value
             for name, value in saved[0]["model"].items()}
    checkpoint.save(options.out, model=model, **({"heads": saved[0]["heads"]} if "heads" in saved[0] else {}))


def unpack(options):
    """Pack folder -> checkpoint, to go on from what ships."""
    checkpoint.save(options.out, model=load_pack(options.pack, build(read_config(options.config))).state_dict())


def seal(options):
    """Renews the digests in a pack's manifest, after its model card was written."""
    pack.seal(options.pack)


def evaluate(options):
    """Figures of a checkpoint on the test split, in torch."""
    config = read_config(options.config)
    model = build(config).eval()
    rest = checkpoint.load_weights(model, options.checkpoint)
    heads = Heads(model.config.width).to(model.device) if "heads" in rest else None
    if heads is not None:
        heads.load_state_dict(rest["heads"], strict=False)
    corpus = Corpus(options.data, options.work, options.tokenizer)
    decodings = (1, 1.0), (3, config["pack"]["generation"]["length_penalty"])
    figures, captions = picture_figures(model, corpus, config["input"]["picture_side"], decodings)
    print(json.dumps(figures))
    print(json.dumps(sound_figures(model, heads, corpus)))
    for name, caption in list(zip(corpus.test_names, captions))[:20]:
        print(name, "|", caption)


def main():
    parser = argparse.ArgumentParser(prog="sensorium_recipe", description=__doc__)
    commands = parser.add_subparsers(required=True)
    paths = {"config": CONFIG, "data": None, "work": None, "tokenizer": None, "teachers": None, "start": None,
             "checkpoint": None, "pack": None, "out": None}
    needed = {tokenizer: ("config", "data", "out"),
              prepare: ("config", "data", "work", "teachers"),
              bank: ("config", "data", "work", "tokenizer", "checkpoint"),
              train: ("config", "data", "work", "tokenizer", "start"),
              distil: ("config", "data", "work", "tokenizer", "checkpoint"),
              average: ("out",),
              unpack: ("config", "pack", "out"),
              seal: ("pack",),
              evaluate: ("config", "data", "work", "tokenizer", "checkpoint"),
              export: ("config", "checkpoint", "tokenizer", "out")}
    for run, names in needed.items():
        command = commands.add_parser(run.__name__, help=run.__doc__)
        for name in names:
            command.add_argument(f"--{name}", type=Path, default=paths[name], required=paths[name] is None)
        command.set_defaults(run=run)
        if run is average:
            command.add_argument("--checkpoints", required=True)
            command.add_argument("--weights", default="", help="one for each, a comma between them (equal ones)")
            command.add_argument("--parts", default="", help="beginnings of names, a comma between them (all)")
        if run is train:
            command.add_argument("--stage", required=True)
            command.add_argument("--branch", default="", help="the stage once more by this name, with other random numbers")
            command.add_argument("--worker", type=int, default=0, help="number of this process, from 0")
            command.add_argument("--workers", type=int, default=1, help="processes that train this stage together")
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
