"""Time of a decoding step at batch 1: of the pack's graph, beside a reference export's in the same run, and as served."""
import json
import os
import subprocess


def step_figures(pack, reference, threads):
    """decode_ms; with a reference (decoder_with_past_model.onnx) decode_ms_reference and decode_ratio."""
    command = ["dotnet", os.environ["SENSORIUM_BENCH"], "decoder-step", str(pack), str(threads)]
    return json.loads(subprocess.run(command + [str(reference)] * (reference is not None), check=True, text=True,
                                     stdout=subprocess.PIPE).stdout)


def served_figures(service, paths):
    """The same step as a caller sees it: one request at a time, greedy, scheduling and streaming included."""
    return {"decode_ms_served": service.decode_milliseconds(paths)}
