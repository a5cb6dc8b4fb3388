"""Speech to characters in one run: wav2vec2 and hubert with a head of connectionist temporal classification."""
from writing.model import Model, write_json
from writing.tokenizers import special
from writing.waveform import WaveformEncoder

WIDTH, HEADS = 32, 4
SPECIALS = ["<pad>", "<s>", "</s>", "<unk>"]
VOCABULARY = {token: identifier for identifier, token in enumerate([*SPECIALS, "|", *"ETAONIHSRDLU"])}
SOUNDS = ["sound-16k-1s.wav", "sound-16k-3s.wav"]


def tokenizer():
    """In the form of the exports, which name no kind of model."""
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [special(VOCABULARY[token], token) for token in SPECIALS],
        "normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "|"},
        "pre_tokenizer": {"type": "Split", "pattern": {"Regex": ""}, "behavior": "Isolated", "invert": False}, "post_processor": None,
        "decoder": {"type": "CTC", "pad_token": "<pad>", "word_delimiter_token": "|", "cleanup": True}, "model": {"vocab": VOCABULARY},
    }


def write(folder, kind, architecture, encoder):
    # Blanks and ends of words are frequent, and nothing special is ever written.
    encoder.write_characters(folder, len(VOCABULARY), bias=[2.5, -99, -99, -99, 3.0])
    write_json(folder / "config.json", {
        "model_type": kind, "architectures": [architecture], "vocab_size": len(VOCABULARY), "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2,
        **encoder.settings()})
    write_json(folder / "preprocessor_config.json", {
        "feature_extractor_type": "Wav2Vec2FeatureExtractor", "feature_size": 1, "sampling_rate": 16000, "padding_value": 0.0,
        "padding_side": "right", "do_normalize": True, "return_attention_mask": encoder.masks})
    write_json(folder / "tokenizer.json", tokenizer())
    write_json(folder / "vocab.json", VOCABULARY)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "Wav2Vec2CTCTokenizer", "pad_token": "<pad>", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>",
        "word_delimiter_token": "|", "do_lower_case": False})


def wav2vec2(folder):
    write(folder, "wav2vec2", "Wav2Vec2ForCTC", WaveformEncoder(61, WIDTH, HEADS))


def hubert(folder):
    write(folder, "hubert", "HubertForCTC", WaveformEncoder(62, WIDTH, HEADS, masks=True))


MODELS = [
    Model("tiny-wav2vec2-ctc", "ctc", {"sounds": SOUNDS}, wav2vec2),
    Model("tiny-hubert-ctc", "ctc", {"sounds": SOUNDS}, hubert),
]
