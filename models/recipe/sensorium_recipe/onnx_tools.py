"""What torch's exporter leaves to do: half-size weights and shared weight files."""
import hashlib
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

# Below this many elements a tensor stays float32: biases and norms weigh nothing and keep their precision.
HALF_FROM = 2048
# Shared files are mapped into memory page by page.
PAGE = 4096


def halve_weights(model):
    """Stores large float32 weights as float16 with a Cast behind each; ONNX Runtime folds the Cast when it loads."""
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < HALF_FROM:
            continue
        name = tensor.name
        half = values.astype(np.float16)
        if not np.isfinite(half).all():
            raise ValueError(f"{name} does not fit into float16")
        tensor.CopyFrom(numpy_helper.from_array(half, f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], name=f"{name}_cast", to=TensorProto.FLOAT))
    nodes = casts + list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model


class SharedWeights:
    """A file of weights that several graphs refer to; equal tensors are stored once."""

    def __init__(self, path):
        self.path, self.places, self.content = Path(path), {}, bytearray()

    def move_out(self, model):
        for tensor in model.graph.initializer:
            data = tensor.raw_data
            if tensor.data_type != TensorProto.FLOAT16 or len(data) < PAGE:
                continue
            key = hashlib.sha256(data).digest()
            if key not in self.places:
                self.content += bytes(-len(self.content) % PAGE)
                self.places[key] = len(self.content)
                self.content += data
            self._refer(tensor, self.places[key], len(data))
        return model

    def _refer(self, tensor, offset, length):
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", self.path.name), ("offset", offset), ("length", length)):
            tensor.external_data.append(onnx.StringStringEntryProto(key=key, value=str(value)))

    def write(self):
        self.path.write_bytes(self.content)
