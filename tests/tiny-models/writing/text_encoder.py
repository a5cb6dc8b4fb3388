"""Text encoders with a vector for each token, and what stands on them: a pooled vector, or scores."""
import numpy as np

from .graph import Graph


class TextEncoder:
    """Sizes of one encoder.

    first_position: where counting starts; RoBERTa leaves room for its padding. has_types: token_type_ids are an input.
    """

    def __init__(self, seed, vocabulary, width, heads, layers, positions, first_position=0, has_types=True):
        self.seed, self.vocabulary, self.width, self.heads, self.layers = seed, vocabulary, width, heads, layers
        self.positions, self.first_position, self.has_types = positions, first_position, has_types

    def write_tokens(self, folder, name="last_hidden_state", with_sentence=False, external=False):
        """A vector for each token; with one of the whole text, their mean, as sentence-transformers exports it."""
        graph, tokens, mask = self._encode()
        graph.output(tokens, name, "float32", "batch_size", "sequence_length", self.width)
        if with_sentence:
            graph.output(self._mean(graph, tokens, mask), "sentence_embedding", "float32", "batch_size", self.width)
        graph.save(folder / "onnx" / "model.onnx", external)

    def write_scores(self, folder, count):
        """The first token to scores, through a layer of its own."""
        graph, tokens, _ = self._encode()
        pooled = graph("Tanh", graph.linear(graph.token(tokens, 0), self.width, self.width))
        # Far enough from each other that their order is plain.
        scores = graph("Add", graph("MatMul", pooled, graph.weight(self.width, count, scale=0.7)), graph.weight(count, scale=0.2))
        graph.output(scores, "logits", "float32", "batch_size", count)
        graph.save(folder / "onnx" / "model.onnx")

    def _encode(self):
        graph = Graph(self.seed)
        ids = graph.input("input_ids", "int64", "batch_size", "sequence_length")
        mask = graph.input("attention_mask", "int64", "batch_size", "sequence_length")
        # A slice of a constant, as the exports have it.
        places = graph.tensor(np.arange(self.first_position, self.positions, dtype=np.int64)[None])
        places = graph("Slice", places, graph.ints(0), graph("Gather", graph("Shape", ids), graph.ints(1)), graph.ints(1))
        x = graph.embed(ids, self.vocabulary, places, self.width, self.positions)
        if self.has_types:
            kinds = graph.input("token_type_ids", "int64", "batch_size", "sequence_length")
            x = graph("Add", x, graph("Gather", graph.weight(2, self.width, scale=0.5), kinds))
        x = graph.layer_norm(x, self.width)
        bias = graph.padding_bias(mask)
        for _ in range(self.layers):
            x = graph.layer(x, self.width, self.heads, bias)
        return graph, graph.layer_norm(x, self.width), mask

    def _mean(self, graph, tokens, mask):
        weights = graph("Unsqueeze", graph("Cast", mask, to=1), graph.ints(2))
        total = graph("ReduceSum", graph("Mul", tokens, weights), graph.ints(1), keepdims=0)
        return graph("Div", total, graph("ReduceSum", weights, graph.ints(1), keepdims=0))
