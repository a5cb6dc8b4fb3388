#!/usr/bin/env python3
"""Makes the graphs beside it: encoders of a few operators for what the bundled pack does not have. Needs Debian's python3-onnx.

half: reads and writes float16. wild: asks for an input that nobody fills. dynamic: quantises its activations as it runs.
clip: takes a clip's frames themselves. In all of them the vector is the mean of the tokens, and the tokens are the rows of
the input, so that the right answer can be told.

simple: the sum and the difference of two rows of whole numbers, as Triton's first example has them. simple_string: the same of numbers in words.
types: gives each input back, one of every type. mixing: each row less the mean of all. picking: a number of a list by its place, which may not be there.

convolved: convolutions with a sum around them, two products and a table, with weights in half precision as exports have them.

conversation, conversation_embed: a decoder that reads vectors, and what makes them of tokens. text: one that reads tokens, with caches of float16.
"""
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

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


TYPES = ["BOOL", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64", "FLOAT16", "FLOAT", "DOUBLE", "STRING"]


def bare_graphs():
    """Graphs that are served as they are."""
    whole, text = TensorProto.INT32, TensorProto.STRING
    add_sub = [helper.make_node("Add", ["INPUT0", "INPUT1"], ["OUTPUT0"]), helper.make_node("Sub", ["INPUT0", "INPUT1"], ["OUTPUT1"])]
    write("simple", add_sub, [value("INPUT0", whole, "batch", 16), value("INPUT1", whole, "batch", 16)],
          [value("OUTPUT0", whole, "batch", 16), value("OUTPUT1", whole, "batch", 16)])
    words = [helper.make_node("Cast", [name], [f"{name}_number"], to=whole) for name in ("INPUT0", "INPUT1")]
    words += [helper.make_node("Add", ["INPUT0_number", "INPUT1_number"], ["sum"]), helper.make_node("Sub", ["INPUT0_number", "INPUT1_number"], ["difference"]),
              helper.make_node("Cast", ["sum"], ["OUTPUT0"], to=text), helper.make_node("Cast", ["difference"], ["OUTPUT1"], to=text)]
    write("simple_string", words, [value("INPUT0", text, "batch", 16), value("INPUT1", text, "batch", 16)],
          [value("OUTPUT0", text, "batch", 16), value("OUTPUT1", text, "batch", 16)])
    write("types", [helper.make_node("Identity", [f"IN_{kind}"], [f"OUT_{kind}"]) for kind in TYPES],
          [value(f"IN_{kind}", getattr(TensorProto, kind), "rows", 2) for kind in TYPES],
          [value(f"OUT_{kind}", getattr(TensorProto, kind), "rows", 2) for kind in TYPES])
    write("mixing", [helper.make_node("ReduceMean", ["x"], ["mean"], axes=[0], keepdims=1), helper.make_node("Sub", ["x", "mean"], ["y"])],
          [value("x", TensorProto.FLOAT, "batch", 2)], [value("y", TensorProto.FLOAT, "batch", 2)])
    write("picking", [helper.make_node("Gather", ["list", "place"], ["picked"])],
          [value("list", TensorProto.FLOAT, 4), value("place", TensorProto.INT64, "count")], [value("picked", TensorProto.FLOAT, "count")])


def half_weights(name, *shape, spread=0.2):
    """A constant as exports hold it: half precision, and the cast that the graph does."""
    values = np.random.default_rng(len(name)).standard_normal(shape) * spread
    return [helper.make_node("Constant", [], [f"{name}_half"], value=numpy_helper.from_array(values.astype(np.float16))),
            helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT)]


def convolved():
    """Pictures of 8x8 and a class each; large enough weights for every way of quantising."""
    conv = lambda source, number, target: helper.make_node("Conv", [source, f"kernel{number}", f"bias{number}"], [target], pads=[1, 1, 1, 1])
    nodes = [*half_weights("kernel1", 8, 3, 3, 3), *half_weights("bias1", 8), *half_weights("kernel2", 8, 8, 3, 3), *half_weights("bias2", 8),
             *half_weights("kernel3", 8, 8, 3, 3), *half_weights("bias3", 8), *half_weights("table", 256, 64), *half_weights("wide", 64, 64),
             *half_weights("narrow", 64, 64), *half_weights("shift", 64),
             conv("pixel_values", 1, "first"), helper.make_node("Relu", ["first"], ["lines"]),
             conv("lines", 2, "second"), helper.make_node("Relu", ["second"], ["corners"]), conv("corners", 3, "third"),
             helper.make_node("Add", ["third", "lines"], ["sum"]), helper.make_node("Relu", ["sum"], ["parts"]),
             helper.make_node("Constant", [], ["shape"], value=numpy_helper.from_array(np.array([0, 8, 64]))),
             helper.make_node("Reshape", ["parts", "shape"], ["tokens"]), helper.make_node("MatMul", ["tokens", "wide"], ["mixed"]), mean("mixed", [1], "thin"),
             helper.make_node("Gather", ["table", "kind"], ["looked"]), helper.make_node("Add", ["thin", "looked"], ["both"]),
             helper.make_node("Tanh", ["both"], ["bounded"]), helper.make_node("Gemm", ["bounded", "narrow"], ["scores"], transB=1),
             helper.make_node("MatMul", ["scores", "narrow"], ["back"]), helper.make_node("Add", ["back", "shift"], ["image_embeds"])]
    write("convolved", nodes, [value("pixel_values", TensorProto.FLOAT, "batch", 3, 8, 8), value("kind", TensorProto.INT64, "batch")],
          [value("image_embeds", TensorProto.FLOAT, "batch", 64)])


def main():
    bare_graphs()
    convolved()
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
