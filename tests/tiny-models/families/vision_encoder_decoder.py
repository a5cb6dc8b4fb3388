"""Pictures to text: vit-gpt2, whose step computes the picture's keys and values anew, and trocr, whose step caches them."""
import pathlib

from writing.decoder import Decoder
from writing.gpt2 import gpt2, id_of, size_of
from writing.graph import Graph
from writing.model import Model, write_json

WIDTH, HEADS, LAYERS, SIDE, PATCH, POSITIONS = 32, 4, 2, 32, 8, 48
END = "<|endoftext|>"
BUNDLED = pathlib.Path(__file__).resolve().parents[3] / "models" / "sensorium-mini" / "captioner"


def encoder(folder, seed):
    graph = Graph(seed)
    pixels = graph.input("pixel_values", "float32", "batch_size", "num_channels", "height", "width")
    count = (SIDE // PATCH) ** 2 + 1
    x = graph.with_class_token(graph.patches(pixels, 3, WIDTH, PATCH), WIDTH)
    x = graph("Add", x, graph.weight(1, count, WIDTH, scale=0.5))
    for _ in range(LAYERS):
        x = graph.layer(x, WIDTH, HEADS)
    graph.output(graph.layer_norm(x, WIDTH), "last_hidden_state", "float32", "batch_size", count, WIDTH)
    graph.save(folder / "onnx" / "encoder_model.onnx")


def write(folder, seed, decoder_config, caches_media, generation, split=False):
    tokenizer = gpt2([END])
    vocabulary, end = size_of(tokenizer), id_of(tokenizer, END)
    encoder(folder, seed)
    decoder = Decoder(seed + 1, vocabulary, WIDTH, HEADS, LAYERS, POSITIONS, caches_media=caches_media)
    if split:
        decoder.write_split(folder)
    else:
        decoder.write_merged(folder)
    write_json(folder / "config.json", {
        "model_type": "vision-encoder-decoder", "architectures": ["VisionEncoderDecoderModel"], "is_encoder_decoder": True,
        "encoder": {"model_type": "vit", "hidden_size": WIDTH, "image_size": SIDE, "patch_size": PATCH, "num_attention_heads": HEADS,
                    "num_hidden_layers": LAYERS},
        "decoder": {**decoder_config, "vocab_size": vocabulary, "is_decoder": True, "add_cross_attention": True},
        "decoder_start_token_id": end, "eos_token_id": end, "pad_token_id": end,
    })
    write_json(folder / "generation_config.json", {
        "bos_token_id": end, "decoder_start_token_id": end, "eos_token_id": end, "pad_token_id": end, **generation(end)})
    write_json(folder / "preprocessor_config.json", {
        "do_normalize": True, "do_rescale": True, "do_resize": True, "image_processor_type": "ViTImageProcessor", "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.5, 0.5, 0.5], "resample": 2, "rescale_factor": 1 / 255, "size": {"height": SIDE, "width": SIDE}})
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "GPT2Tokenizer", "model_max_length": 1024, "bos_token": END, "eos_token": END, "unk_token": END,
        "add_prefix_space": False, "clean_up_tokenization_spaces": False})


GPT2 = {"model_type": "gpt2", "n_embd": WIDTH, "n_head": HEADS, "n_layer": LAYERS, "n_positions": POSITIONS, "n_ctx": POSITIONS}
TROCR = {"model_type": "trocr", "d_model": WIDTH, "decoder_attention_heads": HEADS, "decoder_layers": LAYERS, "max_position_embeddings": POSITIONS,
         "cross_attention_hidden_size": WIDTH}


def vit_gpt2(folder):
    write(folder, 11, GPT2, False, lambda end: {"max_length": 16, "no_repeat_ngram_size": 2, "repetition_penalty": 1.3})


def trocr(folder, split=False):
    rules = {"suppress_tokens": [5, 70, 300], "begin_suppress_tokens": [44, 45], "min_length": 6, "bad_words_ids": [[71, 72], [10]]}
    write(folder, 21, TROCR, True, lambda end: {"max_length": 24, "forced_eos_token_id": end, **rules}, split)


def bundled(folder):
    """The bundled pack's captioner as it lies there, which is such an export too."""
    for path in BUNDLED.iterdir():
        (folder / path.name).symlink_to(path, target_is_directory=path.is_dir())


PICTURES = {"pictures": ["picture-32.png", "other-32.png"]}
MODELS = [
    Model("tiny-vit-gpt2", "caption", PICTURES, vit_gpt2),
    Model("tiny-trocr", "caption", PICTURES, trocr),
    # transformers.js reads merged decoders alone: the other model has the same weights.
    Model("tiny-trocr-split", "caption", {**PICTURES, "asked": "tiny-trocr"}, lambda folder: trocr(folder, split=True)),
    Model("mini-captioner", "caption", {"pictures": ["picture-160.png"]}, bundled),
]
