"""BPE as Llama and Moonshine have it: spaces are a character of their own, and what the vocabulary lacks is written in bytes."""
from .tokenizers import WORDS, merges_of, special

SPACE = "\u2581"
START, END = 1, 2


def sentencepiece():
    """tokenizer.json."""
    merges = list(dict.fromkeys(merges_of(WORDS, beginning=SPACE)))
    characters = sorted({character for word in WORDS for character in word})
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), SPACE, *characters, *(a + b for a, b in merges)]
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [special(identifier, content) for identifier, content in enumerate(["<unk>", "<s>", "</s>"])],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": SPACE}, {"type": "Replace", "pattern": {"String": " "}, "content": SPACE}]},
        "pre_tokenizer": None,
        "post_processor": {
            "type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {"<s>": {"id": "<s>", "ids": [START], "tokens": ["<s>"]}}},
        "decoder": {"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": SPACE}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
        "model": {"type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": None, "end_of_word_suffix": None,
                  "fuse_unk": True, "byte_fallback": True, "vocab": {token: i for i, token in enumerate(dict.fromkeys(tokens))},
                  "merges": [f"{a} {b}" for a, b in merges]},
    }
