"""Language models of text: llama, qwen2 with float16 caches, and gpt2 as older exports have it."""
from writing.causal import Causal
from writing.gpt2 import gpt2, id_of, size_of
from writing.model import Model, write_json

WIDTH, HEADS, LAYERS, POSITIONS = 32, 4, 2, 160
END, TURN, OVER = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
TEMPLATE = (
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}{{ '<|im_start|>system\nYou are a dog.<|im_end|>\n' }}{% endif %}"
    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] | trim + '<|im_end|>' + '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")

SIZES = {"hidden_size": WIDTH, "num_attention_heads": HEADS, "num_key_value_heads": HEADS, "num_hidden_layers": LAYERS, "max_position_embeddings": POSITIONS}
GPT2 = {"n_embd": WIDTH, "n_head": HEADS, "n_layer": LAYERS, "n_positions": POSITIONS, "n_ctx": POSITIONS}


def write(folder, seed, config, template, graph="model", **kind):
    tokenizer = gpt2([END, TURN, OVER])
    vocabulary, end, over = size_of(tokenizer), id_of(tokenizer, END), id_of(tokenizer, OVER)
    Causal(seed, vocabulary, WIDTH, HEADS, LAYERS, POSITIONS, **kind).write(folder / "onnx" / f"{graph}.onnx")
    write_json(folder / "config.json", {**config, "vocab_size": vocabulary, "bos_token_id": end, "eos_token_id": end})
    write_json(folder / "generation_config.json", {"bos_token_id": end, "eos_token_id": [end, over], "pad_token_id": end, "repetition_penalty": 1.1})
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "GPT2Tokenizer", "model_max_length": 1024, "bos_token": END, "eos_token": OVER if template else END, "unk_token": END,
        "add_prefix_space": False, "clean_up_tokenization_spaces": False, **({"chat_template": template} if template else {})})


def llama(folder):
    write(folder, 61, {"model_type": "llama", "architectures": ["LlamaForCausalLM"], **SIZES}, TEMPLATE)


def qwen2(folder):
    write(folder, 71, {"model_type": "qwen2", "architectures": ["Qwen2ForCausalLM"], **SIZES}, TEMPLATE, half=True)


def counting_llama(folder):
    write(folder, 63, {"model_type": "llama", "architectures": ["LlamaForCausalLM"], **SIZES}, TEMPLATE, counts=True)


def old_gpt2(folder):
    write(folder, 81, {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"], **GPT2}, None, graph="decoder_model_merged", flag=True)


CHATS = [
    [{"role": "user", "content": "What is the blue bird?"}],
    [{"role": "system", "content": "Sing over the meadow."}, {"role": "user", "content": "a dog runs\nover the meadow"}, {"role": "assistant", "content": "The cat?"},
     {"role": "user", "content": "  Two old cars, in the rain 12 "}],
]
MODELS = [
    Model("tiny-llama", "chat", {"chats": CHATS, "tokens": 24}, llama),
    Model("tiny-llama-counting", "chat", {"chats": CHATS, "tokens": 24}, counting_llama),
    Model("tiny-qwen2", "chat", {"chats": CHATS, "tokens": 24}, qwen2),
    Model("tiny-gpt2", "chat", {"chats": [[{"role": "user", "content": "a dog and a cat"}]], "tokens": 24, "graph": "decoder_model_merged"}, old_gpt2),
]
