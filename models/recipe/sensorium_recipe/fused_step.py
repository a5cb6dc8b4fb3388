"""The serving step for processors: the same network as `graphs.ServingStepGraph`, in fewer and larger operators.

torch's exporter spells self-attention out in some thirty operators a layer and carries every shape along; here it is one
(GroupQueryAttention of ONNX Runtime), which reads only the valid part of the cache and writes into it in place.

Attention multiplies one row with the keys of each sequence and head. ONNX Runtime is twice as fast at that where the product
is not scaled as well: the scale stands before the weights of the queries, and is multiplied into them when a session loads.

Shapes: B batch, T new tokens, C cache capacity, N encoder tokens, D width, L layers, H heads.
"""
import numpy as np

from onnx import TensorProto, helper, numpy_helper

from .layers import MASKED

OPSET, CONTRIBUTED, IR_VERSION = 17, "com.microsoft", 8


class Graph:
    """Nodes and weights of a graph that is being written down, operator by operator."""

    def __init__(self):
        self.nodes, self.weights = [], {}

    def add(self, operator, inputs, outputs=None, **attributes):
        """Gives the name of the first output."""
        name = f"{operator}_{len(self.nodes)}"
        outputs = outputs or [name]
        self.nodes.append(helper.make_node(operator, inputs, outputs, name=name, **attributes))
        return outputs[0]

    def weight(self, name, values):
        if name not in self.weights:
            array = np.ascontiguousarray(values.detach().numpy() if hasattr(values, "detach") else values)
            self.weights[name] = numpy_helper.from_array(array, name)
        return name

    def integers(self, *values):
        return self.weight("i" + "_".join(map(str, values)), np.array(values, dtype=np.int64))

    def integer(self, value):
        return self.weight(f"scalar_{value}", np.array(value, dtype=np.int64))

    def linear(self, name, module, x, scale=None):
        """`scale` names a factor of each column of the weights."""
        weights = [self.weight(f"{name}.weight", module.weight.T), self.weight(f"{name}.bias", module.bias)]
        weight, bias = [self.add("Mul", [values, scale]) for values in weights] if scale else weights
        return self.add("Add", [self.add("MatMul", [x, weight]), bias])

    def norm(self, name, module, x):
        weights = [self.weight(f"{name}.{part}", getattr(module, part)) for part in ("weight", "bias")]
        return self.add("LayerNormalization", [x, *weights], axis=-1, epsilon=module.eps)

    def size(self, tensor, axis):
        """[1]: one dimension of a tensor."""
        return self.add("Slice", [self.add("Shape", [tensor]), self.integers(axis), self.integers(axis + 1)])


