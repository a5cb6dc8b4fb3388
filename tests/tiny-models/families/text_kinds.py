"""Texts: vectors of encoders like BERT that differ in inputs, positions and tokenizers; without a scaling; with weights beside the graph."""
from writing.gpt2 import gpt2, id_of, size_of
from writing.model import write_json
from writing.text_encoder import TextEncoder
from writing.unigram import unigram
from writing.wordpiece import wordpiece

from .text import HEADS, LAYERS, POSITIONS, WIDTH, bert, embedding, pooled, sizes, vectors


def encoder(seed, vocabulary, first_position=0):
    """Without token_type_ids."""
    return TextEncoder(seed, vocabulary, WIDTH, HEADS, LAYERS, POSITIONS + first_position, first_position, has_types=False)


def distilbert(folder):
    tokenizer = wordpiece()
    vocabulary = len(tokenizer["model"]["vocab"])
    encoder(131, vocabulary).write_tokens(folder)
    write_json(folder / "config.json", {
        "model_type": "distilbert", "architectures": ["DistilBertModel"], "max_position_embeddings": POSITIONS, "vocab_size": vocabulary,
        "dim": WIDTH, "n_heads": HEADS, "n_layers": LAYERS, "hidden_dim": 2 * WIDTH, "pad_token_id": 0})
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "DistilBertTokenizer", "model_max_length": POSITIONS, "do_lower_case": True, "pad_token": "[PAD]",
        "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]"})
    pooled(folder, "mean_tokens")


def mpnet(folder):
    """WordPiece, framed as RoBERTa frames."""
    tokenizer = wordpiece()
    renamed = {"[CLS]": "<s>", "[PAD]": "<pad>", "[SEP]": "</s>", "[MASK]": "<mask>"}
    names = {renamed.get(token, token): place for token, place in tokenizer["model"]["vocab"].items()}
    tokenizer["model"]["vocab"] = names
    for token in tokenizer["added_tokens"]:
        token["content"] = renamed.get(token["content"], token["content"])
    tokenizer["post_processor"] = {
        "type": "RobertaProcessing", "sep": ["</s>", names["</s>"]], "cls": ["<s>", names["<s>"]], "trim_offsets": True, "add_prefix_space": False}
    encoder(132, len(names), first_position=2).write_tokens(folder)
    write_json(folder / "config.json", {
        "model_type": "mpnet", "architectures": ["MPNetModel"], "max_position_embeddings": POSITIONS + 2, "relative_attention_num_buckets": 32,
        "bos_token_id": names["<s>"], "eos_token_id": names["</s>"], "pad_token_id": names["<pad>"], **sizes(len(names))})
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "MPNetTokenizer", "model_max_length": POSITIONS, "do_lower_case": True, "bos_token": "<s>", "eos_token": "</s>",
        "cls_token": "<s>", "sep_token": "</s>", "pad_token": "<pad>", "unk_token": "[UNK]", "mask_token": "<mask>"})
    pooled(folder, "mean_tokens")


def xlm_roberta(folder):
    tokenizer, vocabulary = unigram()
    encoder(133, vocabulary, first_position=2).write_tokens(folder)
    write_json(folder / "config.json", {
        "model_type": "xlm-roberta", "architectures": ["XLMRobertaModel"], "max_position_embeddings": POSITIONS + 2, "type_vocab_size": 1,
        "bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, **sizes(vocabulary)})
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "XLMRobertaTokenizer", "model_max_length": POSITIONS, "bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>",
        "sep_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>", "mask_token": "<mask>"})
    pooled(folder, "mean_tokens")


def modernbert(folder):
    """Byte-level BPE between BERT's tokens; the first one's vector."""
    tokenizer = gpt2(["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"])
    first, close, vocabulary = id_of(tokenizer, "[CLS]"), id_of(tokenizer, "[SEP]"), size_of(tokenizer)
    frame = wordpiece()["post_processor"]
    frame["special_tokens"] = {
        content: {"id": content, "ids": [identifier], "tokens": [content]} for content, identifier in (("[CLS]", first), ("[SEP]", close))}
    tokenizer["normalizer"] = {"type": "NFC"}
    tokenizer["post_processor"] = frame
    encoder(134, vocabulary).write_tokens(folder)
    write_json(folder / "config.json", {
        "model_type": "modernbert", "architectures": ["ModernBertModel"], "max_position_embeddings": POSITIONS, "cls_token_id": first,
        "sep_token_id": close, "pad_token_id": id_of(tokenizer, "[PAD]"), "classifier_pooling": "cls", **sizes(vocabulary)})
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": POSITIONS, "model_input_names": ["input_ids", "attention_mask"],
        "cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]", "unk_token": "[UNK]", "mask_token": "[MASK]"})
    pooled(folder, "cls_token")


def bert_unscaled(folder):
    bert(folder, 135, embedding, architectures=["BertModel"])
    pooled(folder, "mean_tokens", normalized=False)


def bert_external(folder):
    bert(folder, 136, lambda writer, to: writer.write_tokens(to, external=True), architectures=["BertModel"],
         **{"transformers.js_config": {"use_external_data_format": True}})
    pooled(folder, "mean_tokens")


MODELS = [
    vectors("tiny-distilbert", distilbert, "mean"),
    vectors("tiny-mpnet", mpnet, "mean"),
    vectors("tiny-xlm-roberta", xlm_roberta, "mean"),
    vectors("tiny-modernbert", modernbert, "first"),
    vectors("tiny-bert-unscaled", bert_unscaled, "mean", scaled=False),
    vectors("tiny-bert-external", bert_external, "mean"),
]
