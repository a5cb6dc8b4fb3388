"""Files of tokenizers as the exports have them, over vocabularies of a few hundred tokens."""

WORDS = "a photo of the two dog dogs cat cats run runs over meadow city street rain red blue bird sings car old man sound this is".split()


def bytes_to_characters():
    """The printable character that stands for each byte in byte-level vocabularies."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {byte: chr(byte) for byte in printable}
    for byte in range(256):
        if byte not in table:
            table[byte] = chr(256 + len(table) - len(printable))
    return [table[byte] for byte in range(256)]


def merges_of(words, ending="", beginning=""):
    """Pairs that build the words from their letters, left to right."""
    merges = {}
    for word in words:
        parts = [*(beginning + word)]
        parts[-1] += ending
        while len(parts) > 1:
            merges[parts[0], parts[1]] = True
            parts[:2] = [parts[0] + parts[1]]
    return list(merges)


def special(identifier, content):
    return {
        "id": identifier, "content": content, "single_word": False, "lstrip": False, "rstrip": False,
        "normalized": False, "special": True,
    }


def clip():
    """Lower-case byte-level BPE with endings of words, framed by the two tokens that CLIP knows."""
    characters = bytes_to_characters()
    merges = merges_of(WORDS, ending="</w>")
    tokens = [*characters, *(character + "</w>" for character in characters), *(a + b for a, b in merges)]
    tokens = [*dict.fromkeys(tokens), "<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: identifier for identifier, token in enumerate(tokens)}
    start, end = len(tokens) - 2, len(tokens) - 1
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [special(start, "<|startoftext|>"), special(end, "<|endoftext|>")],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "NFC"}, {"type": "Replace", "pattern": {"Regex": "\\s+"}, "content": " "}, {"type": "Lowercase"}]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"},
             "behavior": "Removed", "invert": True},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}]},
        "post_processor": {"type": "RobertaProcessing", "sep": ["<|endoftext|>", end], "cls": ["<|startoftext|>", start],
                           "trim_offsets": False, "add_prefix_space": False},
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": "<|endoftext|>", "continuing_subword_prefix": "",
                  "end_of_word_suffix": "</w>", "fuse_unk": False, "vocab": vocabulary, "merges": [f"{a} {b}" for a, b in merges]},
    }
