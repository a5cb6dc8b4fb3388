#!/usr/bin/env python3
"""Writes small models with the exact tensor names, types and files of the exports of each family, their weights decided by seeds.

usage: make.py OUT [FAMILY…]

OUT/models/ID is a model folder; OUT/media holds what the models are asked about; OUT/questions/ID.json says what to ask. reference.mjs
asks @huggingface/transformers the same and writes OUT/references/ID.json. A family is one file of families/ with a list MODELS.
"""
import importlib
import pathlib
import shutil
import sys

sys.dont_write_bytecode = True

from writing.media import write_media  # noqa: E402
from writing.model import write_json  # noqa: E402

MOST_BYTES = 3 << 20


def families(names):
    known = sorted(path.stem for path in (pathlib.Path(__file__).parent / "families").glob("*.py"))
    unknown = set(names) - set(known)
    if unknown:
        sys.exit(f"no family {', '.join(sorted(unknown))}; families are {', '.join(known)}")
    return [importlib.import_module(f"families.{name}") for name in names or known]


def write(family, model, out):
    folder = out / "models" / model.id
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model.write(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if size > MOST_BYTES:
        sys.exit(f"{model.id} has {size} bytes; a tiny model has at most {MOST_BYTES}")
    write_json(out / "questions" / f"{model.id}.json", {
        "family": family, "model": model.id, "task": model.task, "question": model.question})
    return size


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    out = pathlib.Path(sys.argv[1])
    for family in families(sys.argv[2:]):
        for model in family.MODELS:
            name = family.__name__.rpartition(".")[2]
            print(f"{model.id}: {write(name, model, out):,} bytes")
    write_media(out / "media")


if __name__ == "__main__":
    main()
