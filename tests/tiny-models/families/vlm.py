"""Questions about pictures: smolvlm, idefics3 whose pictures are cut into squares, and llava."""
from onnx import TensorProto

from writing.causal import Causal
from writing.gpt2 import gpt2, id_of, size_of
from writing.graph import Graph
from writing.media import PICTURES, picture
from writing.model import Model, write_json
from writing.tiles import tiles

WIDTH, HEADS, LAYERS, POSITIONS, PATCH = 32, 4, 2, 256, 8
END, TURN, OVER, IMAGE, AROUND, WHOLE = "<|endoftext|>", "<|im_start|>", "<end_of_utterance>", "<image>", "<fake_token_around_image>", "<global-img>"
PLACES = [f"<row_{row}_col_{column}>" for row in range(1, 5) for column in range(1, 5)]
TEMPLATE = (
    "<|im_start|>{% for message in messages %}{{ message['role'] | capitalize }}{{ ':' if message['content'][0]['type'] == 'image' else ': ' }}"
    "{% for line in message['content'] %}{% if line['type'] == 'text' %}{{ line['text'] }}{% elif line['type'] == 'image' %}{{ '<image>' }}{% endif %}{% endfor %}"
    "<end_of_utterance>\n{% endfor %}{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}")
TEXT = {"model_type": "llama", "hidden_size": WIDTH, "num_attention_heads": HEADS, "num_key_value_heads": HEADS, "num_hidden_layers": LAYERS,
        "max_position_embeddings": POSITIONS}


def vision(folder, seed, side, grouped):
    graph = Graph(seed)
    if grouped:
        pixels = graph.input("pixel_values", "float32", "batch_size", "num_images", 3, side, side)
        mask = graph.input("pixel_attention_mask", "bool", "batch_size", "num_images", side, side)
        pixels = graph("Mul", pixels, graph("Unsqueeze", graph("Cast", mask, to=TensorProto.FLOAT), graph.ints(2)))
        pixels = graph("Reshape", pixels, graph.ints(-1, 3, side, side))
    else:
        pixels = graph.input("pixel_values", "float32", "batch_size", 3, side, side)
    count = (side // PATCH) ** 2
    x = graph("Add", graph.patches(pixels, 3, WIDTH, PATCH), graph.weight(1, count, WIDTH, scale=0.5))
    x = graph.layer(x, WIDTH, HEADS)
    graph.output(graph.layer_norm(x, WIDTH), "image_features", "float32", "num_images_total", count, WIDTH)
    graph.save(folder / "onnx" / "vision_encoder.onnx")
    return count


def write(folder, seed, config, processor, side, grouped=True):
    tokenizer = gpt2([END, TURN, OVER, IMAGE, AROUND, WHOLE, *PLACES])
    vocabulary, end, over = size_of(tokenizer), id_of(tokenizer, END), id_of(tokenizer, OVER)
    count = vision(folder, seed, side, grouped)
    decoder = Causal(seed + 1, vocabulary, WIDTH, HEADS, LAYERS, POSITIONS, vectors=True)
    decoder.write(folder / "onnx" / "decoder_model_merged.onnx")
    decoder.write_embed(folder / "onnx" / "embed_tokens.onnx")
    write_json(folder / "config.json", {
        **config, "text_config": {**TEXT, "vocab_size": vocabulary}, "vision_config": {"image_size": side, "patch_size": PATCH, "hidden_size": WIDTH},
        "image_token_id": id_of(tokenizer, IMAGE), "image_token_index": id_of(tokenizer, IMAGE)})
    write_json(folder / "generation_config.json", {"bos_token_id": end, "eos_token_id": over, "pad_token_id": end})
    write_json(folder / "preprocessor_config.json", {
        "do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5],
        "rescale_factor": 1 / 255, "processor_class": config["processor"], **processor})
    write_json(folder / "processor_config.json", {
        "image_seq_len": count, "image_token": IMAGE, "patch_size": PATCH, "num_additional_image_tokens": 0, "processor_class": config["processor"]})
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "GPT2Tokenizer", "model_max_length": 1024, "bos_token": END, "eos_token": OVER, "unk_token": END, "processor_class": config["processor"],
        "add_prefix_space": False, "clean_up_tokenization_spaces": False, "chat_template": TEMPLATE})


def smolvlm(folder, seed=91, side=32, kind="SmolVLM", model_type="smolvlm"):
    write(folder, seed, {"model_type": model_type, "architectures": [f"{kind}ForConditionalGeneration"], "processor": f"{kind}Processor"}, {
        "image_processor_type": f"{kind}ImageProcessor", "do_image_splitting": True, "do_pad": True, "resample": 1, "max_image_size": {"longest_edge": side},
        "size": {"longest_edge": 32}}, side)


def idefics3(folder):
    smolvlm(folder, 95, 16, "Idefics3", "idefics3")


def llava(folder):
    write(folder, 101, {"model_type": "llava", "architectures": ["LlavaForConditionalGeneration"], "processor": "LlavaProcessor"}, {
        "image_processor_type": "CLIPImageProcessor", "do_center_crop": True, "resample": 3, "crop_size": {"height": 32, "width": 32},
        "size": {"shortest_edge": 32}}, 32, grouped=False)


def user(*parts):
    return {"role": "user", "content": [{"type": "text", "text": part} if not part.endswith(".png") else {"type": "image", "image": part} for part in parts]}


def squares(names, side):
    pictures = list(PICTURES)
    return [tiles(picture(*PICTURES[name], pictures.index(name)), side).ravel().tolist() for name in names]


ANSWER = {"role": "assistant", "content": [{"type": "text", "text": " A blue bird."}]}
ONE = [user("picture-32.png", "What is this?")]
TWO = [user("What", "picture-32.png", "is", "other-32.png"), ANSWER, user("Two dogs?")]
MODELS = [
    Model("tiny-smolvlm", "picture_chat", {"chats": [ONE, TWO], "tokens": 20}, smolvlm),
    Model("tiny-idefics3", "picture_chat", {
        "chats": [ONE, TWO], "tokens": 20, "side": 16, "squares": [squares(["picture-32.png"], 16), squares(["picture-32.png", "other-32.png"], 16)]}, idefics3),
    Model("tiny-llava", "picture_chat", {"chats": [ONE], "tokens": 20}, llava),
]
