"""Checkpoints -> a folder in the diffusers library's ONNX layout."""
import json
import shutil

import onnx

from ..onnx_tools import halve_weights
from ..pack import write_json
from . import graphs
from .labelled import SIDE
from .latents import TOKENS
from .schedule import TIMESTEPS

VERSION = "0.30.0"  # of the layout
LATENT_STEP = 4  # pixels of the side of one latent


def index_of(scheduler, sampling):
    graph = ["diffusers", "OnnxRuntimeModel"]
    return {"_class_name": "OnnxStableDiffusionPipeline", "_diffusers_version": VERSION, "scheduler": ["diffusers", scheduler["_class_name"]],
            "text_encoder": graph, "tokenizer": ["transformers", "PreTrainedTokenizerFast"], "unet": graph, "vae_decoder": graph,
            "vae_encoder": graph, "safety_checker": [None, None], "guidance_scale": sampling["guidance"]}


def scheduler_of(sampling):
    return {"_class_name": sampling["scheduler"], "_diffusers_version": VERSION, "num_train_timesteps": TIMESTEPS,
            "beta_schedule": "squaredcos_cap_v2", "prediction_type": "v_prediction", "timestep_spacing": "trailing",
            "set_alpha_to_one": True, "steps_offset": 0, "clip_sample": False}


def configs_of(config):
    """config.json of each part: sizes, and how often sides are halved (one more than that are the levels)."""
    vae, unet = config["autoencoder"], config["denoiser"]
    levels = {"latent_channels": vae["latent"], "scaling_factor": 1.0, "block_out_channels": [vae["fine"], vae["fine"], vae["coarse"]]}
    return {"text_encoder": {"hidden_size": unet["width"], "max_position_embeddings": TOKENS},
            "unet": {"in_channels": unet["latent"], "out_channels": unet["latent"], "sample_size": SIDE // LATENT_STEP,
                     "cross_attention_dim": unet["width"], "block_out_channels": [unet["fine"], unet["coarse"]]},
            "vae_decoder": levels, "vae_encoder": levels}


def write_folder(autoencoder, denoiser, pack, config, out):
    scheduler, parts = scheduler_of(config["sampling"]), configs_of(config)
    for folder in ("scheduler", "tokenizer", *parts):
        (out / folder).mkdir(parents=True, exist_ok=True)
    write_json(out / "model_index.json", index_of(scheduler, config["sampling"]))
    write_json(out / "scheduler/scheduler_config.json", scheduler)
    for part, content in parts.items():
        write_json(out / part / "config.json", content)
    shutil.copyfile(pack / "clip/tokenizer.json", out / "tokenizer/tokenizer.json")
    told = json.loads((pack / "clip/tokenizer_config.json").read_text())
    write_json(out / "tokenizer/tokenizer_config.json", {**told, "model_max_length": TOKENS})
    models = {"text_encoder": graphs.text_onnx(pack), "unet": halve_weights(graphs.denoiser_onnx(denoiser)),
              "vae_decoder": halve_weights(graphs.decoder_onnx(autoencoder)), "vae_encoder": halve_weights(graphs.encoder_onnx(autoencoder))}
    for part, graph in models.items():
        onnx.save(graph, out / part / "model.onnx")
