"""Whisper: windows of log-mel features to speech in several languages, with tokens of time."""
from writing.decoder import Decoder
from writing.gpt2 import gpt2, id_of, size_of
from writing.graph import Graph
from writing.model import Model, write_json

WIDTH, HEADS, LAYERS, BANDS, TOKENS, POSITIONS = 32, 4, 2, 80, 1500, 64
LANGUAGES = ["en", "de", "fr"]
END, START = "<|endoftext|>", "<|startoftranscript|>"
OPENING = [END, START, *(f"<|{language}|>" for language in LANGUAGES), "<|translate|>", "<|transcribe|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"]
TIMES = [f"<|{step * 0.02:.2f}|>" for step in range(TOKENS + 1)]


def encoder(folder, seed):
    graph = Graph(seed)
    features = graph.input("input_features", "float32", "batch_size", "feature_size", "encoder_sequence_length")
    x = convolve(graph, features, BANDS, stride=1)
    x = graph("Transpose", convolve(graph, x, WIDTH, stride=2), perm=[0, 2, 1])
    x = graph("Add", x, graph.weight(1, TOKENS, WIDTH, scale=0.5))
    # No layer of attention: over 1,500 tokens it would be most of the time that the tests take.
    inner = graph.gelu(graph.linear(graph.layer_norm(x, WIDTH), WIDTH, 2 * WIDTH))
    x = graph("Add", x, graph.linear(inner, 2 * WIDTH, WIDTH))
    graph.output(graph.layer_norm(x, WIDTH), "last_hidden_state", "float32", "batch_size", "encoder_sequence_length / 2", WIDTH)
    graph.save(folder / "onnx" / "encoder_model.onnx")


def convolve(graph, x, channels, stride):
    weights = graph.weight(WIDTH, channels, 3, scale=(3 * channels) ** -0.5)
    return graph.gelu(graph("Conv", x, weights, kernel_shape=[3], strides=[stride], pads=[1, 1]))


def write(folder, seed=31):
    tokenizer = gpt2([*OPENING, *TIMES])
    for token in tokenizer["added_tokens"][len(OPENING):]:
        token["special"] = False
    vocabulary, end = size_of(tokenizer), id_of(tokenizer, END)
    encoder(folder, seed)
    Decoder(seed + 1, vocabulary, WIDTH, HEADS, LAYERS, POSITIONS, shows_attention=True).write_merged(folder)
    write_json(folder / "config.json", {
        "model_type": "whisper", "architectures": ["WhisperForConditionalGeneration"], "is_encoder_decoder": True, "d_model": WIDTH,
        "decoder_layers": LAYERS, "decoder_attention_heads": HEADS, "encoder_layers": 1, "encoder_attention_heads": HEADS,
        "num_mel_bins": BANDS, "max_source_positions": TOKENS, "max_target_positions": POSITIONS, "vocab_size": vocabulary,
        "decoder_start_token_id": id_of(tokenizer, START), "bos_token_id": end, "eos_token_id": end, "pad_token_id": end})
    write_json(folder / "generation_config.json", {
        "bos_token_id": end, "eos_token_id": end, "pad_token_id": end, "decoder_start_token_id": id_of(tokenizer, START),
        "is_multilingual": True, "max_length": 40, "begin_suppress_tokens": [220, end],
        "suppress_tokens": [*range(1, 30), *(id_of(tokenizer, token) for token in OPENING[1:-1])],
        "lang_to_id": {f"<|{language}|>": id_of(tokenizer, f"<|{language}|>") for language in LANGUAGES},
        "task_to_id": {task: id_of(tokenizer, f"<|{task}|>") for task in ("transcribe", "translate")},
        "no_timestamps_token_id": id_of(tokenizer, "<|notimestamps|>"), "max_initial_timestamp_index": 50, "return_timestamps": False,
        "alignment_heads": [[0, 1], [1, 2]]})
    write_json(folder / "preprocessor_config.json", {
        "chunk_length": 30, "feature_extractor_type": "WhisperFeatureExtractor", "feature_size": BANDS, "hop_length": 160, "n_fft": 400,
        "n_samples": 480000, "nb_max_frames": 3000, "padding_side": "right", "padding_value": 0.0, "processor_class": "WhisperProcessor",
        "return_attention_mask": False, "sampling_rate": 16000})
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "WhisperTokenizer", "model_max_length": 1024, "bos_token": END, "eos_token": END, "unk_token": END, "pad_token": END,
        "add_prefix_space": False, "clean_up_tokenization_spaces": False})


MODELS = [Model("tiny-whisper", "transcribe", {
    "sounds": ["sound-16k-1s.wav", "sound-16k-3s.wav"], "languages": ["en", "fr"], "tasks": ["transcribe", "translate"],
    "prompt": "the old man sings"}, write)]
