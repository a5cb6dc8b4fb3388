"""SigLIP: texts filled up without a mask, pooled outputs, and a trained scale and bias of similarities."""
import numpy as np

from writing import tokenizers
from writing.graph import Graph
from writing.model import Model, write_json

WIDTH, HEADS, LAYERS = 32, 4, 2
SIDE, PATCH, POSITIONS = 32, 8, 64
SCALE, BIAS = 20.0, -2.0


def write(folder):
    tokenizer = with_end_alone(tokenizers.clip())
    vocabulary = len(tokenizer["model"]["vocab"])
    write_json(folder / "config.json", CONFIG)
    write_json(folder / "preprocessor_config.json", PROCESSOR)
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", TOKENIZER)
    text, picture, both = Graph(11), Graph(12), Graph(11)
    text.output(text_half(text, vocabulary), "pooler_output", "float32", "text_batch_size", WIDTH)
    text.save(folder / "onnx" / "text_model.onnx")
    picture.output(picture_half(picture), "pooler_output", "float32", "image_batch_size", WIDTH)
    picture.save(folder / "onnx" / "vision_model.onnx")
    combine(both, vocabulary)
    both.save(folder / "onnx" / "model.onnx")


def with_end_alone(tokenizer):
    """Texts are closed and not opened; what opens others fills up."""
    pad, end = (token["id"] for token in tokenizer["added_tokens"])
    tokenizer["post_processor"] = {
        "type": "TemplateProcessing",
        "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "<|endoftext|>", "type_id": 0}}],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {"<|endoftext|>": {"id": "<|endoftext|>", "ids": [end], "tokens": ["<|endoftext|>"]}},
    }
    return tokenizer


def text_half(graph, vocabulary, with_tokens=True):
    ids = graph.input("input_ids", "int64", "text_batch_size", "sequence_length")
    x = graph.embed(ids, vocabulary, graph.positions_of(ids), WIDTH, POSITIONS)
    for _ in range(LAYERS):
        x = graph.layer(x, WIDTH, HEADS)
    x = graph.layer_norm(x, WIDTH)
    if with_tokens:
        graph.output(x, "last_hidden_state", "float32", "text_batch_size", "sequence_length", WIDTH)
    return graph.linear(graph.token(x, -1), WIDTH, WIDTH)


def picture_half(graph, with_tokens=True):
    pixels = graph.input("pixel_values", "float32", "image_batch_size", "num_channels", "height", "width")
    count = (SIDE // PATCH) ** 2
    x = graph("Add", graph.patches(pixels, 3, WIDTH, PATCH), graph.weight(1, count, WIDTH, scale=0.5))
    for _ in range(LAYERS):
        x = graph.layer(x, WIDTH, HEADS)
    x = graph.layer_norm(x, WIDTH)
    if with_tokens:
        graph.output(x, "last_hidden_state", "float32", "image_batch_size", count, WIDTH)
    probe = graph("Add", graph("Mul", graph("ReduceMean", x, axes=[1], keepdims=1), graph.number(0)), graph.weight(1, 1, WIDTH, scale=0.5))
    return graph.token(graph.attention(probe, WIDTH, HEADS, other=x), 0)


def combine(graph, vocabulary):
    text = graph.unit(text_half(graph, vocabulary, with_tokens=False))
    graph.random = np.random.default_rng(12)
    picture = graph.unit(picture_half(graph, with_tokens=False))
    scale = graph("Exp", graph.tensor(np.array([np.log(SCALE)], dtype=np.float32), "logit_scale"))
    scaled = graph("Mul", graph("MatMul", text, graph("Transpose", picture, perm=[1, 0])), scale)
    per_text = graph("Add", scaled, graph.tensor(np.array([BIAS], dtype=np.float32), "logit_bias"))
    graph.output(graph("Transpose", per_text, perm=[1, 0]), "logits_per_image", "float32", "image_batch_size", "text_batch_size")
    graph.output(per_text, "logits_per_text", "float32", "text_batch_size", "image_batch_size")
    graph.output(text, "text_embeds", "float32", "text_batch_size", WIDTH)
    graph.output(picture, "image_embeds", "float32", "image_batch_size", WIDTH)


# As many exports have it: nothing about lengths, which are those of the class.
CONFIG = {
    "model_type": "siglip", "architectures": ["SiglipModel"],
    "text_config": {"model_type": "siglip_text_model", "hidden_size": WIDTH, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS},
    "vision_config": {"model_type": "siglip_vision_model", "image_size": SIDE, "patch_size": PATCH, "hidden_size": WIDTH,
                      "num_hidden_layers": LAYERS, "num_attention_heads": HEADS},
}
PROCESSOR = {
    "do_normalize": True, "do_rescale": True, "do_resize": True, "image_processor_type": "SiglipImageProcessor",
    "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "resample": 3, "rescale_factor": 1 / 255, "size": {"height": SIDE, "width": SIDE},
}
TOKENIZER = {
    "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": POSITIONS, "pad_token": "<|startoftext|>",
    "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>",
}
MODELS = [Model(
    "tiny-siglip", "joint_space",
    {"texts": ["two dogs run over a meadow", "a red car", "Rain!"], "pictures": ["picture-32.png", "other-32.png"]}, write)]
