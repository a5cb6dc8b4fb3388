"""Decoders of encoder-decoder exports: with a branch for each kind of step, or as two graphs."""
import numpy as np
from onnx import TensorProto, helper

from .graph import Graph

WIDTH_OF_INNER = 2


class Decoder:
    """One decoder's sizes; each graph that is written of it has the same weights.

    caches_media: keys and values of the encoder's tokens are inputs and outputs, as trocr and whisper have them; else they are computed
    in every step, as gpt2 does. shows_attention: the weights of cross-attention are outputs. vectors: it reads vectors, which a graph of their own makes of
    tokens, and is told which of the encoder's tokens count.
    """

    def __init__(self, seed, vocabulary, width, heads, layers, positions, encoder_width=None, caches_media=True, shows_attention=False, vectors=False):
        self.seed, self.vocabulary, self.width, self.heads, self.layers = seed, vocabulary, width, heads, layers
        self.positions, self.encoder_width = positions, encoder_width or width
        self.caches_media, self.shows_attention, self.vectors = caches_media, shows_attention, vectors

    def write_merged(self, folder):
        graph = Graph(self.seed)
        flag = graph.input("use_cache_branch", "bool", 1)
        self._build(graph, flag=flag, takes_past=True).save(folder / "onnx" / "decoder_model_merged.onnx")

    def write_split(self, folder):
        self._build(Graph(self.seed), takes_past=False).save(folder / "onnx" / "decoder_model.onnx")
        self._build(Graph(self.seed), takes_past=True).save(folder / "onnx" / "decoder_with_past_model.onnx")

    def _build(self, graph, takes_past, flag=None):
        if self.vectors:
            ids = graph.input("inputs_embeds", "float32", "batch_size", "decoder_sequence_length", self.width)
        else:
            ids = graph.input("input_ids", "int64", "batch_size", "decoder_sequence_length")
        mask = graph.input("encoder_attention_mask", "int64", "batch_size", "encoder_sequence_length") if self.vectors else None
        states = None
        if flag or not takes_past or not self.caches_media:
            states = graph.input("encoder_hidden_states", "float32", "batch_size", "encoder_sequence_length", self.encoder_width)
        past = self._past(graph) if takes_past else {}
        length = graph("Gather", graph("Shape", past[self._name(0, "decoder", "key")]), graph.ints(2)) if takes_past else graph.ints(0)
        places = graph("Add", graph.positions_of(ids), length)
        if self.vectors:
            x = graph("Add", ids, graph("Gather", graph.weight(self.positions, self.width, scale=0.5), places))
        else:
            x = graph.embed(ids, self.vocabulary, places, self.width, self.positions)
        absent = graph.padding_bias(mask) if mask else None
        for layer in range(self.layers):
            x = self._layer(graph, x, layer, places, past, states, flag, absent)
        graph.output(self._logits(graph, x), "logits", "float32", "batch_size", "decoder_sequence_length", self.vocabulary)
        return graph

    def _layer(self, graph, x, layer, places, past, states, flag, absent):
        normal = graph.layer_norm(x, self.width)
        query, key, value = (self._heads(graph, graph.linear(normal, self.width, self.width)) for _ in range(3))
        key, value = (self._grow(graph, past, layer, part, fresh) for part, fresh in (("key", key), ("value", value)))
        x = graph("Add", x, self._attend(graph, query, key, value, self._later(graph, places, key))[0])
        query = self._heads(graph, graph.linear(graph.layer_norm(x, self.width), self.width, self.width))
        key, value = (self._media(graph, past, layer, part, states, flag) for part in ("key", "value"))
        mixed, weights = self._attend(graph, query, key, value, absent)
        if self.shows_attention:
            graph.output(weights, f"cross_attentions.{layer}", "float32", "batch_size", self.heads, "decoder_sequence_length", "encoder_sequence_length")
        x = graph("Add", x, mixed)
        inner = graph.gelu(graph.linear(graph.layer_norm(x, self.width), self.width, WIDTH_OF_INNER * self.width))
        return graph("Add", x, graph.linear(inner, WIDTH_OF_INNER * self.width, self.width))

    def _logits(self, graph, x):
        # Loud enough that no two are nearly equal.
        return graph("MatMul", graph.layer_norm(x, self.width), graph.weight(self.width, self.vocabulary, scale=1.0))

    def _past(self, graph):
        sides = ("decoder", "encoder") if self.caches_media else ("decoder",)
        lengths = {"decoder": "past_decoder_sequence_length", "encoder": "encoder_sequence_length_out"}
        return {
            self._name(layer, side, part): graph.input(
                f"past_key_values.{self._name(layer, side, part)}", "float32", "batch_size", self.heads, lengths[side], self.width // self.heads)
            for layer in range(self.layers) for side in sides for part in ("key", "value")}

    def _grow(self, graph, past, layer, part, fresh):
        name = self._name(layer, "decoder", part)
        grown = graph("Concat", past[name], fresh, axis=2) if past else fresh
        self._present(graph, grown, name, "past_decoder_sequence_length + 1")
        return grown

    def _media(self, graph, past, layer, part, states, flag):
        """Keys or values of the encoder's tokens: the cached ones, those computed now, or whichever the branch says."""
        weights = graph.weight(self.encoder_width, self.width), graph.weight(self.width, scale=0.1)
        name = self._name(layer, "encoder", part)
        if past and self.caches_media and not flag:
            return past[name]
        fresh = self._heads(graph, graph("Add", graph("MatMul", states, weights[0]), weights[1]))
        if flag and self.caches_media:
            fresh = self._choose(graph, flag, past[name], fresh)
        if self.caches_media:
            self._present(graph, fresh, name, "encoder_sequence_length_out")
        return fresh

    def _choose(self, graph, flag, cached, fresh):
        def branch(value):
            shape = helper.make_tensor_value_info(f"{value}_chosen", TensorProto.FLOAT, None)
            return helper.make_graph([helper.make_node("Identity", [value], [shape.name])], "branch", [], [shape])
        return graph("If", flag, then_branch=branch(cached), else_branch=branch(fresh))

    def _present(self, graph, value, name, length):
        graph.output(value, f"present.{name}", "float32", "batch_size", self.heads, length, self.width // self.heads)

    def _attend(self, graph, query, key, value, bias=None):
        scores = graph("MatMul", query, graph("Transpose", key, perm=[0, 1, 3, 2]))
        scores = graph("Mul", scores, graph.number((self.width // self.heads) ** -0.5))
        weights = graph("Softmax", graph("Add", scores, bias) if bias else scores, axis=-1)
        mixed = graph("Transpose", graph("MatMul", weights, value), perm=[0, 2, 1, 3])
        return graph.linear(graph("Reshape", mixed, graph.ints(0, 0, self.width)), self.width, self.width), weights

    def _later(self, graph, places, key):
        """Keeps later tokens from earlier ones: [tokens, past + tokens]."""
        count = graph("Gather", graph("Shape", key), graph.tensor(np.array(2, dtype=np.int64)))
        every = graph("Range", graph.tensor(np.array(0, dtype=np.int64)), count, graph.tensor(np.array(1, dtype=np.int64)))
        later = graph("Greater", graph("Unsqueeze", every, graph.ints(0)), graph("Unsqueeze", places, graph.ints(1)))
        return graph("Where", later, graph.number(-1e9), graph.number(0))

    def _heads(self, graph, x):
        return graph("Transpose", graph("Reshape", x, graph.ints(0, 0, self.heads, self.width // self.heads)), perm=[0, 2, 1, 3])

    def _name(self, layer, side, part):
        return f"{layer}.{side}.{part}" if self.caches_media else f"{layer}.{part}"
