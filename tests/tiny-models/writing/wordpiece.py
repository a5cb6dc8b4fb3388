"""Lower-case WordPiece as BERT has it."""
import string

from .tokenizers import WORDS, special

SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def wordpiece():
    """tokenizer.json; the special tokens stand first. Any ASCII text without other symbols has no unknown part."""
    symbols = string.ascii_lowercase + string.digits
    tokens = [*SPECIALS, *symbols, *"!,.?'-", *(f"##{symbol}" for symbol in symbols), "##s", "##ing", *WORDS]
    vocabulary = {token: identifier for identifier, token in enumerate(dict.fromkeys(tokens))}
    first, close = vocabulary["[CLS]"], vocabulary["[SEP]"]
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [special(identifier, content) for identifier, content in enumerate(SPECIALS)],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [_special("[CLS]", 0), _sequence("A", 0), _special("[SEP]", 0)],
            "pair": [_special("[CLS]", 0), _sequence("A", 0), _special("[SEP]", 0), _sequence("B", 1), _special("[SEP]", 1)],
            "special_tokens": {
                content: {"id": content, "ids": [identifier], "tokens": [content]} for content, identifier in (("[CLS]", first), ("[SEP]", close))},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                  "vocab": vocabulary},
    }


def _special(content, kind):
    return {"SpecialToken": {"id": content, "type_id": kind}}


def _sequence(name, kind):
    return {"Sequence": {"id": name, "type_id": kind}}
