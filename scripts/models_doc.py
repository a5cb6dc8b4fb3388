#!/usr/bin/env python3
"""Writes docs/models.md from the families of models: models_doc.py [--check].

With --check it writes nothing and fails if the page is not what the families say.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/models.md"
FAMILIES = ROOT / "services/Shared/Onnx/Families"
TINY = ROOT / "tests/tiny-models/families"

HEAD = """\
<!-- Written by scripts/models_doc.py from services/Shared/Onnx/Families and tests/tiny-models/families. -->
# Which models are served

A folder of `Sensorium:Models:Folder` with a `config.json` and graphs under `onnx/`, as Hugging Face tools export it, is served if a
family knows its `model_type`. `sensorium models pull` takes one from a hub, `sensorium models check ID` loads and runs it and says
why one cannot serve. Packs, which compose several folders, are described in [model-layout.md](model-layout.md); a family is added as
[adding-a-family.md](adding-a-family.md) says.

A folder with a `model_index.json` **makes pictures of words**: text encoder, unet, autoencoder and scheduler in the layout of the diffusers
library. Samplers, what is refused, and what it was compared with are in [draw.md](draw.md).

A folder with a `model.onnx` (or `N/model.onnx`, of which the largest number counts) and no `pack.json` is a **bare graph**: any tensors
in and out, over the [Open Inference Protocol](faces.md), with the names, types and shapes that the graph declares. A `config.json` is
not needed; `inputs` and `outputs` in it, lists of `name` and `shape`, narrow sizes that the graph leaves open, and `max_batch_size`
bounds how many rows a run and a request have. Types are BOOL, INT8 to INT64, UINT8 to UINT64, FP16, FP32, FP64 and BYTES, which are the
graph's strings. Requests share runs along the first dimension where that is sound ([decision 28](decisions/0028-bare-graphs.md)).

The last column says for which types there is a small model with random weights, of exactly the names and types of its export, whose
results are compared with those of `@huggingface/transformers` from the same folder (`tests/tiny-models`). The others are fed in the
same way and are not compared. The bundled pack's own `clip` folder is served as an export in the
tests too.

| family | `model_type` | graphs | what | compared |
|---|---|---|---|---|
"""

FOOT = """
## Not served

| `model_type` | why |
|---|---|
| `embedding_gemma2` | A picture, clip or sound becomes a vector by two graphs in a row: its encoder makes soft tokens, and the text graph, which all services would have to load, reads them within a prompt. A part is one graph of one modality so far. Its front ends, patches with places of their own and a log-mel of 128 bands, are not there either |
| `qwen3_5` | Its cache holds states of convolutions beside keys and values |
| `blip`, `blip-2` | There is no usual export |

## Differences from the references that remain, and why

The references are Python's transformers, and `@huggingface/transformers` where the tests run it. Where both differ, Python's is the target.

- **Pictures** are reduced as Pillow does it; `@huggingface/transformers` reduces them without antialiasing. Both are compared on pictures
  that already have the model's size.
- **Whisper**: each window is scaled by its own maximum instead of the recording's, because windows are encoded and cached one by one. Nothing is
  drawn again at a higher temperature, and no silence left out, unless a request or a face asks for it; draws follow a seed of our own. There is no
  beam search. A folder whose `generation_config.json` does not name the tokens of languages is refused, unless it says that the model is of one
  language, or the vocabulary is that of the models of English alone. [Decision 17](decisions/0017-speech.md) has the rest.
- **CTC**: the likeliest path, without a language model beside it.
- **CLAP**: sounds over ten seconds are windows one after the other, because a window at random makes a vector that nobody can make again.
  Models that fuse windows (`"truncation": "fusion"`) are refused.
- **Clips** of picture models are the mean of evenly chosen frames; the references leave the choice to their callers.
- **Conversations**: LLaVA reads one square of a picture, as `@huggingface/transformers` does, and not the tiles of Python. SmolVLM's clips are
  introduced as Python introduces them; which frames are taken, and so the times that it reads, are ours: evenly chosen ones, eight unless
  `Sensorium:Generation:MaxSegmentsPerMedium` says otherwise. [Decision 19](decisions/0019-conversations.md) has the rest.
- **Sampling** draws from the same distribution with a generator of our own, so that one seed gives one text in any batch; no reference draws the same.
- **Log-probabilities** of tokens are of the decoder's logits as they are; the `scores` of `generate` are those after penalties, temperature and
  tokens that were ruled out.
- **Special tokens** in callers' words are words; the references read them as tokens.
- **Texts** over a model's positions are refused with the count unless `truncate` is set; the references cut them off or fail.
- **Labels in words** take `@huggingface/transformers`' sentence, `This example is {}.`; vectors have length 1 unless the model's folder says otherwise.
- **Half precision and quantised graphs** are run as they are; on a processor their last digits depend on its instructions.
"""

STRING = r'"([^"]+)"'
LIST = re.compile(r"string\[\] \w*Types =\s*\[([^\]]*)\]")
KINDS = re.compile(r"Kind\[\] \w+ =\s*\[(.*?)\n    \];", re.S)
SUMMARY = re.compile(r"/// <summary>(.*?)</summary>.*?\n(?:///[^\n]*\n)*(?:\[[^\n]*\n)*internal sealed (?:partial )?class \w+", re.S)


def types(source, name):
    if found := LIST.search(source):
        return re.findall(STRING, found[1])
    if found := KINDS.search(source):
        return re.findall(r"new(?: Kind)?\(" + STRING, found[1])
    return [name] if re.search(r"ModelType (?:==|!=) Name", source) else []


def graphs(source):
    return re.findall(r'const string \w*Graph = "([^"]+)"', source)


def summary(source):
    text = " ".join(line.strip().removeprefix("///").strip() for line in SUMMARY.search(source)[1].splitlines())
    return re.sub(r'<see cref="(?:\w+\.)*(\w+)"\s*/>', r"`\1`", text).strip()


def compared(kinds):
    tiny = "".join(path.read_text(encoding="utf-8") for path in sorted(TINY.glob("*.py")))
    known = [kind for kind in kinds if f'"{kind}"' in tiny or f"'{kind}'" in tiny]
    return "all" if known == kinds else ", ".join(f"`{kind}`" for kind in known) or "none"


def rows():
    for path in sorted(FAMILIES.glob("*Family.cs")):
        source = path.read_text(encoding="utf-8")
        if not re.search(r"class \w+(?:\([^)]*\))? : [^\n]*\bIModelFamily\b", source):
            continue
        name = re.search(r'string Name => "([^"]+)"', source)[1]
        kinds = types(source, name)
        if not kinds:
            raise SystemExit(f"{path.name}: its model types are not found; keep them in a string[] whose name ends in Types")
        yield (f"| {name} | {', '.join(f'`{kind}`' for kind in kinds)} | {', '.join(f'`{graph}`' for graph in graphs(source))} "
               f"| {summary(source)} | {compared(kinds)} |\n")


def page():
    return HEAD + "".join(rows()) + FOOT


def main():
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
        raise SystemExit(f"docs/{PAGE.name} is not what the families say; run scripts/models_doc.py")


if __name__ == "__main__":
    main()
