"""Moonshine: samples, only as many as there are, to speech."""
from writing.decoder import Decoder
from writing.graph import Graph
from writing.model import Model, write_json
from writing.sentencepiece import END, START, sentencepiece

WIDTH, HEADS, LAYERS, POSITIONS = 32, 4, 2, 64
# Kernel and stride of the layers that join samples to tokens.
LAYERS_OF_SAMPLES = [(127, 64), (7, 3), (3, 2)]


def encoder(folder, seed):
    graph = Graph(seed)
    x = graph("Unsqueeze", graph.input("input_values", "float32", "batch_size", "num_samples"), graph.ints(1))
    channels = 1
    for kernel, stride in LAYERS_OF_SAMPLES:
        weights = graph.weight(WIDTH, channels, kernel, scale=2 * (kernel * channels) ** -0.5)
        x = graph.gelu(graph("Conv", x, weights, kernel_shape=[kernel], strides=[stride]))
        channels = WIDTH
    x = graph.layer(graph.layer_norm(graph("Transpose", x, perm=[0, 2, 1]), WIDTH), WIDTH, HEADS)
    graph.output(graph.layer_norm(x, WIDTH), "last_hidden_state", "float32", "batch_size", "encoder_sequence_length", WIDTH)
    graph.save(folder / "onnx" / "encoder_model.onnx")


def write(folder, seed=71):
    tokenizer = sentencepiece()
    vocabulary = len(tokenizer["model"]["vocab"])
    encoder(folder, seed)
    Decoder(seed + 1, vocabulary, WIDTH, HEADS, LAYERS, POSITIONS).write_merged(folder)
    write_json(folder / "config.json", {
        "model_type": "moonshine", "architectures": ["MoonshineForConditionalGeneration"], "is_encoder_decoder": True, "hidden_size": WIDTH,
        "decoder_num_hidden_layers": LAYERS, "decoder_num_attention_heads": HEADS, "decoder_num_key_value_heads": HEADS,
        "encoder_num_hidden_layers": 1, "encoder_num_attention_heads": HEADS, "encoder_num_key_value_heads": HEADS,
        "max_position_embeddings": POSITIONS, "vocab_size": vocabulary, "bos_token_id": START, "eos_token_id": END, "decoder_start_token_id": START})
    write_json(folder / "generation_config.json", {
        "bos_token_id": START, "eos_token_id": END, "decoder_start_token_id": START, "max_length": POSITIONS})
    write_json(folder / "preprocessor_config.json", {
        "feature_extractor_type": "Wav2Vec2FeatureExtractor", "processor_class": "Wav2Vec2Processor", "feature_size": 1, "sampling_rate": 16000,
        "padding_side": "right", "padding_value": 0.0, "do_normalize": False, "return_attention_mask": True})
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "model_max_length": 2048,
        "clean_up_tokenization_spaces": False})


MODELS = [Model("tiny-moonshine", "transcribe_samples", {"sounds": ["sound-16k-1s.wav", "sound-16k-3s.wav"]}, write)]
