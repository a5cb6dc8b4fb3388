#!/usr/bin/env python3
"""Writes a small model that makes pictures, in the folder layout of the diffusers library, and the pictures that it makes in numpy.

usage: diffusion.py OUT

OUT/pictures/tiny-diffusion is the model; OUT/references/tiny-diffusion.json is what comes out of its graphs when numpy runs
them and the samplers are the formulas of tests/Sensorium.Core.UnitTests/Diffusion/make_references.py.
"""
import pathlib
import shutil
import sys

sys.dont_write_bytecode = True

import numpy as np  # noqa: E402

from writing import tokenizers  # noqa: E402
from writing.evaluate import load  # noqa: E402
from writing.graph import Graph  # noqa: E402
from writing.model import write_json  # noqa: E402

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "Sensorium.Core.UnitTests" / "Diffusion"))
import make_references as formulas  # noqa: E402

ID, TOKENS, WIDTH, HEADS, CHANNELS, LATENT, SCALE = "tiny-diffusion", 24, 16, 2, 4, 8, 0.5
SIDE = 2 * LATENT
MOST_BYTES = 3 << 20
START, END = "<|startoftext|>", "<|endoftext|>"
SCHEDULER = {
    "_class_name": "EulerDiscreteScheduler", "_diffusers_version": "0.30.0", "beta_start": 0.00085, "beta_end": 0.012,
    "beta_schedule": "scaled_linear", "num_train_timesteps": 1000, "prediction_type": "epsilon", "timestep_spacing": "leading",
    "steps_offset": 1, "set_alpha_to_one": False, "clip_sample": False,
}
CASES = [
    {"sampler": "Euler", "prompt": "two dogs run over the meadow", "negative": "rain", "guidance": 5.0, "seed": 7, "steps": 6},
    {"sampler": "Ddim", "prompt": "a red car", "negative": "", "guidance": 1.0, "seed": 8, "steps": 5},
    {"sampler": "EulerAncestral", "prompt": "a blue bird sings", "negative": "car", "guidance": 3.0, "seed": 2 ** 40 + 1, "steps": 4},
    {"sampler": "DpmSolver", "prompt": "the city", "negative": "", "guidance": 2.0, "seed": 0, "steps": 7},
    {"sampler": "Lcm", "prompt": "the old man", "negative": "", "guidance": 1.0, "seed": 3, "steps": 3},
    {"sampler": "Ddim", "prompt": "a red bird", "negative": "", "guidance": 4.0, "seed": 5, "steps": 10, "strength": 0.6},
]


def text_encoder(vocabulary):
    graph = Graph(31)
    ids = graph.input("input_ids", "int32", "batch", "sequence")
    positions = graph.positions_of(ids)
    x = graph.layer(graph.embed(ids, vocabulary, positions, WIDTH, TOKENS), WIDTH, HEADS, graph.causal_bias(positions))
    graph.output(graph.layer_norm(x, WIDTH), "last_hidden_state", "float32", "batch", "sequence", WIDTH)
    return graph


