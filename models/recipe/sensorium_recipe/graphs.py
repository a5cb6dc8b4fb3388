"""The modules that become ONNX graphs, with the tensor names of docs/model-layout.md.

Shapes: B batch, T new tokens, C cache capacity, N encoder tokens, D width, L layers, H heads.
"""
import torch
from torch import nn
import torch.nn.functional as F

from .layers import MASKED, merge_heads


def unit(vector):
    return F.normalize(vector, dim=-1)


class PictureGraph(nn.Module):
    """pixel_values -> last_hidden_state, image_embeds"""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixel_values):
        tokens, vector = self.model.see(pixel_values)
        return tokens, unit(vector)


class TextGraph(nn.Module):
    """input_ids, attention_mask -> text_embeds, last_hidden_state"""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        tokens, vector = self.model.read(input_ids, attention_mask)
        return unit(vector), tokens


class SoundGraph(nn.Module):
    """input_features -> last_hidden_state, audio_embeds"""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_features):
        tokens, vector = self.model.hear(input_features)
        return tokens, unit(vector)


class ClipGraph(nn.Module):
    """frame_hidden_states -> last_hidden_state, video_embeds

    The frames come from the picture graph, which has added the picture's modality mark: it is taken off again.
    """

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, frame_hidden_states):
        unmarked = self.model.unmark(frame_hidden_states, "vision")
        tokens, vector = self.model.watch_tokens(unmarked)
        return tokens, unit(vector)


class CrossKvGraph(nn.Module):
    """encoder_hidden_states [B,N,D] -> present.{i}.encoder.{key,value} [B,H,N,hd]"""

    def __init__(self, model):
        super().__init__()
        self.decoder = model.decoder

    def forward(self, encoder_hidden_states):
        return tuple(t for pair in self.decoder.cross_keys_values(encoder_hidden_states) for t in pair)


def layer_caches(past):
    """Flat (dk, dv, ek, ev) * L -> per layer ((dk, dv), (ek, ev))."""
    return [((past[i], past[i + 1]), (past[i + 2], past[i + 3])) for i in range(0, len(past), 4)]


def project(block, x):
    """Query, key and value of self-attention, each [B,H,T,hd]."""
    return map(block.heads_of, block.qkv(block.norm_self(x)).chunk(3, -1))


def cross_and_mlp(block, x, cross, bias):
    """The rest of a block: [B,T,D] -> ([B,T,D], cross-attention weights [B,H,T,N])."""
    query = block.heads_of(block.cross_query(block.norm_cross(x)))
    scores = (query @ cross[0].transpose(-1, -2)) * query.shape[-1] ** -0.5
    weights = (scores if bias is None else scores + bias).softmax(-1)
    x = x + block.cross_out(merge_heads(weights @ cross[1]))
    return x + block.mlp(block.norm_mlp(x)), weights


class PlainStepGraph(nn.Module):
    """input_ids, past_key_values.* (growing cache, no padding) -> logits, present.{i}.decoder.*"""

    def __init__(self, model):
        super().__init__()
        self.decoder = model.decoder

    def forward(self, input_ids, *past):
        caches, new = layer_caches(past), []
        done, count = caches[0][0][0].shape[2], input_ids.shape[1]
        places = torch.arange(count, device=input_ids.device) + done
        x = self.decoder.embedding(input_ids) + self.decoder.positions[places]
        causal = (torch.arange(done + count, device=input_ids.device)[None] > places[:, None]).float() * MASKED
        for block, (own, cross) in zip(self.decoder.blocks, caches):
            query, key, value = project(block, x)
            key, value = torch.cat([own[0], key], 2), torch.cat([own[1], value], 2)
            weights = ((query @ key.transpose(-1, -2)) * query.shape[-1] ** -0.5 + causal).softmax(-1)
            x = x + block.out(merge_heads(weights @ value))
            x, _ = cross_and_mlp(block, x, cross, None)
            new += [key, value]
        return (self.decoder.logits(x), *new)


class ServingStepGraph(nn.Module):
    """input_ids, past_lengths, encoder_lengths, past_key_values.* -> logits, present.{i}.decoder.*, cross_attentions

    The cache has a fixed capacity and is only read: past and new keys are scored apart and share one softmax,
    so that no step copies the cache. `present` holds the T new rows, which the host writes into its own cache.
    """

    def __init__(self, model):
        super().__init__()
        self.decoder = model.decoder

    def forward(self, input_ids, past_lengths, encoder_lengths, *past):
        caches, new, seen = layer_caches(past), [], []
        count, capacity = input_ids.shape[1], caches[0][0][0].shape[2]
        steps = torch.arange(count, device=input_ids.device)
        x = self.decoder.embedding(input_ids) + self.decoder.positions[past_lengths[:, None] + steps]
        past_bias = beyond(capacity, past_lengths)
        cross_bias = beyond(caches[0][1][0].shape[2], encoder_lengths)
        causal = (steps[None] > steps[:, None]).float() * MASKED
        for block, (own, cross) in zip(self.decoder.blocks, caches):
            query, key, value = project(block, x)
            x = x + block.out(attend_past_and_new(query, own, (key, value), past_bias, causal))
            x, weights = cross_and_mlp(block, x, cross, cross_bias)
            new += [key, value]
            seen.append(weights.mean(1))
        return (self.decoder.logits(x), *new, torch.stack(seen, 1))


def beyond(size, lengths):
    """Additive bias [B,1,1,size] that hides the places at and after each row's length [B]."""
    return (torch.arange(size, device=lengths.device)[None] >= lengths[:, None]).float()[:, None, None] * MASKED


def attend_past_and_new(query, past, new, past_bias, new_bias):
    """One softmax over cached and new keys without joining them: -> [B,T,D]"""
    scale = query.shape[-1] ** -0.5
    scores = torch.cat([(query @ past[0].transpose(-1, -2)) * scale + past_bias,
                        (query @ new[0].transpose(-1, -2)) * scale + new_bias], -1)
    weights, capacity = scores.softmax(-1), past[0].shape[2]
    return merge_heads(weights[..., :capacity] @ past[1] + weights[..., capacity:] @ new[1])
