"""Encoders of samples, as wav2vec2 has them: seven layers that join 400 samples to a token and go on by 320, and a transformer."""
import numpy as np

from .graph import Graph

KERNELS, STRIDES = [10, 3, 3, 3, 3, 2, 2], [5, 2, 2, 2, 2, 2, 2]


class WaveformEncoder:
    """Sizes of one encoder. masks: attention_mask is an input, as models have it whose samples are padded in batches."""

    def __init__(self, seed, width, heads, masks=False):
        self.seed, self.width, self.heads, self.masks = seed, width, heads, masks

    def settings(self):
        return {"hidden_size": self.width, "num_attention_heads": self.heads, "num_hidden_layers": 1, "intermediate_size": 2 * self.width,
                "num_feat_extract_layers": len(KERNELS), "conv_dim": [self.width] * len(KERNELS), "conv_kernel": KERNELS, "conv_stride": STRIDES}

    def write_tokens(self, folder):
        """A vector for each 20 milliseconds."""
        graph, tokens = self._encode()
        graph.output(tokens, "last_hidden_state", "float32", "batch_size", "encoder_sequence_length", self.width)
        graph.save(folder / "onnx" / "model.onnx")

    def write_scores(self, folder, count):
        """The mean of the tokens to scores."""
        graph, tokens = self._encode()
        mean = graph("ReduceMean", tokens, axes=[1], keepdims=0)
        graph.output(self._scores(graph, mean, count), "logits", "float32", "batch_size", count)
        graph.save(folder / "onnx" / "model.onnx")

    def write_characters(self, folder, count, bias):
        """Scores of every character for each token. `bias` is added to the first of them."""
        graph, tokens = self._encode()
        scores = graph("Add", self._scores(graph, tokens, count), graph.tensor(np.pad(np.array(bias, dtype=np.float32), (0, count - len(bias)))))
        graph.output(scores, "logits", "float32", "batch_size", "sequence_length", count)
        graph.save(folder / "onnx" / "model.onnx")

    def _encode(self):
        graph = Graph(self.seed)
        samples = graph.input("input_values", "float32", "batch_size", "sequence_length")
        x = graph("Unsqueeze", samples, graph.ints(1))
        channels = 1
        for kernel, stride in zip(KERNELS, STRIDES):
            weights = graph.weight(self.width, channels, kernel, scale=1.6 * (kernel * channels) ** -0.5)
            x = graph.gelu(graph("Conv", x, weights, kernel_shape=[kernel], strides=[stride]))
            channels = self.width
        x = graph.layer_norm(graph("Transpose", x, perm=[0, 2, 1]), self.width)
        if self.masks:
            # A mask of padding that there is none of changes nothing.
            mask = graph("Cast", graph.input("attention_mask", "int64", "batch_size", "sequence_length"), to=1)
            x = graph("Mul", x, graph("Unsqueeze", graph("ReduceMin", mask, axes=[1], keepdims=1), graph.ints(2)))
        return graph, graph.layer_norm(graph.layer(x, self.width, self.heads), self.width)

    def _scores(self, graph, x, count):
        return graph("Add", graph("MatMul", x, graph.weight(self.width, count, scale=0.8)), graph.weight(count, scale=0.2))