def convolution(graph, x, channels_in, channels_out):
    return graph("Add", graph("Conv", x, graph.weight(channels_out, channels_in, 3, 3, scale=(9 * channels_in) ** -0.5), kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
                 graph.weight(1, channels_out, 1, 1, scale=0.1))


def unet():
    graph = Graph(32)
    sample = graph.input("sample", "float32", "batch", CHANNELS, "height", "width")
    timestep = graph.input("timestep", "int64", "steps")
    text = graph.input("encoder_hidden_states", "float32", "batch", "sequence", WIDTH)
    frequencies = graph.tensor(np.exp(-np.log(10000) * np.arange(WIDTH // 2) / (WIDTH // 2)).astype(np.float32))
    angles = graph("Mul", graph("Unsqueeze", graph("Cast", timestep, to=1), graph.ints(1)), frequencies)
    time = graph.linear(graph("Concat", graph("Cos", angles), graph("Sin", angles), axis=-1), WIDTH, WIDTH)
    x = graph("Add", convolution(graph, sample, CHANNELS, WIDTH), graph("Unsqueeze", time, graph.ints(2, 3)))
    shape = graph("Shape", x)
    flat = graph("Transpose", graph("Reshape", x, graph.ints(0, WIDTH, -1)), perm=[0, 2, 1])
    mixed = graph("Add", flat, graph.attention(graph.layer_norm(flat, WIDTH), WIDTH, HEADS, other=text))
    x = graph("Reshape", graph("Transpose", graph.gelu(mixed), perm=[0, 2, 1]), shape)
    graph.output(graph("Add", convolution(graph, x, WIDTH, CHANNELS), graph("Mul", sample, graph.number(0.5))), "out_sample", "float32", "batch", CHANNELS, "height", "width")
    return graph


def vae_decoder():
    graph = Graph(33)
    latents = graph.input("latent_sample", "float32", "batch", CHANNELS, "height", "width")
    x = graph.gelu(convolution(graph, latents, CHANNELS, WIDTH))
    x = graph("ConvTranspose", x, graph.weight(WIDTH, 3, 2, 2, scale=WIDTH ** -0.5), kernel_shape=[2, 2], strides=[2, 2])
    graph.output(graph("Tanh", x), "sample", "float32", "batch", 3, "pixel_height", "pixel_width")
    return graph


def vae_encoder():
    graph = Graph(34)
    pixels = graph.input("sample", "float32", "batch", 3, "pixel_height", "pixel_width")
    latents = graph("Conv", pixels, graph.weight(CHANNELS, 3, 2, 2, scale=0.5), kernel_shape=[2, 2], strides=[2, 2])
    graph.output(latents, "latent_sample", "float32", "batch", CHANNELS, "height", "width")
    return graph


def write(folder):
    shutil.rmtree(folder, ignore_errors=True)
    tokenizer = tokenizers.clip()
    vocabulary = tokenizer["model"]["vocab"]
    write_json(folder / "model_index.json", {
        "_class_name": "OnnxStableDiffusionPipeline", "_diffusers_version": "0.30.0", "scheduler": ["diffusers", SCHEDULER["_class_name"]],
        "text_encoder": ["diffusers", "OnnxRuntimeModel"], "tokenizer": ["transformers", "CLIPTokenizer"], "unet": ["diffusers", "OnnxRuntimeModel"],
        "vae_decoder": ["diffusers", "OnnxRuntimeModel"], "vae_encoder": ["diffusers", "OnnxRuntimeModel"], "safety_checker": [None, None],
    })
    write_json(folder / "scheduler" / "scheduler_config.json", SCHEDULER)
    write_json(folder / "tokenizer" / "vocab.json", vocabulary)
    (folder / "tokenizer" / "merges.txt").write_text("#version: 0.2\n" + "\n".join(tokenizer["model"]["merges"]) + "\n", encoding="utf-8")
    write_json(folder / "tokenizer" / "tokenizer_config.json", {"model_max_length": TOKENS, "bos_token": START, "eos_token": END, "pad_token": END, "unk_token": END})
    write_json(folder / "text_encoder" / "config.json", {"model_type": "clip_text_model", "hidden_size": WIDTH, "max_position_embeddings": TOKENS})
    write_json(folder / "unet" / "config.json", {"in_channels": CHANNELS, "sample_size": LATENT, "block_out_channels": [WIDTH, WIDTH]})
    write_json(folder / "vae_decoder" / "config.json", {"latent_channels": CHANNELS, "scaling_factor": SCALE, "block_out_channels": [WIDTH, WIDTH]})
    for name, graph in {"text_encoder": text_encoder(len(vocabulary)), "unet": unet(), "vae_decoder": vae_decoder(), "vae_encoder": vae_encoder()}.items():
        graph.save(folder / name / "model.onnx")
    return vocabulary


def merge(word, ranks):
    """Byte-pair encoding of a word of letters (Sennrich et al. 2016)."""
    parts = [*word[:-1], word[-1] + "</w>"]
    while True:
        pairs = [(ranks.get((a, b), len(ranks)), place) for place, (a, b) in enumerate(zip(parts, parts[1:]))]
        if not pairs or min(pairs)[0] == len(ranks):
            return parts
        place = min(pairs)[1]
        parts[place:place + 2] = [parts[place] + parts[place + 1]]


class World:
    """The model as numpy runs it, with guidance; latents are one flat row, as the formulas take them."""

    def __init__(self, folder, vocabulary, case):
        run = lambda name: load(folder / name / "model.onnx")
        self.unet, self.decoder, self.case = run("unet"), run("vae_decoder"), case
        ranks = {tuple(line.split(" ")): rank for rank, line in enumerate((folder / "tokenizer" / "merges.txt").read_text(encoding="utf-8").splitlines()[1:])}
        tokens = lambda words: [vocabulary[START], *(vocabulary[part] for word in words.split() for part in merge(word, ranks)), vocabulary[END]]
        encoder = run("text_encoder")
        read = lambda words: encoder(input_ids=np.array([(tokens(words) + [vocabulary[END]] * TOKENS)[:TOKENS]], dtype=np.int32))["last_hidden_state"]
        self.text, self.negative = read(case["prompt"]), read(case["negative"])
        if "strength" in case:
            latents = run("vae_encoder")(sample=start_pixels()[None])["latent_sample"]
            self.picture = latents.astype(np.float64).ravel() * SCALE

    def answer(self, step, x, t):
        said = self._said(x, t, self.text)
        if self.case["guidance"] == 1:
            return said
        negative = self._said(x, t, self.negative)
        return negative + self.case["guidance"] * (said - negative)

    def noise(self, step):
        return np.array(formulas.normal(self.case["seed"], step, CHANNELS * LATENT * LATENT))

    def pixels(self, latents):
        sample = self.decoder(latent_sample=(latents / SCALE).astype(np.float32).reshape(1, CHANNELS, LATENT, LATENT))["sample"][0]
        return np.clip(np.round((sample + 1) * 127.5), 0, 255).astype(int).transpose(1, 2, 0)

    def _said(self, x, t, text):
        sample = x.astype(np.float32).reshape(1, CHANNELS, LATENT, LATENT)
        said = self.unet(sample=sample, timestep=np.array([t], dtype=np.int64), encoder_hidden_states=text)["out_sample"]
        return said.astype(np.float64).ravel()


def start_pixels():
    """The picture that is changed: how red says where across, how green where down."""
    across, down = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    return (np.stack([across * 16, down * 16, np.full_like(across, 128)]) / 127.5 - 1).astype(np.float32)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = pathlib.Path(sys.argv[1])
    folder = out / "pictures" / ID
    vocabulary = write(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if size > MOST_BYTES:
        sys.exit(f"{ID} has {size} bytes; a tiny model has at most {MOST_BYTES}")
    alphas = formulas.alphas_of(SCHEDULER["beta_schedule"], SCHEDULER["beta_start"], SCHEDULER["beta_end"])
    pictures = []
    for case in CASES:
        world = World(folder, vocabulary, case)
        settings = {**case, "prediction": "epsilon", "spacing": "leading", "offset": 1, "alpha_one": False, "ends_in_zero": True}
        *_, latents = formulas.SAMPLERS[case["sampler"]](settings, alphas, world)
        pictures.append(world.pixels(latents).ravel().tolist())
    write_json(out / "references" / f"{ID}.json", {"model": ID, "task": "draw", "question": {"cases": CASES}, "answer": {"side": SIDE, "pictures": pictures}})
    print(f"{ID}: {size:,} bytes, {len(pictures)} pictures")


if __name__ == "__main__":
    main()
