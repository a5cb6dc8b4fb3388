"""Byte-level BPE as GPT-2 and Whisper have it."""
from .tokenizers import WORDS, bytes_to_characters, merges_of, special


def gpt2(specials):
    """tokenizer.json; special tokens stand behind the vocabulary, in this order."""
    merges = list(dict.fromkeys([*merges_of(WORDS), *merges_of(WORDS, beginning="\u0120")]))
    tokens = list(dict.fromkeys([*bytes_to_characters(), *(a + b for a, b in merges)]))
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [special(len(tokens) + i, content) for i, content in enumerate(specials)],
        "normalizer": None,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        "post_processor": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True},
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "", "end_of_word_suffix": "",
                  "fuse_unk": False, "vocab": {token: i for i, token in enumerate(tokens)}, "merges": [f"{a} {b}" for a, b in merges]},
    }


def size_of(tokenizer):
    return len(tokenizer["model"]["vocab"]) + len(tokenizer["added_tokens"])


def id_of(tokenizer, content):
    return next(token["id"] for token in tokenizer["added_tokens"] if token["content"] == content)
