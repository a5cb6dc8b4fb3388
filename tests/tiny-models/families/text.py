"""Texts: vectors by every kind of pooling, scores of pairs, and labels, of models like BERT and like RoBERTa."""
from writing.gpt2 import gpt2, id_of, size_of
from writing.model import Model, write_json
from writing.text_encoder import TextEncoder
from writing.wordpiece import wordpiece

WIDTH, HEADS, LAYERS, POSITIONS = 32, 4, 2, 48
TEXTS = ["two dogs run over a meadow", "A red car.", "Rain!", "the old man sings in the street, and this is a photo of two cats"]
QUERY = "what sings in the street?"
DOCUMENTS = ["a bird", "the old man sings over the street", "A red car.", "rain, rain, rain"]
LABELS = ["animal", "vehicle", "weather"]
VERDICTS = ["contradiction", "neutral", "ENTAILMENT"]


def bert(folder, seed, head, **settings):
    tokenizer = wordpiece()
    vocabulary = len(tokenizer["model"]["vocab"])
    head(TextEncoder(seed, vocabulary, WIDTH, HEADS, LAYERS, POSITIONS), folder)
    write_json(folder / "config.json", {"model_type": "bert", "max_position_embeddings": POSITIONS, "type_vocab_size": 2, "pad_token_id": 0,
                                        **sizes(vocabulary), **settings})
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "BertTokenizer", "model_max_length": POSITIONS, "do_lower_case": True, "pad_token": "[PAD]", "unk_token": "[UNK]",
        "cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]"})


def roberta(folder, seed, head, **settings):
    tokenizer = gpt2(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    vocabulary, start, end, pad = size_of(tokenizer), id_of(tokenizer, "<s>"), id_of(tokenizer, "</s>"), id_of(tokenizer, "<pad>")
    tokenizer["post_processor"] = {
        "type": "RobertaProcessing", "sep": ["</s>", end], "cls": ["<s>", start], "trim_offsets": True, "add_prefix_space": False}
    # As in the exports, two positions more than texts may have tokens.
    head(TextEncoder(seed, vocabulary, WIDTH, HEADS, LAYERS, POSITIONS + 2, first_position=2, has_types=False), folder)
    write_json(folder / "config.json", {"model_type": "roberta", "max_position_embeddings": POSITIONS + 2, "type_vocab_size": 1,
                                        "bos_token_id": start, "eos_token_id": end, "pad_token_id": pad, **sizes(vocabulary), **settings})
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "RobertaTokenizer", "model_max_length": POSITIONS, "bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>",
        "sep_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>", "mask_token": "<mask>", "add_prefix_space": False})


def sizes(vocabulary):
    return {"vocab_size": vocabulary, "hidden_size": WIDTH, "num_attention_heads": HEADS, "num_hidden_layers": LAYERS, "intermediate_size": 2 * WIDTH}


def pooled(folder, mode, normalized=True):
    """The files in which sentence-transformers says how tokens become one vector, and whether it has length 1."""
    modes = ("cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken")
    write_json(folder / "1_Pooling" / "config.json", {
        "word_embedding_dimension": WIDTH, **{f"pooling_mode_{name}": name == mode for name in modes}, "include_prompt": True})
    kinds = [("", "Transformer"), ("1_Pooling", "Pooling"), *([("2_Normalize", "Normalize")] if normalized else [])]
    write_json(folder / "modules.json", [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"} for i, (path, kind) in enumerate(kinds)])


def embedding(encoder, folder):
    encoder.write_tokens(folder)


def bert_without_pooling(folder):
    bert(folder, 31, embedding, architectures=["BertModel"])


def bert_first_token(folder):
    bert(folder, 32, embedding, architectures=["BertModel"])
    pooled(folder, "cls_token")
    write_json(folder / "config_sentence_transformers.json", {
        "__version__": {"sentence_transformers": "3.0.0"}, "prompts": {"query": "a photo of ", "document": ""}, "default_prompt_name": None})


def bert_sentence(folder):
    bert(folder, 33, lambda encoder, to: encoder.write_tokens(to, "token_embeddings", with_sentence=True), architectures=["BertModel"])
    pooled(folder, "mean_tokens")


def roberta_mean(folder):
    roberta(folder, 34, embedding, architectures=["RobertaModel"])
    pooled(folder, "mean_tokens")


def roberta_last_token(folder):
    roberta(folder, 35, embedding, architectures=["RobertaModel"])
    pooled(folder, "lasttoken")


def labelled(labels, **settings):
    return {"id2label": dict(enumerate(labels)), "label2id": {label: i for i, label in enumerate(labels)}, **settings}


def bert_cross_encoder(folder):
    bert(folder, 36, lambda encoder, to: encoder.write_scores(to, 1), architectures=["BertForSequenceClassification"], **labelled(["LABEL_0"]))


def roberta_cross_encoder(folder):
    roberta(folder, 37, lambda encoder, to: encoder.write_scores(to, 1), architectures=["RobertaForSequenceClassification"],
            **labelled(["LABEL_0"]))


def bert_classifier(folder):
    bert(folder, 38, lambda encoder, to: encoder.write_scores(to, len(LABELS)), architectures=["BertForSequenceClassification"],
         **labelled(LABELS, problem_type="single_label_classification"))


def roberta_labeller(folder):
    roberta(folder, 39, lambda encoder, to: encoder.write_scores(to, len(LABELS)), architectures=["RobertaForSequenceClassification"],
            **labelled(LABELS, problem_type="multi_label_classification"))


def bert_nli(folder):
    bert(folder, 40, lambda encoder, to: encoder.write_scores(to, len(VERDICTS)), architectures=["BertForSequenceClassification"],
         **labelled(VERDICTS))


def vectors(identifier, write, pooling, prompt="", scaled=True):
    return Model(identifier, "text_vectors", {"texts": TEXTS, "pooling": pooling, "prompt": prompt, "scaled": scaled}, write)


MODELS = [
    vectors("tiny-bert", bert_without_pooling, "mean"),
    vectors("tiny-bert-cls", bert_first_token, "first", "a photo of "),
    vectors("tiny-bert-sentence", bert_sentence, "mean"),
    vectors("tiny-roberta", roberta_mean, "mean"),
    vectors("tiny-roberta-last", roberta_last_token, "last"),
    Model("tiny-cross-encoder", "pair_scores", {"query": QUERY, "documents": DOCUMENTS}, bert_cross_encoder),
    Model("tiny-roberta-reranker", "pair_scores", {"query": QUERY, "documents": DOCUMENTS}, roberta_cross_encoder),
    Model("tiny-classifier", "text_labels", {"texts": TEXTS}, bert_classifier),
    Model("tiny-nli", "entailed_labels", {"texts": TEXTS, "labels": ["a dog", "rain", "the street"], "template": "this is a photo of {}"}, bert_nli),
    Model("tiny-labeller", "text_labels", {"texts": TEXTS}, roberta_labeller),
]
