"""Sounds to labels of a model's own, or to vectors: as samples, as wav2vec2 and hubert read them, and as the spectrogram of AST."""
from writing.graph import Graph
from writing.model import Model, write_json
from writing.waveform import WaveformEncoder

WIDTH, HEADS, FRAMES, BANDS, PATCH = 32, 4, 1024, 128, 16
LABELS = ["Speech", "Music", "Rain", "Bird"]
SOUNDS = ["sound-16k-1s.wav", "sound-16k-3s.wav"]


def labelled(**settings):
    return {"id2label": dict(enumerate(LABELS)), "label2id": {label: i for i, label in enumerate(LABELS)}, **settings}


def samples(folder, kind, architecture, encoder, write, normalizes=True, **settings):
    write(encoder, folder)
    write_json(folder / "config.json", {"model_type": kind, "architectures": [architecture], **encoder.settings(), **settings})
    write_json(folder / "preprocessor_config.json", {
        "feature_extractor_type": "Wav2Vec2FeatureExtractor", "feature_size": 1, "sampling_rate": 16000, "padding_value": 0.0,
        "padding_side": "right", "do_normalize": normalizes, "return_attention_mask": encoder.masks})


def scores(encoder, folder):
    encoder.write_scores(folder, len(LABELS))


def tokens(encoder, folder):
    encoder.write_tokens(folder)


def wav2vec2(folder):
    samples(folder, "wav2vec2", "Wav2Vec2ForSequenceClassification", WaveformEncoder(51, WIDTH, HEADS), scores, **labelled())


def hubert(folder):
    samples(folder, "hubert", "HubertForSequenceClassification", WaveformEncoder(52, WIDTH, HEADS, masks=True), scores,
            **labelled(problem_type="multi_label_classification"))


def wavlm(folder):
    samples(folder, "wavlm", "WavLMModel", WaveformEncoder(53, WIDTH, HEADS), tokens, normalizes=False)


def spectrogram(folder, seed, head, architecture, **settings):
    graph = Graph(seed)
    features = graph.input("input_values", "float32", "batch_size", FRAMES, BANDS)
    x = graph.with_class_token(graph.patches(graph("Unsqueeze", features, graph.ints(1)), 1, WIDTH, PATCH), WIDTH)
    # No layer of attention: over 513 patches it would be most of the time that the tests take.
    inner = graph.gelu(graph.linear(graph.layer_norm(x, WIDTH), WIDTH, 2 * WIDTH))
    x = graph.layer_norm(graph("Add", x, graph.linear(inner, 2 * WIDTH, WIDTH)), WIDTH)
    head(graph, x)
    graph.save(folder / "onnx" / "model.onnx")
    write_json(folder / "config.json", {
        "model_type": "audio-spectrogram-transformer", "architectures": [architecture], "hidden_size": WIDTH, "num_attention_heads": HEADS,
        "num_hidden_layers": 1, "max_length": FRAMES, "num_mel_bins": BANDS, "patch_size": PATCH, "frequency_stride": PATCH, "time_stride": PATCH, **settings})
    write_json(folder / "preprocessor_config.json", {
        "feature_extractor_type": "ASTFeatureExtractor", "feature_size": 1, "sampling_rate": 16000, "num_mel_bins": BANDS, "max_length": FRAMES,
        "do_normalize": True, "mean": -4.2677393, "std": 4.5689974, "padding_side": "right", "padding_value": 0.0, "return_attention_mask": False})


def ast_scores(graph, x):
    pooled = graph.linear(graph("ReduceMean", x, axes=[1], keepdims=0), WIDTH, WIDTH)
    graph.output(graph("MatMul", pooled, graph.weight(WIDTH, len(LABELS), scale=2.0)), "logits", "float32", "batch_size", len(LABELS))


def ast_pooled(graph, x):
    graph.output(x, "last_hidden_state", "float32", "batch_size", "sequence_length", WIDTH)
    graph.output(graph.linear(graph("ReduceMean", x, axes=[1], keepdims=0), WIDTH, WIDTH), "pooler_output", "float32", "batch_size", WIDTH)


def ast(folder):
    spectrogram(folder, 54, ast_scores, "ASTForAudioClassification", **labelled())


def ast_features(folder):
    spectrogram(folder, 55, ast_pooled, "ASTModel")


MODELS = [
    Model("tiny-wav2vec2", "sound_labels", {"sounds": SOUNDS}, wav2vec2),
    Model("tiny-hubert", "sound_labels", {"sounds": SOUNDS}, hubert),
    Model("tiny-ast", "sound_labels", {"sounds": SOUNDS}, ast),
    Model("tiny-wavlm", "sound_features", {"sounds": SOUNDS}, wavlm),
    Model("tiny-ast-features", "sound_features", {"sounds": SOUNDS}, ast_features),
]
