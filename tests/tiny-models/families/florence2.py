"""Florence-2: a picture and a prompt are read together by an encoder, and a decoder answers in words and in places within the picture."""
import numpy as np

from writing.decoder import Decoder
from writing.gpt2 import gpt2, id_of, size_of
from writing.graph import Graph
from writing.model import Model, write_json

WIDTH, HEADS, LAYERS, SIDE, PATCH, POSITIONS, PLACES = 32, 4, 2, 32, 8, 160, 1000
BEGIN, END = "<s>", "</s>"
TASKS = {"<CAPTION>": "a photo of what?", "<OD>": "the cats in the street", "<OCR_WITH_REGION>": "old sound, over two"}
TASKS_WITH_INPUT = {"<CAPTION_TO_PHRASE_GROUNDING>": "the meadow: {input}", "<REGION_TO_DESCRIPTION>": "What runs in {input}?"}
ANSWERS = {"<CAPTION>": "pure_text", "<OD>": "description_with_bboxes", "<OCR_WITH_REGION>": "ocr", "<CAPTION_TO_PHRASE_GROUNDING>": "phrase_grounding",
           "<REGION_TO_DESCRIPTION>": "pure_text"}


def vision(folder, seed):
    graph = Graph(seed)
    pixels = graph.input("pixel_values", "float32", "batch_size", 3, SIDE, SIDE)
    count = (SIDE // PATCH) ** 2 + 1
    x = graph.with_class_token(graph.patches(pixels, 3, WIDTH, PATCH), WIDTH)
    x = graph.layer(graph("Add", x, graph.weight(1, count, WIDTH, scale=0.5)), WIDTH, HEADS)
    graph.output(graph.layer_norm(x, WIDTH), "image_features", "float32", "batch_size", count, WIDTH)
    graph.save(folder / "onnx" / "vision_encoder.onnx")
    return count


def embed(folder, seed, vocabulary):
    graph = Graph(seed)
    ids = graph.input("input_ids", "int64", "batch_size", "sequence_length")
    words = graph("Gather", graph.weight(vocabulary, WIDTH, scale=0.5), ids)
    graph.output(words, "inputs_embeds", "float32", "batch_size", "sequence_length", WIDTH)
    graph.save(folder / "onnx" / "embed_tokens.onnx")


def encoder(folder, seed):
    graph = Graph(seed)
    x = graph.input("inputs_embeds", "float32", "batch_size", "encoder_sequence_length", WIDTH)
    mask = graph.input("attention_mask", "int64", "batch_size", "encoder_sequence_length")
    x = graph("Add", x, graph("Gather", graph.weight(POSITIONS, WIDTH, scale=0.5), graph.positions_of(x)))
    bias = graph.padding_bias(mask)
    for _ in range(LAYERS):
        x = graph.layer(x, WIDTH, HEADS, bias)
    graph.output(graph.layer_norm(x, WIDTH), "last_hidden_state", "float32", "batch_size", "encoder_sequence_length", WIDTH)
    graph.save(folder / "onnx" / "encoder_model.onnx")


def florence2(folder, seed=131):
    tokenizer = gpt2([BEGIN, END, *(f"<loc_{place}>" for place in range(PLACES))])
    vocabulary, begin, end = size_of(tokenizer), id_of(tokenizer, BEGIN), id_of(tokenizer, END)
    tokenizer["post_processor"] = {"type": "RobertaProcessing", "sep": [END, end], "cls": [BEGIN, begin], "trim_offsets": True, "add_prefix_space": False}
    count = vision(folder, seed)
    embed(folder, seed + 1, vocabulary)
    encoder(folder, seed + 2)
    Decoder(seed + 3, vocabulary, WIDTH, HEADS, LAYERS, POSITIONS, vectors=True).write_merged(folder)
    write_json(folder / "config.json", {
        "model_type": "florence2", "architectures": ["Florence2ForConditionalGeneration"], "is_encoder_decoder": True, "vocab_size": vocabulary,
        "projection_dim": WIDTH, "bos_token_id": begin, "eos_token_id": end, "pad_token_id": end,
        "vision_config": {"model_type": "davit"},
        "text_config": {
            "model_type": "florence2_language", "vocab_size": vocabulary, "d_model": WIDTH, "max_position_embeddings": POSITIONS, "is_encoder_decoder": True,
            "encoder_layers": LAYERS, "decoder_layers": LAYERS, "encoder_attention_heads": HEADS, "decoder_attention_heads": HEADS,
            "decoder_start_token_id": end, "forced_bos_token_id": begin, "forced_eos_token_id": end, "no_repeat_ngram_size": 3}})
    write_json(folder / "generation_config.json", {
        "bos_token_id": begin, "decoder_start_token_id": end, "eos_token_id": end, "pad_token_id": end, "forced_bos_token_id": begin,
        "forced_eos_token_id": end, "no_repeat_ngram_size": 3})
    write_json(folder / "preprocessor_config.json", {
        "image_processor_type": "CLIPImageProcessor", "processor_class": "Florence2Processor", "do_center_crop": False, "do_convert_rgb": True,
        "do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225],
        "image_seq_length": count, "resample": 3, "rescale_factor": 1 / 255, "size": {"height": SIDE, "width": SIDE},
        "crop_size": {"height": SIDE, "width": SIDE}, "task_prompts_without_inputs": TASKS, "task_prompts_with_input": TASKS_WITH_INPUT,
        "tasks_answer_post_processing_type": ANSWERS})
    write_json(folder / "tokenizer.json", tokenizer)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "BartTokenizer", "model_max_length": 1024, "bos_token": BEGIN, "eos_token": END, "unk_token": END, "pad_token": END,
        "add_prefix_space": False, "clean_up_tokenization_spaces": False, "processor_class": "Florence2Processor"})


PROMPTS = [
    {"picture": "picture-32.png", "prompt": "<CAPTION>"},
    {"picture": "other-32.png", "prompt": "<OD>"},
    {"picture": "picture-32.png", "prompt": "<OCR_WITH_REGION>"},
    {"picture": "other-32.png", "prompt": "<CAPTION_TO_PHRASE_GROUNDING>a blue bird and a car"},
    {"picture": "picture-32.png", "prompt": "<REGION_TO_DESCRIPTION><loc_52><loc_332><loc_932><loc_774>"},
    {"picture": "picture-32.png", "prompt": "What sings?"},
]
MODELS = [Model("tiny-florence2", "picture_tasks", {"prompts": PROMPTS, "tokens": 40}, florence2)]
