"""CLIP: text_model and vision_model, and model with the trained scale of similarities."""
import numpy as np

from writing import tokenizers
from writing.graph import Graph
from writing.model import Model, write_json

WIDTH, SPACE, HEADS, LAYERS = 32, 24, 4, 2
SIDE, PATCH, POSITIONS = 32, 8, 77
SCALE = 30.0


def write(folder):
    tokenizer = tokenizers.clip()
    vocabulary = len(tokenizer["model"]["vocab"])
    write_json(folder / "config.json", config(vocabulary))
    write_json(folder / "preprocessor_config.json", PROCESSOR)
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", TOKENIZER)
    text, picture, both = Graph(1), Graph(2), Graph(1)
    vectors = text_half(text, vocabulary)
    text.output(vectors, "text_embeds", "float32", "text_batch_size", SPACE)
    text.save(folder / "onnx" / "text_model.onnx")
    vectors = picture_half(picture)
    picture.output(vectors, "image_embeds", "float32", "image_batch_size", SPACE)
    picture.save(folder / "onnx" / "vision_model.onnx")
    combine(both, vocabulary)
    both.save(folder / "onnx" / "model.onnx")


def text_half(graph, vocabulary, with_tokens=True):
    ids = graph.input("input_ids", "int64", "text_batch_size", "sequence_length")
    mask = graph.input("attention_mask", "int64", "text_batch_size", "sequence_length")
    positions = graph.positions_of(ids)
    bias = graph("Add", graph.causal_bias(positions), graph.padding_bias(mask))
    x = graph.embed(ids, vocabulary, positions, WIDTH, POSITIONS)
    for _ in range(LAYERS):
        x = graph.layer(x, WIDTH, HEADS, bias)
    x = graph.layer_norm(x, WIDTH)
    if with_tokens:
        graph.output(x, "last_hidden_state", "float32", "text_batch_size", "sequence_length", WIDTH)
    # The closing token has the largest id; the first of them counts.
    end = graph("Unsqueeze", graph("ArgMax", ids, axis=1, keepdims=0), graph.ints(1))
    is_end = graph("Cast", graph("Equal", graph("Unsqueeze", positions, graph.ints(0)), end), to=1)
    pooled = graph("Squeeze", graph("MatMul", graph("Unsqueeze", is_end, graph.ints(1)), x), graph.ints(1))
    return graph("MatMul", pooled, graph.weight(WIDTH, SPACE))


def picture_half(graph, with_tokens=True):
    pixels = graph.input("pixel_values", "float32", "image_batch_size", "num_channels", "height", "width")
    count = (SIDE // PATCH) ** 2 + 1
    x = graph.with_class_token(graph.patches(pixels, 3, WIDTH, PATCH), WIDTH)
    x = graph.layer_norm(graph("Add", x, graph.weight(1, count, WIDTH, scale=0.5)), WIDTH)
    for _ in range(LAYERS):
        x = graph.layer(x, WIDTH, HEADS)
    if with_tokens:
        graph.output(x, "last_hidden_state", "float32", "image_batch_size", count, WIDTH)
    return graph("MatMul", graph.layer_norm(graph.token(x, 0), WIDTH), graph.weight(WIDTH, SPACE))


def combine(graph, vocabulary):
    """Both halves with the weights of the graphs that hold one each, and what a model was trained to multiply with."""
    text = graph.unit(text_half(graph, vocabulary, with_tokens=False))
    graph.random = np.random.default_rng(2)
    picture = graph.unit(picture_half(graph, with_tokens=False))
    scale = graph("Exp", graph.tensor(np.array(np.log(SCALE), dtype=np.float32), "logit_scale"))
    per_text = graph("Mul", graph("MatMul", text, graph("Transpose", picture, perm=[1, 0])), scale)
    graph.output(graph("Transpose", per_text, perm=[1, 0]), "logits_per_image", "float32", "image_batch_size", "text_batch_size")
    graph.output(per_text, "logits_per_text", "float32", "text_batch_size", "image_batch_size")
    graph.output(text, "text_embeds", "float32", "text_batch_size", SPACE)
    graph.output(picture, "image_embeds", "float32", "image_batch_size", SPACE)


def config(vocabulary):
    return {
        "model_type": "clip", "architectures": ["CLIPModel"], "projection_dim": SPACE, "logit_scale_init_value": 2.6592,
        "text_config": {"model_type": "clip_text_model", "vocab_size": vocabulary, "hidden_size": WIDTH, "num_hidden_layers": LAYERS,
                        "num_attention_heads": HEADS, "max_position_embeddings": POSITIONS, "eos_token_id": vocabulary - 1},
        "vision_config": {"model_type": "clip_vision_model", "image_size": SIDE, "patch_size": PATCH, "hidden_size": WIDTH,
                          "num_hidden_layers": LAYERS, "num_attention_heads": HEADS},
    }


PROCESSOR = {
    "crop_size": {"height": SIDE, "width": SIDE}, "do_center_crop": True, "do_convert_rgb": True, "do_normalize": True,
    "do_rescale": True, "do_resize": True, "feature_extractor_type": "CLIPFeatureExtractor", "image_processor_type": "CLIPImageProcessor",
    "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711],
    "resample": 3, "rescale_factor": 1 / 255, "size": {"shortest_edge": SIDE},
}
TOKENIZER = {
    "tokenizer_class": "CLIPTokenizer", "model_max_length": POSITIONS, "do_lower_case": True, "bos_token": "<|startoftext|>",
    "eos_token": "<|endoftext|>", "pad_token": "<|endoftext|>", "unk_token": "<|endoftext|>",
}
MODELS = [Model(
    "tiny-clip", "joint_space",
    {"texts": ["two dogs run over a meadow", "a red car", "Rain!"], "pictures": ["picture-32.png", "other-32.png"]}, write)]
