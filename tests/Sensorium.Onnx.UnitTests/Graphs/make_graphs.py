#!/usr/bin/env python3
"""Makes the graphs beside it: encoders of a few operators for what the bundled pack does not have. Needs Debian's python3-onnx.

half: reads and writes float16. wild: asks for an input that nobody fills. dynamic: quantises its activations as it runs.
clip: takes a clip's frames themselves. In all of them the vector is the mean of the tokens, and the tokens are the rows of
the input, so that the right answer can be told.

conversation, conversation_embed: a decoder that reads vectors, and what makes them of tokens. text: one that reads tokens, with caches of float16.
"""
import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tiny-models"))

from writing.causal import Causal  # noqa: E402


def value(name, kind, *shape):
    return helper.make_tensor_value_info(name, kind, shape)


def mean(source, axes, target):
    return helper.make_node("ReduceMean", [source], [target], axes=axes, keepdims=0)


def write(name, nodes, inputs, outputs):
    graph = helper.make_graph(nodes, name, inputs, outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7)
    onnx.checker.check_model(model)
    Path(__file__).with_name(f"{name}.onnx").write_bytes(model.SerializeToString())


def picture(name, kind, extra_inputs=(), before=()):
    source = before[-1].output[0] if before else "pixel_values"
    nodes = [*before, mean(source, [2], "last_hidden_state"), mean("last_hidden_state", [1], "image_embeds")]
    write(name, nodes, [value("pixel_values", kind, "batch", 3, 2, 4), *extra_inputs],
          [value("last_hidden_state", kind, "batch", 3, 4), value("image_embeds", kind, "batch", 4)])


def main():
    picture("half", TensorProto.FLOAT16)
    picture("wild", TensorProto.FLOAT, [value("temperature", TensorProto.FLOAT, 1)],
            [helper.make_node("Mul", ["pixel_values", "temperature"], ["warm"])])
    quantise = helper.make_node("DynamicQuantizeLinear", ["pixel_values"], ["q", "scale", "zero"])
    picture("dynamic", TensorProto.FLOAT, [],
            [quantise, helper.make_node("DequantizeLinear", ["q", "scale", "zero"], ["near"])])
    write("clip", [mean("pixel_values", [3], "rows"), mean("rows", [2], "last_hidden_state"),
                   mean("last_hidden_state", [1], "video_embeds")],
          [value("pixel_values", TensorProto.FLOAT, "batch", "frames", 3, 2, 4)],
          [value("last_hidden_state", TensorProto.FLOAT, "batch", "tokens", 4), value("video_embeds", TensorProto.FLOAT, "batch", 4)])
    here = Path(__file__).parent
    decoder = Causal(1, 12, 8, 2, 2, 64, vectors=True)
    decoder.write(here / "conversation.onnx")
    decoder.write_embed(here / "conversation_embed.onnx")
    Causal(2, 12, 8, 2, 2, 64, half=True).write(here / "text.onnx")


if __name__ == "__main__":
    main()
