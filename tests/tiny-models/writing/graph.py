"""Builds an ONNX graph operator by operator, with weights that a seed decides."""
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

# What the recorded exports of transformers use; LayerNormalization came with 17.
OPSET = 17
IR_VERSION = 8
MASKED = -1e9
TYPES = {"float32": TensorProto.FLOAT, "float16": TensorProto.FLOAT16, "int32": TensorProto.INT32, "int64": TensorProto.INT64, "bool": TensorProto.BOOL}


class Graph:
    """Methods that make something answer its name; `graph("Add", a, b)` adds an operator."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.nodes, self.inputs, self.outputs, self.initializers = [], [], [], []
        self._known = {}
        self.domains = {}
        self._count = 0

    def __call__(self, operator, *inputs, name=None, outputs=1, **attributes):
        names = [name] if name else [self._fresh(operator) for _ in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names[0] if len(names) == 1 else names

    def input(self, name, kind, *shape):
        self.inputs.append(helper.make_tensor_value_info(name, TYPES[kind], list(shape)))
        return name

    def output(self, value, name, kind, *shape):
        """Gives a value the name of an output. Sizes that are text are open."""
        self("Identity", value, name=name)
        self.outputs.append(helper.make_tensor_value_info(name, TYPES[kind], list(shape)))

    def weight(self, *shape, scale=None, name=None):
        scale = scale or 1 / np.sqrt(shape[-2] if len(shape) > 1 else shape[-1])
        return self.tensor((self.random.standard_normal(shape) * scale).astype(np.float32), name)

    def tensor(self, values, name=None):
        name = name or self._fresh("weight")
        self.initializers.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def ints(self, *values):
        """A constant list of whole numbers."""
        if values not in self._known:
            self._known[values] = self.tensor(np.array(values, dtype=np.int64))
        return self._known[values]

    def number(self, value):
        """A constant float32."""
        return self.tensor(np.array(value, dtype=np.float32))

    def linear(self, x, width_in, width_out):
        return self("Add", self("MatMul", x, self.weight(width_in, width_out)), self.weight(width_out, scale=0.1))

    def layer_norm(self, x, width):
        gain = self.tensor((1 + 0.1 * self.random.standard_normal(width)).astype(np.float32))
        return self("LayerNormalization", x, gain, self.weight(width, scale=0.1), axis=-1, epsilon=1e-5)

    def attention(self, x, width, heads, bias=None, other=None):
        """[batch, tokens, width]; over the tokens of another sequence if one is given. `bias` is added to the scores."""
        query = self._heads(self.linear(x, width, width), width, heads, [0, 2, 1, 3])
        key = self._heads(self.linear(other or x, width, width), width, heads, [0, 2, 3, 1])
        value = self._heads(self.linear(other or x, width, width), width, heads, [0, 2, 1, 3])
        scores = self("Mul", self("MatMul", query, key), self.number((width // heads) ** -0.5))
        if bias:
            scores = self("Add", scores, bias)
        mixed = self("Transpose", self("MatMul", self("Softmax", scores, axis=-1), value), perm=[0, 2, 1, 3])
        return self.linear(self("Reshape", mixed, self.ints(0, 0, width)), width, width)

    def layer(self, x, width, heads, bias=None):
        """A transformer layer that normalises first."""
        x = self("Add", x, self.attention(self.layer_norm(x, width), width, heads, bias))
        inner = self.gelu(self.linear(self.layer_norm(x, width), width, 2 * width))
        return self("Add", x, self.linear(inner, 2 * width, width))

    def gelu(self, x):
        half = self("Mul", x, self.number(0.5))
        return self("Mul", half, self("Add", self("Erf", self("Mul", x, self.number(2 ** -0.5))), self.number(1)))

    def padding_bias(self, mask):
        """[batch, tokens] of 1 and 0 to what attention adds: [batch, 1, 1, tokens]."""
        absent = self("Sub", self.number(1), self("Cast", mask, to=TensorProto.FLOAT))
        return self("Unsqueeze", self("Mul", absent, self.number(MASKED)), self.ints(1, 2))

    def positions_of(self, ids):
        """0, 1, 2 … for the tokens of [batch, tokens]."""
        length = self("Gather", self("Shape", ids), self.tensor(np.array(1, dtype=np.int64)))
        return self("Range", self.tensor(np.array(0, dtype=np.int64)), length, self.tensor(np.array(1, dtype=np.int64)))

    def causal_bias(self, positions):
        """Keeps later tokens from earlier ones: [tokens, tokens]."""
        later = self("Greater", self("Unsqueeze", positions, self.ints(0)), self("Unsqueeze", positions, self.ints(1)))
        return self("Where", later, self.number(MASKED), self.number(0))

    def embed(self, ids, vocabulary, positions, width, most):
        """Vectors of tokens and of their places."""
        words = self("Gather", self.weight(vocabulary, width, scale=0.5), ids)
        return self("Add", words, self("Gather", self.weight(most, width, scale=0.5), positions))

    def patches(self, pixels, channels, width, side):
        """Pictures to [batch, patches, width]."""
        cut = self("Conv", pixels, self.weight(width, channels, side, side, scale=1 / side), kernel_shape=[side, side], strides=[side, side])
        return self("Transpose", self("Reshape", cut, self.ints(0, width, -1)), perm=[0, 2, 1])

    def with_class_token(self, x, width):
        """Puts a learned token before all others."""
        rows = self("Gather", self("Shape", x), self.ints(0))
        token = self("Expand", self.weight(1, 1, width, scale=0.5), self("Concat", rows, self.ints(1, width), axis=0))
        return self("Concat", token, x, axis=1)

    def token(self, x, place):
        """One token of [batch, tokens, width]."""
        return self("Gather", x, self.tensor(np.array(place, dtype=np.int64)), axis=1)

    def unit(self, x):
        """Rows scaled to length 1."""
        return self("Div", x, self("ReduceL2", x, axes=[-1], keepdims=1))

    def save(self, path, external=False):
        """external: weights lie in a file beside the graph, as those of large exports do; small ones, as shapes, stay in it."""
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        graph = helper.make_graph(self.nodes, path.stem, self.inputs, self.outputs, self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET), *(helper.make_opsetid(*domain) for domain in self.domains.items())], ir_version=IR_VERSION, producer_name="tiny-models")
        onnx.checker.check_model(model)
        if external:
            onnx.save(model, str(path), save_as_external_data=True, location=f"{path.name}_data", size_threshold=256)
        else:
            onnx.save(model, str(path))

    def _heads(self, x, width, heads, order):
        return self("Transpose", self("Reshape", x, self.ints(0, 0, heads, width // heads)), perm=order)

    def _fresh(self, stem):
        self._count += 1
        return f"{stem}_{self._count}"
