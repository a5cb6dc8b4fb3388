"""Questions about pictures of any size and about clips: qwen2_vl, qwen2_5_vl and qwen3_vl, whose tokens stand in time, height and width."""
import numpy as np

from writing.causal import Causal
from writing.gpt2 import gpt2, id_of, size_of
from writing.graph import Graph
from writing.model import Model, write_json

WIDTH, HEADS, LAYERS, POSITIONS = 32, 4, 2, 256
PATCH, FRAMES, MERGE = 4, 2, 2
END, TURN, OVER, BEGIN, FINISH, IMAGE, CLIP = (
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>")
TEMPLATE = (
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}<|im_start|>system\nYou are a bird.<|im_end|>\n{% endif %}"
    "<|im_start|>{{ message['role'] }}\n{% if message['content'] is string %}{{ message['content'] }}{% else %}{% for part in message['content'] %}"
    "{% if part['type'] == 'image' or 'image' in part %}<|vision_start|><|image_pad|><|vision_end|>{% elif 'text' in part %}{{ part['text'] }}{% endif %}"
    "{% endfor %}{% endif %}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")


def vision(folder, seed, grid_name):
    """Patches to one token for each square of them. Frames do not see each other."""
    graph = Graph(seed)
    pixels = graph.input("pixel_values", "float32", "num_patches", 3 * FRAMES * PATCH * PATCH)
    grid = graph.input(grid_name, "int64", "num_images", 3)
    frames, rows, columns = (graph("Gather", graph("Reshape", grid, graph.ints(-1)), graph.ints(axis)) for axis in range(3))
    x = graph("MatMul", pixels, graph.weight(3 * FRAMES * PATCH * PATCH, WIDTH))
    x = graph("Reshape", x, graph("Concat", frames, graph.ints(-1, WIDTH), axis=0))
    one, nothing, most = (graph.tensor(np.array(value, dtype=np.int64)) for value in (1, 0, 64))
    every = graph("Range", nothing, graph("Squeeze", graph("Mul", rows, columns)), one)
    for places in (graph("Mod", every, columns), graph("Div", every, columns)):
        x = graph("Add", x, graph("Gather", graph.weight(64, WIDTH, scale=0.5), graph("Mod", places, most)))
    x = graph.layer_norm(graph.layer(x, WIDTH, HEADS), WIDTH)
    x = graph.linear(graph("Reshape", x, graph.ints(-1, MERGE * MERGE * WIDTH)), MERGE * MERGE * WIDTH, WIDTH)
    graph.output(x, "image_features", "float32", "num_tokens", WIDTH)
    graph.save(folder / "onnx" / "vision_encoder.onnx")


def write(folder, seed, kind, name, grid_name, sizes):
    tokenizer = gpt2([END, TURN, OVER, BEGIN, FINISH, IMAGE, CLIP])
    vocabulary, end, over = size_of(tokenizer), id_of(tokenizer, END), id_of(tokenizer, OVER)
    vision(folder, seed, grid_name)
    decoder = Causal(seed + 1, vocabulary, WIDTH, HEADS, LAYERS, POSITIONS, vectors=True, places=True)
    decoder.write(folder / "onnx" / "decoder_model_merged.onnx")
    decoder.write_embed(folder / "onnx" / "embed_tokens.onnx")
    text = {"vocab_size": vocabulary, "hidden_size": WIDTH, "num_attention_heads": HEADS, "num_key_value_heads": HEADS, "num_hidden_layers": LAYERS,
            "max_position_embeddings": POSITIONS}
    write_json(folder / "config.json", {
        "model_type": kind, "architectures": [f"{name}ForConditionalGeneration"], **text, "text_config": {"model_type": f"{kind}_text", **text},
        "vision_config": {"patch_size": PATCH, "spatial_merge_size": MERGE, "temporal_patch_size": FRAMES},
        "image_token_id": id_of(tokenizer, IMAGE), "video_token_id": id_of(tokenizer, CLIP), "vision_start_token_id": id_of(tokenizer, BEGIN),
        "vision_end_token_id": id_of(tokenizer, FINISH), "bos_token_id": end, "eos_token_id": over})
    write_json(folder / "generation_config.json", {"bos_token_id": end, "eos_token_id": [over, end], "pad_token_id": end})
    write_json(folder / "preprocessor_config.json", {
        "image_processor_type": "Qwen2VLImageProcessor", "processor_class": f"{name}Processor",
        "do_convert_rgb": True, "do_normalize": True, "do_rescale": True, "do_resize": True, "resample": 3, "rescale_factor": 1 / 255,
        "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711],
        "patch_size": PATCH, "temporal_patch_size": FRAMES, "merge_size": MERGE, **sizes})
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "Qwen2Tokenizer", "model_max_length": 1024, "bos_token": None, "eos_token": OVER, "pad_token": END, "unk_token": None,
        "add_prefix_space": False, "clean_up_tokenization_spaces": False, "chat_template": TEMPLATE})


def qwen2_vl(folder):
    write(folder, 111, "qwen2_vl", "Qwen2VL", "grid_thw", {"min_pixels": 64, "max_pixels": 4096})


def qwen2_5_vl(folder):
    write(folder, 115, "qwen2_5_vl", "Qwen2_5_VL", "image_grid_thw", {"size": {"shortest_edge": 64, "longest_edge": 4096}})


def qwen3_vl(folder):
    write(folder, 121, "qwen3_vl", "Qwen3VL", "image_grid_thw", {"size": {"shortest_edge": 64, "longest_edge": 4096}})


def user(*parts):
    return {"role": "user", "content": [{"type": "text", "text": part} if not part.endswith(".png") else {"type": "image", "image": part} for part in parts]}


# One picture a conversation: the library takes several for the frames of one clip, which is what it is asked for that.
ANSWER = {"role": "assistant", "content": [{"type": "text", "text": " A blue bird."}]}
CHATS = [[user("picture-64x48.png", "What is this?")], [user("What", "picture-32.png", "is"), ANSWER, user("Two dogs?")]]
CLIP_OF = {"picture": "picture-32.png", "frames": 4, "text": "What?"}
MODELS = [
    Model("tiny-qwen2-vl", "picture_chat", {"chats": CHATS, "tokens": 20, "clip": CLIP_OF}, qwen2_vl),
    Model("tiny-qwen2.5-vl", "picture_chat", {"chats": CHATS, "tokens": 20, "clip": CLIP_OF}, qwen2_5_vl),
    Model("tiny-qwen3-vl", "picture_chat", {"chats": CHATS, "tokens": 20}, qwen3_vl),
]
