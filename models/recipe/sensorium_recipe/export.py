"""Checkpoint -> pack folder: graphs, Hugging Face configuration files, manifest."""
import io
from pathlib import Path

import onnx
import torch

from . import graphs
from .fused_step import fused_step_onnx
from .merge import merge_decoder
from .onnx_tools import SharedWeights, halve_weights

OPSET = 17
BATCH, TOKENS, PAST, ENCODED = "batch_size", "sequence_length", "past_sequence_length", "encoder_sequence_length"
SHARED_WEIGHTS = "decoder_model_merged.onnx_data"


def to_onnx(module, arguments, inputs, outputs, axes):
    """Runs torch's exporter into memory; `axes` names the free dimensions: {tensor: {dimension: name}}."""
    buffer = io.BytesIO()
    torch.onnx.export(module.eval(), arguments, buffer, input_names=inputs, output_names=outputs,
                      dynamic_axes=axes, opset_version=OPSET, do_constant_folding=True)
    model = onnx.load_from_string(buffer.getvalue())
    model.producer_version = ""  # the same weights give the same bytes
    return model


def cache_names(layers, stem, sides=("decoder", "encoder")):
    return [f"{stem}.{i}.{side}.{part}" for i in range(layers) for side in sides for part in ("key", "value")]


def cache_axes(layers, stem, own_length):
    return {name: {0: BATCH, 2: own_length if ".decoder." in name else ENCODED}
            for name in cache_names(layers, stem)}


def example_caches(config, batch, own, encoded):
    shape = lambda length: (batch, config.heads, length, config.width // config.heads)
    return [torch.randn(shape(own if i % 4 < 2 else encoded)) for i in range(4 * config.decoder_layers)]


def cross_kv_onnx(model):
    names = cache_names(model.config.decoder_layers, "present", ("encoder",))
    hidden = torch.randn(2, 7, model.config.width)
    axes = {"encoder_hidden_states": {0: BATCH, 1: ENCODED}, **{n: {0: BATCH, 2: ENCODED} for n in names}}
    return to_onnx(graphs.CrossKvGraph(model), (hidden,), ["encoder_hidden_states"], names, axes)


def plain_step_onnx(model):
    config, layers = model.config, model.config.decoder_layers
    past, present = cache_names(layers, "past_key_values"), cache_names(layers, "present", ("decoder",))
    axes = {"input_ids": {0: BATCH, 1: TOKENS}, "logits": {0: BATCH, 1: TOKENS},
            **cache_axes(layers, "past_key_values", PAST), **{n: {0: BATCH, 2: "total_sequence_length"} for n in present}}
    arguments = (torch.ones(2, 3, dtype=torch.long), *example_caches(config, 2, 5, 7))
    return to_onnx(graphs.PlainStepGraph(model), arguments, ["input_ids", *past], ["logits", *present], axes)


def serving_step_onnx(model):
    config, layers = model.config, model.config.decoder_layers
    past, present = cache_names(layers, "past_key_values"), cache_names(layers, "present", ("decoder",))
    axes = {"input_ids": {0: BATCH, 1: TOKENS}, "past_lengths": {0: BATCH}, "encoder_lengths": {0: BATCH},
            "logits": {0: BATCH, 1: TOKENS}, **cache_axes(layers, "past_key_values", "capacity"),
            **{n: {0: BATCH, 2: TOKENS} for n in present},
            "cross_attentions": {0: BATCH, 2: TOKENS, 3: ENCODED}}
    arguments = (torch.ones(2, 3, dtype=torch.long), torch.tensor([2, 4]), torch.tensor([7, 5]),
                 *example_caches(config, 2, 6, 7))
    return to_onnx(graphs.ServingStepGraph(model), arguments, ["input_ids", "past_lengths", "encoder_lengths", *past],
                   ["logits", *present, "cross_attentions"], axes)


def write_decoders(model, folder):
    """The decoder graphs and the one file of weights that they share."""
    shared = SharedWeights(folder / SHARED_WEIGHTS)
    cross_kv = cross_kv_onnx(model)
    parts = {"decoder_model_merged": merge_decoder(cross_kv, plain_step_onnx(model)),
             "decoder_cross_kv": cross_kv, "decoder_model_serving": serving_step_onnx(model),
             "decoder_model_serving_cpu": fused_step_onnx(model)}
    for name, graph in parts.items():
        onnx.save(shared.move_out(halve_weights(graph)), folder / f"{name}.onnx")
    shared.write()


def picture_onnx(model, side):
    axes = {"pixel_values": {0: BATCH}, "last_hidden_state": {0: BATCH}, "image_embeds": {0: BATCH}}
    return to_onnx(graphs.PictureGraph(model), (torch.randn(2, 3, side, side),),
                   ["pixel_values"], ["last_hidden_state", "image_embeds"], axes)


def text_onnx(model):
    names = ["input_ids", "attention_mask"]
    axes = {**{n: {0: BATCH, 1: TOKENS} for n in (*names, "last_hidden_state")}, "text_embeds": {0: BATCH}}
    ids = torch.ones(2, 5, dtype=torch.long)
    return to_onnx(graphs.TextGraph(model), (ids, ids), names, ["text_embeds", "last_hidden_state"], axes)


def sound_onnx(model, frames):
    axes = {"input_features": {0: BATCH}, "last_hidden_state": {0: BATCH}, "audio_embeds": {0: BATCH}}
    return to_onnx(graphs.SoundGraph(model), (torch.randn(2, model.sound.MEL_BANDS, frames),),
                   ["input_features"], ["last_hidden_state", "audio_embeds"], axes)


def clip_onnx(model, side):
    tokens = (side // 16) ** 2
    axes = {"frame_hidden_states": {0: BATCH, 1: "num_frames"}, "last_hidden_state": {0: BATCH, 1: "video_tokens"},
            "video_embeds": {0: BATCH}}
    return to_onnx(graphs.ClipGraph(model), (torch.randn(2, 6, tokens, model.config.width),),
                   ["frame_hidden_states"], ["last_hidden_state", "video_embeds"], axes)


def write_graphs(model, pack, side, mel_frames):
    """All ONNX files of the pack. The picture graph stands in two folders, byte for byte the same."""
    pack, model = Path(pack), model.eval()
    for folder in ("captioner", "clip", "audio", "video"):
        (pack / folder / "onnx").mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        picture = halve_weights(picture_onnx(model, side))
        onnx.save(picture, pack / "captioner/onnx/encoder_model.onnx")
        onnx.save(picture, pack / "clip/onnx/vision_model.onnx")
        onnx.save(halve_weights(text_onnx(model)), pack / "clip/onnx/text_model.onnx")
        onnx.save(halve_weights(sound_onnx(model, mel_frames)), pack / "audio/onnx/model.onnx")
        onnx.save(halve_weights(clip_onnx(model, side)), pack / "video/onnx/model.onnx")
        write_decoders(model, pack / "captioner/onnx")
