"""Decoders that read one sequence, with masks and positions of their own, and caches that grow."""
import numpy as np
from onnx import TensorProto

from .graph import MASKED, Graph

AXES = 3


class Causal:
    """One decoder's sizes. Vectors: it reads vectors, which a graph of their own makes of tokens. Flag: it has a branch for steps with a past, as older exports
    declare. Half: its caches are float16. Places: tokens stand in time, height and width. Counts: the
    operator that newer exports have for attention, which counts tokens instead of looking at the mask."""

    def __init__(self, seed, vocabulary, width, heads, layers, positions, vectors=False, flag=False, half=False, places=False, counts=False):
        self.seed, self.vocabulary, self.width, self.heads, self.layers, self.positions = seed, vocabulary, width, heads, layers, positions
        self.vectors, self.flag, self.places, self.counts, self.cache = vectors, flag, places, counts, "float16" if half else "float32"

    def write(self, path):
        graph = Graph(self.seed)
        if self.vectors:
            x = tokens = graph.input("inputs_embeds", "float32", "batch_size", "sequence_length", self.width)
        else:
            tokens = graph.input("input_ids", "int64", "batch_size", "sequence_length")
            x = graph("Gather", graph.weight(self.vocabulary, self.width, scale=0.5), tokens)
        mask = graph.input("attention_mask", "int64", "batch_size", "total_sequence_length")
        for places in self._places(graph):
            x = graph("Add", x, graph("Gather", graph.weight(self.positions, self.width, scale=0.5), places))
        past = {name: graph.input(f"past_key_values.{name}", self.cache, "batch_size", self.heads, "past_sequence_length", self.width // self.heads)
                for name in self._names()}
        if self.flag:
            graph.input("use_cache_branch", "bool", 1)
        bias = self._lengths(graph, mask) if self.counts else self._bias(graph, tokens, mask, past)
        for layer in range(self.layers):
            x = self._layer(graph, x, layer, past, bias)
        # Loud enough that no two are nearly equal.
        logits = graph("MatMul", graph.layer_norm(x, self.width), graph.weight(self.width, self.vocabulary, scale=1.0))
        graph.output(logits, "logits", "float32", "batch_size", "sequence_length", self.vocabulary)
        graph.save(path)

    def write_embed(self, path):
        graph = Graph(self.seed + 1)
        ids = graph.input("input_ids", "int64", "batch_size", "sequence_length")
        words = graph("Gather", graph.weight(self.vocabulary, self.width, scale=0.5), ids)
        graph.output(words, "inputs_embeds", "float32", "batch_size", "sequence_length", self.width)
        graph.save(path)

    def _places(self, graph):
        """Where tokens stand, axis by axis."""
        if not self.places:
            return [graph.input("position_ids", "int64", "batch_size", "sequence_length")]
        places = graph.input("position_ids", "int64", AXES, "batch_size", "sequence_length")
        return [graph("Gather", places, graph.tensor(np.array(axis, dtype=np.int64)), axis=0) for axis in range(AXES)]

    def _names(self):
        return [f"{layer}.{part}" for layer in range(self.layers) for part in ("key", "value")]

    def _layer(self, graph, x, layer, past, bias):
        normal = graph.layer_norm(x, self.width)
        if self.counts:
            x = graph("Add", x, graph.linear(self._grouped(graph, normal, layer, past, bias), self.width, self.width))
            inner = graph.gelu(graph.linear(graph.layer_norm(x, self.width), self.width, 2 * self.width))
            return graph("Add", x, graph.linear(inner, 2 * self.width, self.width))
        query, key, value = (self._heads(graph, graph.linear(normal, self.width, self.width)) for _ in range(3))
        key, value = (self._grow(graph, past, f"{layer}.{part}", fresh) for part, fresh in (("key", key), ("value", value)))
        scores = graph("Mul", graph("MatMul", query, graph("Transpose", key, perm=[0, 1, 3, 2])), graph.number((self.width // self.heads) ** -0.5))
        mixed = graph("MatMul", graph("Softmax", graph("Add", scores, bias), axis=-1), value)
        mixed = graph("Reshape", graph("Transpose", mixed, perm=[0, 2, 1, 3]), graph.ints(0, 0, self.width))
        x = graph("Add", x, graph.linear(mixed, self.width, self.width))
        inner = graph.gelu(graph.linear(graph.layer_norm(x, self.width), self.width, 2 * self.width))
        return graph("Add", x, graph.linear(inner, 2 * self.width, self.width))

    def _grow(self, graph, past, name, fresh):
        half = self.cache == "float16"
        grown = graph("Concat", past[name], graph("Cast", fresh, to=TensorProto.FLOAT16) if half else fresh, axis=2)
        graph.output(grown, f"present.{name}", self.cache, "batch_size", self.heads, "total_sequence_length", self.width // self.heads)
        return graph("Cast", grown, to=TensorProto.FLOAT) if half else grown

    def _lengths(self, graph, mask):
        """Of each row without its newest token, and of the longest."""
        counts = graph("ReduceSum", mask, graph.ints(1), keepdims=0)
        total = graph("Gather", graph("Shape", mask), graph.tensor(np.array(1, dtype=np.int64)))
        return [graph("Cast", value, to=TensorProto.INT32) for value in (graph("Sub", counts, graph.ints(1)), total)]

    def _grouped(self, graph, x, layer, past, lengths):
        query, key, value = (graph.linear(x, self.width, self.width) for _ in range(3))
        names = [f"{layer}.{part}" for part in ("key", "value")]
        mixed, *grown = graph(
            "GroupQueryAttention", query, key, value, *(past[name] for name in names), *lengths, outputs=3, domain="com.microsoft", num_heads=self.heads,
            kv_num_heads=self.heads)
        graph.domains["com.microsoft"] = 1
        for name, tensor in zip(names, grown):
            graph.output(tensor, f"present.{name}", self.cache, "batch_size", self.heads, "total_sequence_length", self.width // self.heads)
        return mixed

    def _bias(self, graph, tokens, mask, past):
        """Keeps tokens from later ones, and all from padding: [batch, 1, tokens, past + tokens]."""
        one, nothing = (graph.tensor(np.array(value, dtype=np.int64)) for value in (1, 0))
        total = graph("Gather", graph("Shape", mask), one)
        count = graph("Gather", graph("Shape", tokens), one)
        length = graph("Gather", graph("Shape", past[self._names()[0]]), graph.tensor(np.array(2, dtype=np.int64)))
        every = graph("Range", nothing, total, one)
        own = graph("Add", graph("Range", nothing, count, one), length)
        later = graph("Greater", graph("Unsqueeze", every, graph.ints(0)), graph("Unsqueeze", own, graph.ints(1)))
        return graph("Add", graph("Where", later, graph.number(MASKED), graph.number(0)), graph.padding_bias(mask))

    def _heads(self, graph, x):
        return graph("Transpose", graph("Reshape", x, graph.ints(0, 0, self.heads, self.width // self.heads)), perm=[0, 2, 1, 3])
