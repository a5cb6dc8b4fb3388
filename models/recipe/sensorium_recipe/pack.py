"""The files of a pack that are not graphs: Hugging Face configurations, tokenizer, manifest with digests."""
import hashlib
import json
from pathlib import Path

from .model import MODALITIES

PAD, BOS, EOS = 0, 1, 2
PICTURE_MEAN, PICTURE_STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
SAMPLING_RATE, HOP, FFT = 16000, 160, 400
BICUBIC = 3  # Pillow's number


def write_json(path, content):
    Path(path).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def picture_preprocessor(side):
    return {"image_processor_type": "ViTImageProcessor", "do_resize": True,
            "size": {"height": side, "width": side}, "resample": BICUBIC, "do_rescale": True,
            "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": PICTURE_MEAN, "image_std": PICTURE_STD}


def sound_preprocessor(frames, bands):
    return {"feature_extractor_type": "WhisperFeatureExtractor", "feature_size": bands,
            "sampling_rate": SAMPLING_RATE, "hop_length": HOP, "n_fft": FFT,
            "chunk_length": frames * HOP // SAMPLING_RATE, "n_samples": frames * HOP, "nb_max_frames": frames,
            "padding_side": "right", "padding_value": 0.0, "return_attention_mask": False}


def tokenizer_config(max_tokens):
    return {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": max_tokens, "pad_token": "<pad>",
            "bos_token": "<bos>", "eos_token": "<eos>", "clean_up_tokenization_spaces": False}


def captioner_config(config, side):
    special = {"bos_token_id": BOS, "eos_token_id": EOS, "pad_token_id": PAD, "decoder_start_token_id": BOS}
    encoder = {"model_type": "vit", "hidden_size": config.width, "image_size": side, "patch_size": 16,
               "num_channels": 3, "num_attention_heads": config.heads, "num_hidden_layers": config.picture_layers}
    decoder = {"model_type": "trocr", "is_decoder": True, "add_cross_attention": True, "use_cache": True,
               "vocab_size": config.vocabulary, "d_model": config.width, "cross_attention_hidden_size": config.width,
               "decoder_layers": config.decoder_layers, "decoder_attention_heads": config.heads,
               "decoder_ffn_dim": 4 * config.width, "max_position_embeddings": config.max_tokens, **special}
    return {"model_type": "vision-encoder-decoder", "architectures": ["VisionEncoderDecoderModel"],
            "is_encoder_decoder": True, "encoder": encoder, "decoder": decoder, "vocab_size": config.vocabulary,
            **special, "transformers.js_config": {"use_external_data_format": {"decoder_model_merged.onnx": 1},
                                                  "dtype": "fp32"}}


def clip_config(config, side):
    tower = {"hidden_size": config.width, "projection_dim": config.width, "num_attention_heads": config.heads}
    text = {"model_type": "clip_text_model", "vocab_size": config.vocabulary, "num_hidden_layers": config.text_layers,
            "max_position_embeddings": config.max_tokens, "bos_token_id": BOS, "eos_token_id": EOS,
            "pad_token_id": PAD, **tower}
    vision = {"model_type": "clip_vision_model", "image_size": side, "patch_size": 16,
              "num_hidden_layers": config.picture_layers, **tower}
    return {"model_type": "clip", "architectures": ["CLIPModel"], "projection_dim": config.width,
            "text_config": text, "vision_config": vision, "transformers.js_config": {"dtype": "fp32"}}


def write_configs(pack, config, side, mel_frames, bands, generation, tokenizer, num_frames):
    """The configuration files of every folder; graphs are written before."""
    # Read before it is written: the tokenizer may be the one of the pack that is written over.
    pack, merges = Path(pack), Path(tokenizer).read_bytes()
    for folder in ("captioner", "clip"):
        write_json(pack / folder / "preprocessor_config.json", picture_preprocessor(side))
        write_json(pack / folder / "tokenizer_config.json", tokenizer_config(config.max_tokens))
        (pack / folder / "tokenizer.json").write_bytes(merges)
    write_json(pack / "captioner/config.json", captioner_config(config, side))
    write_json(pack / "captioner/generation_config.json",
               {"bos_token_id": BOS, "eos_token_id": EOS, "pad_token_id": PAD, "decoder_start_token_id": BOS,
                **generation})
    write_json(pack / "clip/config.json", clip_config(config, side))
    shape = {"hidden_size": config.width, "projection_dim": config.width, "num_attention_heads": config.heads}
    write_json(pack / "audio/config.json", {"model_type": "sensorium-audio", "num_mel_bins": bands,
                                            "num_hidden_layers": config.sound_layers, **shape})
    write_json(pack / "audio/preprocessor_config.json", sound_preprocessor(mel_frames, bands))
    write_json(pack / "video/config.json", {"model_type": "sensorium-video", "num_frames": num_frames,
                                            "num_hidden_layers": config.clip_layers, **shape})


def digests(pack):
    """SHA-256 of every file but the manifest, by its path inside the pack."""
    files = sorted(p for p in Path(pack).rglob("*") if p.is_file() and p.name != "pack.json")
    return {p.relative_to(pack).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def encoders(config, num_frames, window_seconds):
    return {"text": {"folder": "clip", "model": "text_model", "embedding": "text_embeds",
                     "max_tokens": config.max_tokens},
            "vision": {"folder": "captioner", "model": "encoder_model", "embedding": "image_embeds"},
            "audio": {"folder": "audio", "model": "model", "embedding": "audio_embeds",
                      "window_seconds": window_seconds},
            "video": {"folder": "video", "model": "model", "embedding": "video_embeds", "frame_encoder": "vision",
                      "num_frames": num_frames}}


def decoder(config):
    return {"folder": "captioner", "step": "decoder_model_serving",
            "step_cpu": "decoder_model_serving_cpu", "cross_kv": "decoder_cross_kv",
            "plain": "decoder_model_merged", "layers": config.decoder_layers, "heads": config.heads,
            "head_width": config.width // config.heads, "capacity": config.max_tokens,
            "vocabulary": config.vocabulary}


def write_manifest(pack, identity, config, trained, num_frames, window_seconds):
    """`identity` names the pack, `trained` says what its decoder has learned (both from the size's file)."""
    files = digests(pack)
    # Vectors of different weights do not compare, so the space is named after the weights that span it.
    spanning = [files[f"{f}.onnx"] for f in ("captioner/onnx/encoder_model", "clip/onnx/text_model",
                                             "audio/onnx/model", "video/onnx/model")]
    space = hashlib.sha256("".join(spanning).encode()).hexdigest()[:12]
    write_json(Path(pack) / "pack.json", {
        "format": 1, **identity, "space_id": f"{identity['id']}-{space}", "embedding_width": config.width,
        "modality_order": list(MODALITIES), "encoders": encoders(config, num_frames, window_seconds),
        "decoder": decoder(config), **trained, "files": files})


def seal(pack):
    """Renews the digests of a manifest after a change to a file that is no graph, the model card for instance."""
    path = Path(pack) / "pack.json"
    manifest = json.loads(path.read_text())
    write_json(path, {**manifest, "files": digests(pack)})
