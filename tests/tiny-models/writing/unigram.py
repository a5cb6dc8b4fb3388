"""Unigram as XLM-RoBERTa has it."""
import string

from .tokenizers import WORDS, special

SPECIALS = ["<s>", "<pad>", "</s>", "<unk>"]
BLANK = "\u2581"


def unigram():
    """tokenizer.json; pieces of more letters are likelier. <mask> is the last token."""
    pieces = [(token, 0.0) for token in SPECIALS]
    letters = string.ascii_letters + string.digits + "!,.?'-"
    pieces += [(BLANK, -3.0), *((letter, -9.0) for letter in letters), ("s", -6.5), ("ing", -6.0)]
    pieces += [(BLANK + word, -4.0 - 0.01 * place) for place, word in enumerate(WORDS)]
    unique = dict(reversed(pieces))
    pieces = [(token, unique[token]) for token in dict.fromkeys(token for token, _ in pieces)]
    mask = len(pieces)
    names = {token: place for place, (token, _) in enumerate(pieces)}
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [*(special(names[token], token) for token in SPECIALS), special(mask, "<mask>")],
        "normalizer": {"type": "NFKC"},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "WhitespaceSplit"}, {"type": "Metaspace", "replacement": BLANK, "prepend_scheme": "always", "split": True}]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [_special("<s>"), _sequence("A"), _special("</s>")],
            "pair": [_special("<s>"), _sequence("A"), _special("</s>"), _special("</s>"), _sequence("B"), _special("</s>")],
            "special_tokens": {token: {"id": token, "ids": [names[token]], "tokens": [token]} for token in ("<s>", "</s>")},
        },
        "decoder": {"type": "Metaspace", "replacement": BLANK, "prepend_scheme": "always", "split": True},
        "model": {"type": "Unigram", "unk_id": names["<unk>"], "byte_fallback": False, "vocab": [[token, score] for token, score in pieces]},
    }, mask + 1


def _special(name):
    return {"SpecialToken": {"id": name, "type_id": 0}}


def _sequence(name):
    return {"Sequence": {"id": name, "type_id": 0}}
