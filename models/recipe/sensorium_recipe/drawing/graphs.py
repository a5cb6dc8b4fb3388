"""The graphs of the folder, with the tensor names of the diffusers library's ONNX layout."""
import onnx
import torch
from onnx import TensorProto, helper
from torch import nn

from ..export import BATCH, TOKENS, to_onnx
from .latents import PAD

SIDES = {2: "height", 3: "width"}


class PixelsOf(nn.Module):
    """latent_sample -> sample"""

    def __init__(self, autoencoder):
        super().__init__()
        self.autoencoder = autoencoder

    def forward(self, latents):
        return self.autoencoder.decode(latents)


class LatentsOf(nn.Module):
    """sample -> latent_sample"""

    def __init__(self, autoencoder):
        super().__init__()
        self.autoencoder = autoencoder

    def forward(self, pixels):
        return self.autoencoder.encode(pixels)


def decoder_onnx(autoencoder):
    channels = autoencoder.mean.shape[1]
    axes = {"latent_sample": {0: BATCH, **SIDES}, "sample": {0: BATCH, 2: "pixel_height", 3: "pixel_width"}}
    return to_onnx(PixelsOf(autoencoder), (torch.randn(2, channels, 16, 16),), ["latent_sample"], ["sample"], axes)


def encoder_onnx(autoencoder):
    axes = {"sample": {0: BATCH, 2: "pixel_height", 3: "pixel_width"}, "latent_sample": {0: BATCH, **SIDES}}
    return to_onnx(LatentsOf(autoencoder), (torch.randn(2, 3, 64, 64),), ["sample"], ["latent_sample"], axes)


def denoiser_onnx(denoiser):
    latent, width = denoiser.begin.in_channels, denoiser.sentence.in_features
    axes = {"sample": {0: BATCH, **SIDES}, "timestep": {0: "timesteps"}, "encoder_hidden_states": {0: BATCH, 1: TOKENS},
            "out_sample": {0: BATCH, **SIDES}}
    arguments = torch.randn(2, latent, 16, 16), torch.tensor([1, 500]), torch.randn(2, 7, width)
    return to_onnx(denoiser, arguments, ["sample", "timestep", "encoder_hidden_states"], ["out_sample"], axes)


def text_onnx(pack):
    """The pack's text encoder as it is, which finds out by itself what is padding, and gives its vector and its tokens as one sequence."""
    model = onnx.load(pack / "clip/onnx/text_model.onnx")
    graph = model.graph
    kept = [value for value in graph.input if value.name == "input_ids"]
    del graph.input[:], graph.output[:]
    graph.input.extend(kept)
    graph.initializer.extend([helper.make_tensor("pad", TensorProto.INT64, [], [PAD]), helper.make_tensor("end", TensorProto.INT64, [1], [-1]),
                              helper.make_tensor("second", TensorProto.INT64, [1], [1])])
    nodes = [helper.make_node("Equal", ["input_ids", "pad"], ["is_padding"]), helper.make_node("Not", ["is_padding"], ["is_token"]),
             helper.make_node("Cast", ["is_token"], ["attention_mask"], to=TensorProto.INT64), *graph.node,
             helper.make_node("Cast", ["is_token"], ["weight"], to=TensorProto.FLOAT),
             helper.make_node("Unsqueeze", ["weight", "end"], ["weights"]), helper.make_node("Mul", ["token_states", "weights"], ["told"]),
             helper.make_node("Unsqueeze", ["text_embeds", "second"], ["sentence"]),
             helper.make_node("Concat", ["sentence", "told"], ["last_hidden_state"], axis=1)]
    for node in nodes[3:-5]:
        for names in (node.input, node.output):
            names[:] = ["token_states" if name == "last_hidden_state" else name for name in names]
    del graph.node[:]
    graph.node.extend(nodes)
    graph.output.append(helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [BATCH, "vectors", "width"]))
    onnx.checker.check_model(model)
    return model
