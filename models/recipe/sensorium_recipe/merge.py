"""One decoder graph in the `use_cache_branch` convention, from the two graphs that it is made of."""
from onnx import TensorProto, compose, helper

PREFIX = "cross/"


def merge_decoder(cross_kv, step):
    """cross_kv: encoder_hidden_states -> present.*.encoder.*; step: input_ids, past_key_values.* -> logits, ...

    The first step (flag false) computes the keys and values of cross-attention, later steps (true) pass the
    cached ones on. Everything else is common to both, so only this part stands inside the If.
    """
    hidden = cross_kv.graph.input[0]
    cross = compose.add_prefix(cross_kv, PREFIX).graph
    for node in cross.node:
        node.input[:] = [hidden.name if name == PREFIX + hidden.name else name for name in node.input]
    cached = [value.name for value in step.graph.input if ".encoder." in value.name]
    present = [name.replace("past_key_values", "present") for name in cached]
    for node in step.graph.node:
        node.input[:] = [present[cached.index(name)] if name in cached else name for name in node.input]
    choice = helper.make_node("If", ["use_cache_branch"], present, name="cross_keys_values",
                              then_branch=_pass_on(cached, cross.output),
                              else_branch=helper.make_graph(cross.node, "fresh", [], cross.output))
    flag = helper.make_tensor_value_info("use_cache_branch", TensorProto.BOOL, [1])
    graph = helper.make_graph(
        [choice, *step.graph.node], "decoder_model_merged", [*step.graph.input, hidden, flag],
        [*step.graph.output, *cross_kv.graph.output], [*cross.initializer, *step.graph.initializer])
    return helper.make_model(graph, opset_imports=step.opset_import, ir_version=step.ir_version)


def _pass_on(names, outputs):
    """A branch that returns what the surrounding graph was given under `names`."""
    nodes = [helper.make_node("Identity", [name], [value.name]) for name, value in zip(names, outputs)]
    return helper.make_graph(nodes, "cached", [], outputs)
