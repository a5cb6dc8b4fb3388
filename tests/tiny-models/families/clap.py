"""CLAP: text_model and audio_model, and model with the trained scale of similarities."""
import numpy as np

from writing import tokenizers
from writing.graph import Graph
from writing.model import Model, write_json

WIDTH, SPACE, HEADS = 32, 24, 4
BANDS, PATCH, POSITIONS = 64, 16, 79
SCALE = 18.0


def write(folder):
    tokenizer = tokenizers.clip()
    vocabulary = len(tokenizer["model"]["vocab"])
    write_json(folder / "config.json", {
        "model_type": "clap", "architectures": ["ClapModel"], "projection_dim": SPACE,
        "text_config": {"model_type": "clap_text_model", "max_position_embeddings": POSITIONS},
        "audio_config": {"model_type": "clap_audio_model", "num_mel_bins": BANDS},
    })
    write_json(folder / "preprocessor_config.json", PROCESSOR)
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", TOKENIZER)
    text, sound, both = Graph(31), Graph(32), Graph(31)
    text.output(text_half(text, vocabulary), "text_embeds", "float32", "text_batch_size", SPACE)
    text.save(folder / "onnx" / "text_model.onnx")
    sound.output(sound_half(sound), "audio_embeds", "float32", "audio_batch_size", SPACE)
    sound.save(folder / "onnx" / "audio_model.onnx")
    combine(both, vocabulary)
    both.save(folder / "onnx" / "model.onnx")


def text_half(graph, vocabulary):
    ids = graph.input("input_ids", "int64", "text_batch_size", "sequence_length")
    mask = graph.input("attention_mask", "int64", "text_batch_size", "sequence_length")
    x = graph.embed(ids, vocabulary, graph.positions_of(ids), WIDTH, POSITIONS)
    x = graph.layer(x, WIDTH, HEADS, graph.padding_bias(mask))
    return graph.linear(graph.token(graph.layer_norm(x, WIDTH), 0), WIDTH, SPACE)


def sound_half(graph):
    features = graph.input("input_features", "float32", "audio_batch_size", "num_channels", "time", "mel")
    x = graph.layer_norm(graph.patches(graph("Mul", features, graph.number(0.02)), 1, WIDTH, PATCH), WIDTH)
    x = graph.layer_norm(graph.layer(x, WIDTH, HEADS), WIDTH)
    return graph.linear(graph("ReduceMean", x, axes=[1], keepdims=0), WIDTH, SPACE)


def combine(graph, vocabulary):
    text = graph.unit(text_half(graph, vocabulary))
    graph.random = np.random.default_rng(32)
    sound = graph.unit(sound_half(graph))
    scale = graph("Exp", graph.tensor(np.array(np.log(SCALE), dtype=np.float32), "logit_scale_a"))
    per_sound = graph("Mul", graph("MatMul", sound, graph("Transpose", text, perm=[1, 0])), scale)
    graph.output(per_sound, "logits_per_audio", "float32", "audio_batch_size", "text_batch_size")
    graph.output(text, "text_embeds", "float32", "text_batch_size", SPACE)
    graph.output(sound, "audio_embeds", "float32", "audio_batch_size", SPACE)


PROCESSOR = {
    "feature_extractor_type": "ClapFeatureExtractor", "chunk_length_s": 10, "feature_size": BANDS, "fft_window_size": 1024,
    "frequency_max": 14000, "frequency_min": 50, "hop_length": 480, "max_length_s": 10, "n_fft": 1024, "nb_frequency_bins": 513,
    "nb_max_frames": 1000, "nb_max_samples": 480000, "padding": "repeatpad", "padding_side": "right", "padding_value": 0.0,
    "processor_class": "ClapProcessor", "return_attention_mask": False, "sampling_rate": 48000, "top_db": None, "truncation": "rand_trunc",
}
TOKENIZER = {
    "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 77, "bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>",
    "pad_token": "<|endoftext|>", "unk_token": "<|endoftext|>",
}
# As long as a window: shorter ones are repeated otherwise by transformers.js than by transformers.
MODELS = [Model("tiny-clap", "sound_space", {"texts": ["a dog", "rain over the city", "a bird sings"], "sounds": ["sound-48k-10s.wav"]}, write)]