class FusedStep:
    """Writes the step of one decoder down."""

    def __init__(self, decoder, config):
        self.decoder, self.graph = decoder, Graph()
        self.width, self.heads = config.width, config.heads
        self.head_width = config.width // config.heads

    def write(self):
        """-> GraphProto with the inputs and outputs of docs/model-layout.md"""
        graph, seen = self.graph, []
        tokens = graph.size("input_ids", 1)
        x = self.embed(tokens)
        last = graph.add("Add", ["past_lengths", graph.add("Sub", [tokens, graph.integers(1)])])
        valid = graph.add("Cast", [last], to=TensorProto.INT32)
        capacity = graph.add("Squeeze", [graph.size("past_key_values.0.decoder.key", 2)])
        capacity = graph.add("Cast", [capacity], to=TensorProto.INT32)
        bias = self.hide_padding()
        for index, block in enumerate(self.decoder.blocks):
            x = self.attend_to_itself(index, block, x, valid, capacity)
            x = self.attend_to_media(index, block, x, bias, seen)
            x = self.think(index, block, x)
        head = graph.weight("head", self.decoder.embedding.weight.T)
        graph.add("MatMul", [graph.norm("norm", self.decoder.norm, x), head], ["logits"])
        graph.add("Concat", seen, ["cross_attentions"], axis=1)
        return self.declare()

    def embed(self, tokens):
        graph = self.graph
        steps = graph.add("Range", [graph.integer(0), graph.add("Squeeze", [tokens]), graph.integer(1)])
        places = graph.add("Add", [graph.add("Unsqueeze", ["past_lengths", graph.integers(1)]), steps])
        rows = graph.add("Gather", [graph.weight("positions", self.decoder.positions), places])
        words = graph.add("Gather", [graph.weight("embedding", self.decoder.embedding.weight), "input_ids"])
        return graph.add("Add", [words, rows])

    def hide_padding(self):
        """Additive bias [B,1,1,N] that hides the media tokens at and after each row's length."""
        graph = self.graph
        count = graph.add("Squeeze", [graph.size("past_key_values.0.encoder.key", 2)])
        places = graph.add("Range", [graph.integer(0), count, graph.integer(1)])
        beyond = graph.add("GreaterOrEqual", [places, graph.add("Unsqueeze", ["encoder_lengths", graph.integers(1, 2, 3)])])
        return graph.add("Mul", [graph.add("Cast", [beyond], to=TensorProto.FLOAT),
                                 graph.weight("masked", np.float32(MASKED))])

    def query_scale(self, others=0):
        """The factor of queries, and 1 for as many other columns of the same weights."""
        factors = np.ones(self.width + others, dtype=np.float32)
        factors[:self.width] = self.head_width ** -0.5
        return self.graph.weight(f"query_scale_{len(factors)}", factors)

    def attend_to_itself(self, index, block, x, valid, capacity):
        graph, name = self.graph, f"{index}.self"
        normed = graph.norm(f"{name}.norm", block.norm_self, x)
        packed = graph.linear(f"{name}.qkv", block.qkv, normed, self.query_scale(others=2 * self.width))
        past, present = ([f"{stem}.{index}.decoder.{part}" for part in ("key", "value")]
                         for stem in ("past_key_values", "present"))
        y = graph.add("GroupQueryAttention", [packed, "", "", *past, valid, capacity], [f"{name}.attended", *present],
                      domain=CONTRIBUTED, num_heads=self.heads, kv_num_heads=self.heads, scale=1.0)
        return graph.add("Add", [graph.linear(f"{name}.out", block.out, y), x])

    def attend_to_media(self, index, block, x, bias, seen):
        graph, name = self.graph, f"{index}.cross"
        key, value = (f"past_key_values.{index}.encoder.{part}" for part in ("key", "value"))
        normed = graph.norm(f"{name}.norm", block.norm_cross, x)
        query = graph.linear(f"{name}.query", block.cross_query, normed, self.query_scale())
        query = graph.add("Reshape", [query, graph.integers(0, 0, self.heads, self.head_width)])
        query = graph.add("Transpose", [query], perm=[0, 2, 1, 3])
        scores = graph.add("MatMul", [query, graph.add("Transpose", [key], perm=[0, 1, 3, 2])])
        weights = graph.add("Softmax", [graph.add("Add", [scores, bias])], axis=-1)
        seen.append(graph.add("ReduceMean", [weights], axes=[1], keepdims=1))
        y = graph.add("Transpose", [graph.add("MatMul", [weights, value])], perm=[0, 2, 1, 3])
        y = graph.add("Reshape", [y, graph.integers(0, 0, self.width)])
        return graph.add("Add", [graph.linear(f"{name}.out", block.cross_out, y), x])

    def think(self, index, block, x):
        graph, name = self.graph, f"{index}.mlp"
        y = graph.linear(f"{name}.0", block.mlp[0], graph.norm(f"{name}.norm", block.norm_mlp, x))
        y = graph.add("Gelu", [y], domain=CONTRIBUTED)
        return graph.add("Add", [graph.linear(f"{name}.2", block.mlp[2], y), x])

    def declare(self):
        layers = range(len(self.decoder.blocks))
        cache = lambda stem, layer, side, part, size: _float(
            f"{stem}.{layer}.{side}.{part}", "batch_size", self.heads, size, self.head_width)
        inputs = [_integer("input_ids", "batch_size", "sequence_length"), _integer("past_lengths", "batch_size"),
                  _integer("encoder_lengths", "batch_size"),
                  *(cache("past_key_values", layer, side, part, size) for layer in layers
                    for side, size in (("decoder", "capacity"), ("encoder", "encoder_sequence_length"))
                    for part in ("key", "value"))]
        vocabulary = self.decoder.embedding.num_embeddings
        outputs = [_float("logits", "batch_size", "sequence_length", vocabulary),
                   *(cache("present", layer, "decoder", part, "capacity") for layer in layers for part in ("key", "value")),
                   _float("cross_attentions", "batch_size", len(layers), "sequence_length", "encoder_sequence_length")]
        return helper.make_graph(self.graph.nodes, "serving_step", inputs, outputs, list(self.graph.weights.values()))


def _float(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def _integer(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.INT64, shape)


def fused_step_onnx(model):
    graph = FusedStep(model.decoder, model.config).write()
    versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIBUTED, 1)]
    fused = helper.make_model(graph, opset_imports=versions, ir_version=IR_VERSION)
    fused.producer_name = "sensorium"
    return fused
