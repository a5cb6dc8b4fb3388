"""Command line of the recipe for pictures from words: `python3 -m sensorium_recipe.drawing COMMAND --help`."""
import argparse
import base64
import json
from pathlib import Path

import numpy as np
import torch

from .. import checkpoint
from ..__main__ import CONFIG as PACK_CONFIG
from ..__main__ import build, read_config
from ..onnx_tools import HALF_FROM
from ..peers import Peers
from ..tokenizer import Tokenizer
from ..unpack import load_pack
from .autoencoder import Autoencoder
from .batches import LatentBatches, PictureBatches
from .corpus import prepare_drawing
from .denoiser import Denoiser
from .export import write_folder
from .fitting import Fit
from .latents import store_latents, store_words
from .sampling import pictures_of, sheet

CONFIG = Path(__file__).parent.parent.parent / "draw.toml"
SAMPLED = ("a photo of a church", "sunflower", "the sea", "a forest", "a photo of a golf ball", "a photo of a parachute", "a street",
           "a dog runs through the grass", "a man on a beach")


def open_pack(options):
    """The pack's text encoder is in the model with all the rest of it."""
    return load_pack(options.pack, build(read_config(PACK_CONFIG)).cpu()).eval(), Tokenizer.load(options.pack / "clip/tokenizer.json")


def open_autoencoder(options):
    autoencoder = Autoencoder(**read_config(options.config)["autoencoder"])
    checkpoint.load_weights(autoencoder, options.work / "autoencoder.pt")
    return autoencoder.eval()


def open_denoiser(options):
    denoiser = Denoiser(**read_config(options.config)["denoiser"])
    checkpoint.load_weights(denoiser, options.work / "denoiser.pt")
    return denoiser.eval()


def open_parts(options):
    return open_autoencoder(options), open_denoiser(options), *open_pack(options)


def prepare(options):
    """Data folder -> pictures of 64x64 in the work folder."""
    options.work.mkdir(parents=True, exist_ok=True)
    prepare_drawing(options.data, options.work)


def fit(options):
    """Trains a part: WORK/PART.pt, and goes on from it if it is there."""
    config = read_config(options.config)
    given = config["training"][options.part]
    seed = given["seed"] + 1000 * options.worker
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    kind, batches = {"autoencoder": (Autoencoder, PictureBatches), "denoiser": (Denoiser, LatentBatches)}[options.part]
    peers = Peers(options.work, options.part, options.worker) if options.workers > 1 else None
    torch.manual_seed(given["seed"])
    model = kind(**config[options.part])  # all processes begin with the same weights
    torch.manual_seed(seed)
    fitting = Fit(model, batches(options.work, given, rng).loss, given, options.work / f"{options.part}{options.worker or ''}.pt", peers)
    fitting.run()


def encode(options):
    """Latents of the pictures and vectors of their prompts, for the denoiser."""
    autoencoder = open_autoencoder(options)
    store_latents(autoencoder, options.work)
    checkpoint.save(options.work / "autoencoder.pt", **{**torch.load(options.work / "autoencoder.pt"), "model": autoencoder.state_dict()})
    store_words(*open_pack(options), options.work)


def sample(options):
    """A sheet of pictures, to see how far the denoiser is."""
    parts, guidance = open_parts(options), read_config(options.config)["sampling"]["guidance"]
    sheet([pictures_of(*parts, prompt, range(8), steps=25, guidance=guidance) for prompt in SAMPLED]).save(options.out)


def halved(module):
    """With the weights that `export` writes."""
    for parameter in module.parameters():
        if parameter.numel() >= HALF_FROM:
            parameter.data = parameter.data.half().float()
    return module


def reference(options):
    """One picture as torch draws it, which the service is compared with."""
    autoencoder, denoiser, *text = open_parts(options)
    parts = halved(autoencoder), halved(denoiser), *text
    asked = {"prompt": "a photo of a church", "seed": 7, "steps": 6, "guidance": 2.5}
    (picture,) = pictures_of(*parts, asked["prompt"], [asked["seed"]], steps=asked["steps"], guidance=asked["guidance"])
    options.out.write_text(json.dumps({**asked, "side": len(picture), "pixels": base64.b64encode(picture.tobytes()).decode()}) + "\n")


def export(options):
    """Both parts and the pack's text encoder -> a folder that Sensorium serves."""
    write_folder(open_autoencoder(options), open_denoiser(options), options.pack, read_config(options.config), options.out)


def main():
    parser = argparse.ArgumentParser(prog="sensorium_recipe.drawing", description=__doc__)
    commands = parser.add_subparsers(required=True)
    needed = {prepare: ("data", "work"), fit: ("config", "work"), encode: ("config", "work", "pack"),
              sample: ("config", "work", "pack", "out"),
              reference: ("config", "work", "pack", "out"), export: ("config", "work", "pack", "out")}
    for run, names in needed.items():
        command = commands.add_parser(run.__name__, help=run.__doc__)
        for name in names:
            command.add_argument(f"--{name}", type=Path, default=CONFIG if name == "config" else None, required=name != "config")
        command.set_defaults(run=run)
        if run is fit:
            command.add_argument("--part", required=True, choices=("autoencoder", "denoiser"))
            command.add_argument("--worker", type=int, default=0, help="number of this process, from 0")
            command.add_argument("--workers", type=int, default=1, help="processes that train this part together")
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
