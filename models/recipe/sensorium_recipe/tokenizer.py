"""Byte-level BPE in the form of a Hugging Face `tokenizer.json`: training, writing, encoding, decoding."""
import collections
import json
import re

from .pack import BOS, EOS

SPECIAL = ["<pad>", "<bos>", "<eos>"]
WORD = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[a-zA-Z]+| ?[0-9]+| ?[^\sa-zA-Z0-9]+|\s+(?!\S)|\s+")
RAREST_PAIR = 4  # a pair of symbols seen less often than this is not worth a token


def byte_symbols():
    """Every byte as a printable character; those that print stand for themselves."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in printable]
    return {**{b: chr(b) for b in printable}, **{b: chr(256 + i) for i, b in enumerate(others)}}


BYTES = byte_symbols()
SYMBOLS = {symbol: byte for byte, symbol in BYTES.items()}


def split_words(text):
    return ["".join(BYTES[b] for b in word.encode()) for word in WORD.findall(text)]


def learn_merges(texts, vocabulary):
    """Most frequent neighbours become one symbol, until the vocabulary is full."""
    counts = collections.Counter(word for text in texts for word in split_words(text))
    words, merges = [(list(word), n) for word, n in counts.items()], []
    while len(SPECIAL) + 256 + len(merges) < vocabulary:
        pairs = collections.Counter()
        for symbols, n in words:
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += n
        best, n = max(pairs.items(), key=lambda item: (item[1], item[0]), default=(None, 0))
        if n < RAREST_PAIR:
            break
        merges.append(best)
        for symbols, _ in words:
            _join(symbols, best)
    return merges


def _join(symbols, pair):
    i = 0
    while i < len(symbols) - 1:
        if symbols[i] == pair[0] and symbols[i + 1] == pair[1]:
            symbols[i:i + 2] = [pair[0] + pair[1]]
        i += 1


class Tokenizer:
    """text <-> token ids, without and with the tokens that open and close a text."""

    def __init__(self, merges):
        self.merges = [tuple(m) for m in merges]
        self.rank = {pair: i for i, pair in enumerate(self.merges)}
        names = SPECIAL + list(BYTES[b] for b in range(256)) + [a + b for a, b in self.merges]
        self.ids = {name: i for i, name in enumerate(names)}
        self.names, self.known = names, {}

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as file:
            return cls([m.split(" ") if isinstance(m, str) else m for m in json.load(file)["model"]["merges"]])

    def encode(self, text):
        return [i for word in split_words(text.lower()) for i in self._encode_word(word)]

    def closed(self, text, longest):
        """<bos> text <eos>, the text cut to `longest` tokens."""
        return [BOS] + self.encode(text)[:longest] + [EOS]

    def _encode_word(self, word):
        if word not in self.known:
            symbols = list(word)
            while len(symbols) > 1:
                pair = min(zip(symbols, symbols[1:]), key=lambda p: self.rank.get(p, len(self.rank)))
                if pair not in self.rank:
                    break
                _join(symbols, pair)
            self.known[word] = [self.ids[s] for s in symbols]
        return self.known[word]

    def decode(self, ids):
        symbols = "".join(self.names[i] for i in ids if i >= len(SPECIAL))
        return bytes(SYMBOLS[s] for s in symbols).decode("utf-8", "replace").strip()

    def save(self, path):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self._description(), file, ensure_ascii=False)

    def _description(self):
        byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
        special = lambda name: {"SpecialToken": {"id": name, "type_id": 0}}
        added = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        return {
            "version": "1.0", "truncation": None, "padding": None,
            "added_tokens": [{"id": i, "content": name, **added} for i, name in enumerate(SPECIAL)],
            "normalizer": {"type": "Lowercase"}, "pre_tokenizer": byte_level,
            "post_processor": {
                "type": "TemplateProcessing",
                "single": [special("<bos>"), {"Sequence": {"id": "A", "type_id": 0}}, special("<eos>")],
                "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                "special_tokens": {n: {"id": n, "ids": [i], "tokens": [n]}
                                   for n, i in (("<bos>", BOS), ("<eos>", EOS))}},
            "decoder": {**byte_level, "add_prefix_space": True},
            "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                      "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False,
                      "vocab": self.ids, "merges": [" ".join(m) for m in self.merges]}}
