"""Runs graphs of graph.py in numpy, operator by operator as the ONNX specification defines them."""
import math

import numpy as np
import onnx
from onnx import numpy_helper


def load(path):
    """A function of inputs by name that gives the outputs by name."""
    graph = onnx.load(str(path)).graph
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}

    def run(**inputs):
        values = {**weights, **inputs}
        for node in graph.node:
            attributes = {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}
            values[node.output[0]] = OPERATORS[node.op_type](*(values[name] for name in node.input), **attributes)
        return {output.name: values[output.name] for output in graph.output}

    return run


def windows(x, side, stride):
    """[batch, channels, rows, columns, side, side]."""
    view = np.lib.stride_tricks.sliding_window_view(x, (side, side), axis=(2, 3))
    return view[:, :, ::stride, ::stride]


def convolve(x, weight, kernel_shape, pads=(0, 0, 0, 0), strides=(1, 1)):
    x = np.pad(x, ((0, 0), (0, 0), (pads[0], pads[2]), (pads[1], pads[3])))
    return np.einsum("bcyxij,ocij->boyx", windows(x, kernel_shape[0], strides[0]), weight)


def widen(x, weight, kernel_shape, strides):
    """ConvTranspose whose kernels do not overlap."""
    assert list(kernel_shape) == list(strides)
    spread = np.einsum("bcyx,coij->boyixj", x, weight)
    batch, channels, rows, high, columns, wide = spread.shape
    return spread.reshape(batch, channels, rows * high, columns * wide)


def layer_norm(x, gain, shift, axis, epsilon):
    mean, variance = x.mean(axis=axis, keepdims=True), x.var(axis=axis, keepdims=True)
    return (x - mean) / np.sqrt(variance + epsilon) * gain + shift


def softmax(x, axis):
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def reshape(x, shape):
    return x.reshape([x.shape[place] if size == 0 else size for place, size in enumerate(shape)])


OPERATORS = {
    "Add": np.add, "Sub": np.subtract, "Mul": np.multiply, "MatMul": np.matmul, "Greater": np.greater, "Where": np.where,
    "Cos": np.cos, "Sin": np.sin, "Tanh": np.tanh, "Erf": np.vectorize(math.erf, otypes=[np.float32]), "Identity": lambda x: x,
    "Cast": lambda x, to: x.astype(onnx.mapping.TENSOR_TYPE_TO_NP_TYPE[to]),
    "Concat": lambda *parts, axis: np.concatenate(parts, axis=axis),
    "Conv": convolve, "ConvTranspose": widen, "LayerNormalization": layer_norm, "Softmax": softmax, "Reshape": reshape,
    "Gather": lambda x, places, axis=0: np.take(x, places, axis=axis),
    "Range": lambda start, end, step: np.arange(start, end, step),
    "Shape": lambda x: np.array(x.shape, dtype=np.int64),
    "Transpose": lambda x, perm: x.transpose(perm),
    "Unsqueeze": lambda x, axes: np.expand_dims(x, tuple(axes)),
}
