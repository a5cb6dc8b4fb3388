"""Pack folder -> checkpoint, so that training can go on from the weights that ship, without the one that made them.

Undoes what the exporter does to names: batch norm is folded into the convolution before it, the matrix of a linear layer is
turned over and known only by the bias that is added to its product, and the mark of a modality is the last thing added.
What only training needs (heads, temperature) is not in a pack and starts anew.
"""
from pathlib import Path, PurePosixPath

import onnx
import torch
from onnx import numpy_helper

from .model import MODALITIES

# Graphs, by the part of the model that each holds, and the modality whose mark it adds.
GRAPHS = (("captioner/onnx/encoder_model.onnx", "vision"), ("clip/onnx/text_model.onnx", "text"),
          ("audio/onnx/model.onnx", "audio"), ("video/onnx/model.onnx", "video"),
          ("captioner/onnx/decoder_model_serving.onnx", None), ("captioner/onnx/decoder_cross_kv.onnx", None))
HALF = "_half"
# Counters that nothing reads, and what only training uses.
NOT_IN_A_PACK = ("num_batches_tracked", "log_temperature")


def read_weights(graph, folder):
    """-> {name as the nodes know it: float32 tensor}"""
    read = lambda tensor: torch.from_numpy(numpy_helper.to_array(tensor, str(folder)).copy()).float()
    weights = {tensor.name.removesuffix(HALF): read(tensor) for tensor in graph.initializer
               if tensor.data_type in (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16)}
    for node in graph.node:  # the exporter keeps one of several equal tensors
        if node.op_type == "Identity" and node.input[0] in weights:
            weights[node.output[0]] = weights[node.input[0]]
    return weights


def parameter_of(name):
    """Name in a graph -> name in the model; the decoder's graphs hold the decoder alone."""
    return name.removeprefix("model.")


def convolution_of(output):
    """'/picture/convolutions/convolutions.2/first/first.0/Conv_output_0' -> 'picture.convolutions.2.first.0'"""
    root, *parts = PurePosixPath(output).parts[1:-1]
    last = parts[-1]
    return f"{root}.{last}" if last.startswith("convolutions.") else f"{root}.{parts[-3]}.{last}"


def linear_weights(graph, weights):
    """Matrices of linear layers, found by the bias that is added to their product."""
    products = {node.output[0]: node.input[1] for node in graph.node if node.op_type == "MatMul"}
    found = {}
    for node in graph.node:
        if node.op_type == "Add" and node.input[0].endswith(".bias") and products.get(node.input[1]) in weights:
            found[parameter_of(node.input[0]).removesuffix("bias") + "weight"] = weights[products[node.input[1]]].T
    return found


def convolution_weights(graph, weights, epsilon):
    """Convolutions with the batch norm that was folded into them; the norm is left with the shift alone."""
    found = {}
    for node in graph.node:
        if node.op_type == "Conv" and not node.input[1].startswith("model."):
            name, count = convolution_of(node.output[0]), len(weights[node.input[2]])
            norm = f"{name[:-1]}{int(name[-1]) + 1}"
            found |= {f"{name}.weight": weights[node.input[1]], f"{norm}.bias": weights[node.input[2]],
                      f"{norm}.weight": torch.full((count,), (1 + epsilon) ** 0.5),
                      f"{norm}.running_mean": torch.zeros(count), f"{norm}.running_var": torch.ones(count)}
    return found


def flow_of(graph, weights):
    """The clip encoder's table of movements: the only constant of three dimensions that is multiplied with."""
    return {"clip.flow": weights[node.input[1]] for node in graph.node
            if node.op_type == "MatMul" and node.input[1] in weights and weights[node.input[1]].ndim == 3}


def mark_of(graph, weights):
    """What is added to every token, last of all."""
    (node,) = (node for node in graph.node if "last_hidden_state" in node.output)
    return next(weights[name] for name in node.input if name in weights)


def load_pack(pack, model):
    """Fills the model with the weights of a pack that `export` wrote from the same configuration."""
    state, marks = {}, torch.zeros_like(model.modality)
    epsilon = next(m.eps for m in model.modules() if isinstance(m, torch.nn.BatchNorm2d))
    for path, modality in GRAPHS:
        path = Path(pack) / path
        graph = onnx.load(path, load_external_data=False).graph
        weights = read_weights(graph, path.parent)
        named = {parameter_of(name): value for name, value in weights.items() if not name.startswith("onnx::")}
        state |= named | linear_weights(graph, weights) | convolution_weights(graph, weights, epsilon) | flow_of(graph, weights)
        if modality is not None:
            marks[MODALITIES.index(modality)] = mark_of(graph, weights)
    state["modality"] = marks
    missing, unexpected = model.load_state_dict(state, strict=False)
    missing = [name for name in missing if not name.endswith(NOT_IN_A_PACK)]
    if missing or unexpected:
        raise ValueError(f"{pack} does not fit: missing {missing}, unexpected {unexpected}")
    return model
