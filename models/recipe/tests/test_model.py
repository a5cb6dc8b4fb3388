"""The serving graph, the plain graph and the model in training say the same; names of the first checkpoint map."""
import sys
import unittest
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent.parent))
from sensorium_recipe.decode import beam, sample  # noqa: E402
from sensorium_recipe.graphs import PlainStepGraph, ServingStepGraph, layer_caches  # noqa: E402
from sensorium_recipe.model import ModelConfig, SensoriumModel  # noqa: E402
from sensorium_recipe.pack import EOS  # noqa: E402

CONFIG = ModelConfig(vocabulary=50, width=16, heads=2, max_tokens=12, dropout=0.1, picture_channels=(4, 4, 8, 8),
                     picture_layers=1, text_layers=1, sound_channels=(4, 4, 8), sound_layers=1, clip_layers=1,
                     decoder_layers=2)
LENGTHS = torch.tensor([5, 7])  # valid media tokens of the two rows
IDS = torch.tensor([[3, 9, 4, 8, 30], [7, 7, 21, 2, 11]])


def serve(model, ids, cross, lengths, cuts, capacity=12):
    """Feeds `ids` in pieces, writing the new rows into caches as a host does -> logits [B,T,V]"""
    rows, out = len(ids), []
    own = [torch.full((rows, 2, capacity, 8), 0.3) for _ in range(2 * CONFIG.decoder_layers)]
    for start, end in zip(cuts, cuts[1:]):
        past = []
        for layer, pair in enumerate(cross):
            past += [*own[2 * layer:2 * layer + 2], *pair]
        logits, *new, seen = ServingStepGraph(model)(ids[:, start:end], torch.full((rows,), start), lengths, *past)
        for cache, fresh in zip(own, new):
            cache[:, :, start:end] = fresh
        assert torch.allclose(seen.sum(-1), torch.ones_like(seen[..., 0]), atol=1e-5)
        out.append(logits)
    return torch.cat(out, 1)


class Graphs(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(0)
        self.model = SensoriumModel(CONFIG).eval()
        self.encoded = torch.randn(2, 7, 16)
        self.mask = (torch.arange(7)[None] < LENGTHS[:, None]).float()

    @torch.no_grad()
    def test_serving_step_equals_training(self):
        expected = self.model.decoder(IDS, self.encoded, self.mask)
        cross = self.model.decoder.cross_keys_values(self.encoded)
        for cuts in ([0, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]):
            got = serve(self.model, IDS, cross, LENGTHS, cuts)
            self.assertLess((got - expected).abs().max().item(), 1e-4)

    @torch.no_grad()
    def test_plain_step_equals_training(self):
        expected = self.model.decoder(IDS, self.encoded)
        past = [t for k, v in self.model.decoder.cross_keys_values(self.encoded) for t in (k[:, :, :0], v[:, :, :0], k, v)]
        logits, *new = PlainStepGraph(self.model)(IDS[:, :3], *past)
        for layer, (_, cross) in enumerate(layer_caches(past)):
            past[4 * layer:4 * layer + 4] = [*new[2 * layer:2 * layer + 2], *cross]
        rest, *_ = PlainStepGraph(self.model)(IDS[:, 3:], *past)
        self.assertLess((torch.cat([logits, rest], 1) - expected).abs().max().item(), 1e-4)

    def test_one_beam_is_greedy(self):
        greedy = sample(self.model, self.encoded, longest=8, greedy=True).tolist()
        until_end = [row[:row.index(EOS)] if EOS in row else row for row in greedy]
        self.assertEqual(beam(self.model, self.encoded, beams=1, longest=8), until_end)

    @torch.no_grad()
    def test_clip_graph_takes_the_mark_off(self):
        frames = torch.rand(1, 3, 3, 64, 64)
        marked = self.model.see(frames[0])[0][None]
        unmarked = marked - self.model.modality[1]
        self.assertTrue(torch.allclose(self.model.watch(frames)[0], self.model.watch_tokens(unmarked)[0], atol=1e-5))


if __name__ == "__main__":
    unittest.main()
