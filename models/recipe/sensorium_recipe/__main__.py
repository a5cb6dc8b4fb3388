"""Command line of the recipe: `python3 -m sensorium_recipe COMMAND --help`."""
import argparse
import tomllib
from pathlib import Path


from . import checkpoint, pack
from .export import write_graphs
from .model import ModelConfig, SensoriumModel


def read_config(path):
    with open(path, "rb") as file:
        return tomllib.load(file)


def build(config):
    return SensoriumModel(ModelConfig(**config["model"]))


def export(options):
    """Checkpoint -> pack folder."""
    config = read_config(options.config)
    model, given = build(config), config["input"]
    checkpoint.load_weights(model, options.checkpoint)
    side, frames, count = given["picture_side"], given["mel_frames"], given["num_frames"]
    write_graphs(model, options.out, side, frames)
    bands = model.sound.MEL_BANDS
    pack.write_configs(options.out, model.config, side, frames, bands, config["generation"], options.tokenizer, count)
    seconds = frames * pack.HOP / pack.SAMPLING_RATE
    pack.write_manifest(options.out, config["pack"], model.config, config["trained"], count, seconds)


def main():
    parser = argparse.ArgumentParser(prog="sensorium_recipe", description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("export", help=export.__doc__)
    command.add_argument("--config", type=Path, required=True)
    command.add_argument("--checkpoint", type=Path, required=True)
    command.add_argument("--tokenizer", type=Path, required=True)
    command.add_argument("--out", type=Path, required=True)
    command.set_defaults(run=export)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
