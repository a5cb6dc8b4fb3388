"""Reading and writing of checkpoints, also of the first one, whose parameters had short names."""
import os
import re

import torch

_BLOCK = [(r"\.n1\.", ".norm_self."), (r"\.n2\.", ".norm_mlp."), (r"\.nc\.", ".norm_cross."),
          (r"\.cq\.", ".cross_query."), (r"\.ckv\.", ".cross_kv."), (r"\.co\.", ".cross_out."),
          (r"\.a\.qkv\.", ".qkv."), (r"\.a\.o\.", ".out."), (r"(blocks\.\d+)\.o\.", r"\1.out."),
          (r"\.f\.", ".mlp.")]
_FIRST = [(r"^vproj\.", "picture.projection."), (r"^vis\.", "picture."), (r"^txt\.", "text."),
          (r"^aud\.", "sound."), (r"^vid\.", "clip."), (r"^dec\.", "decoder."),
          (r"^mod$", "modality"), (r"^temp$", "log_temperature"),
          (r"^(\w+)\.b\.", r"\1.blocks."), (r"^(\w+)\.n\.", r"\1.norm."),
          (r"^(\w+)\.e\.", r"\1.embedding."), (r"^(\w+)\.p$", r"\1.positions"),
          (r"^sound\.c\.", "sound.convolutions."), (r"^sound\.l\.", "sound.widen."),
          (r"^sound\.proj\.", "sound.projection."), (r"^text\.proj\.", "text.projection."),
          (r"^clip\.proj\.", "clip.projection."), (r"^clip\.t$", "clip.time"), (r"^clip\.sp$", "clip.place"),
          (r"^picture\.proj\.", "picture.widen."), (r"^picture\.cnn\.", "picture.convolutions.")]
_CONV = [(r"(convolutions\.\d+)\.a\.", r"\1.first."), (r"(convolutions\.\d+)\.b\.", r"\1.second."),
         (r"(convolutions\.\d+)\.d\.", r"\1.shortcut.")]


def _modern_name(name):
    if name.startswith("vproj."):
        return name.replace("vproj.", "picture.projection.")
    for pattern, replacement in _FIRST + _CONV + _BLOCK:
        name = re.sub(pattern, replacement, name)
    return name


def load_weights(model, path):
    """Fills the model from a checkpoint; returns the rest of what the file holds.

    Heads that only training needs are left out of exported weights, so a start from such a file is not strict.
    """
    saved = torch.load(path, map_location="cpu")
    state = saved.pop("model")
    if "vproj.weight" in state:
        state = {_modern_name(k): v for k, v in state.items()}
    state = {k: v.float() if v.is_floating_point() else v for k, v in state.items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    # Counters that nothing reads, and what checkpoints from before it was added do without (it starts at zero).
    optional = ("num_batches_tracked", "clip.flow", "clip.log_sharpness")
    if unexpected or any(not k.endswith(optional) for k in missing):
        raise ValueError(f"{path} does not fit: missing {missing}, unexpected {unexpected}")
    return saved


def tensors(model):
    """Parameters and buffers by name, each once: a state_dict has what two modules share twice."""
    return {**dict(model.named_parameters()), **dict(model.named_buffers())}


def save(path, **content):
    """Writes beside the target first, so that a stop in the middle leaves the last good file."""
    torch.save(content, f"{path}.part")
    os.replace(f"{path}.part", path)
