"""Runs the teachers' ONNX files with torch, for machines without ONNX Runtime for Python.

Only the operators that those files use. Weights that are stored as integers are unpacked once.
"""
import onnx
import torch
import torch.nn.functional as F
from onnx import helper, numpy_helper


def _dequantise(inputs, attributes):
    values, scale, zero = inputs[0].float(), inputs[1], inputs[2].float()
    if scale.ndim:
        shape = [1] * values.ndim
        shape[attributes.get("axis", 1)] = -1
        scale, zero = scale.view(shape), zero.view(shape)
    return (values - zero) * scale


def _conv(inputs, attributes):
    top, left, bottom, right = attributes.get("pads", [0] * 4)
    padded = F.pad(inputs[0], (left, right, top, bottom)) if top + left + bottom + right else inputs[0]
    return F.conv2d(padded, *inputs[1:3], attributes.get("strides", [1, 1]), 0,
                    attributes.get("dilations", [1, 1]), attributes.get("group", 1))


def _reshape(inputs, _):
    return inputs[0].reshape([inputs[0].shape[i] if n == 0 else n for i, n in enumerate(inputs[1].tolist())])


def _pad(inputs, _):
    before, after = inputs[1].view(2, -1).tolist()
    return F.pad(inputs[0], [n for pair in reversed(list(zip(before, after))) for n in pair])


def _slice(inputs, _):
    (start,), (end,), (axis,) = (t.tolist() for t in inputs[1:4])
    return inputs[0].narrow(axis, start, end - start)


def _mean(inputs, attributes):
    return inputs[0].mean(attributes["axes"], keepdim=bool(attributes.get("keepdims", 1)))


OPERATORS = {
    "DequantizeLinear": _dequantise, "Conv": _conv, "Reshape": _reshape, "Pad": _pad, "Slice": _slice,
    "ReduceMean": _mean,
    "Transpose": lambda i, a: i[0].permute(a["perm"]),
    "Clip": lambda i, a: i[0].clamp(*(float(x) for x in i[1:3])),
    "Add": lambda i, a: i[0] + i[1], "Mul": lambda i, a: i[0] * i[1], "MatMul": lambda i, a: i[0] @ i[1],
    "AveragePool": lambda i, a: F.avg_pool2d(i[0], a["kernel_shape"], a.get("strides")),
    "Flatten": lambda i, a: i[0].flatten(a.get("axis", 1)),
    "Gather": lambda i, a: i[0][i[1].long()], "Split": lambda i, a: i[0], "Identity": lambda i, a: i[0],
    "Sqrt": lambda i, a: i[0].sqrt(), "Log": lambda i, a: i[0].log(), "Sigmoid": lambda i, a: i[0].sigmoid(),
}


class OnnxRunner:
    """runner(input_name=tensor) -> {output_name: tensor}"""

    def __init__(self, path, device="cpu"):
        graph = onnx.load(path).graph
        self.outputs = [o.name for o in graph.output]
        self.constants = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
        self.steps = []
        for node in graph.node:
            attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
            if all(name in self.constants for name in node.input):
                self.constants[node.output[0]] = self._apply(node, attributes, self.constants)
            else:
                self.steps.append((node, attributes))
        # Shapes and single numbers stay where they can be read without waiting for the device.
        self.constants = {name: c.to(device) if c.is_floating_point() and c.ndim else c
                          for name, c in self.constants.items()}

    @staticmethod
    def _apply(node, attributes, values):
        return OPERATORS[node.op_type]([values[name] for name in node.input if name], attributes)

    @torch.no_grad()
    def __call__(self, **inputs):
        values = {**self.constants, **inputs}
        for node, attributes in self.steps:
            values[node.output[0]] = self._apply(node, attributes, values)
        return {name: values[name] for name in self.outputs}
