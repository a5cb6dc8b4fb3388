"""What `export` writes, `unpack` reads: the model that comes back says the same."""
import hashlib
import json
import sys
import tempfile
import unittest
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent.parent))
from sensorium_recipe.export import write_graphs  # noqa: E402
from sensorium_recipe.model import ModelConfig, SensoriumModel  # noqa: E402
from sensorium_recipe.pack import seal  # noqa: E402
from sensorium_recipe.unpack import load_pack  # noqa: E402

# Wide enough that the exporter stores large weights in float16, as it does in a real pack.
CONFIG = ModelConfig(vocabulary=300, width=32, heads=2, max_tokens=64, dropout=0.1, picture_channels=(4, 8, 8, 8),
                     picture_layers=2, text_layers=1, sound_channels=(4, 4, 8), sound_layers=1, clip_layers=1,
                     decoder_layers=2)
TOLERANCE = 2e-2  # of float16 weights


def trained():
    """A model whose batch norms have seen something, so that folding them changes numbers."""
    torch.manual_seed(0)
    model = SensoriumModel(CONFIG).train()
    for _ in range(3):
        model.see(torch.randn(4, 3, 64, 64))
        model.hear(torch.randn(4, 80, 100))
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.uniform_(module.bias, -0.5, 0.5)
    return model.eval()


@torch.no_grad()
def outputs(model):
    drawn = torch.Generator().manual_seed(1)
    ids = torch.randint(3, 300, (2, 7), generator=drawn)
    pixels, mel = torch.randn(2, 3, 64, 64, generator=drawn), torch.randn(2, 80, 100, generator=drawn)
    frames = torch.randn(1, 3, 3, 64, 64, generator=drawn)
    seen = [model.see(pixels), model.hear(mel), model.read(ids, torch.ones_like(ids)), model.watch(frames)]
    return [t for pair in seen for t in pair] + [model.decoder(ids, seen[0][0])]


class Unpack(unittest.TestCase):
    def test_a_pack_says_what_its_model_said(self):
        model = trained()
        with tempfile.TemporaryDirectory() as folder:
            write_graphs(model, folder, 64, 100)
            torch.manual_seed(5)
            copy = load_pack(folder, SensoriumModel(CONFIG)).eval()
        for wanted, got in zip(outputs(model), outputs(copy)):
            self.assertLess((wanted - got).abs().max().item(), TOLERANCE * wanted.abs().max().item())

    def test_a_pack_of_another_size_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            write_graphs(trained(), folder, 64, 100)
            for text_layers, difference in ((2, r"missing \['text.blocks.1"), (0, r"unexpected \['text.blocks.0")):
                other = ModelConfig(**{**CONFIG.__dict__, "text_layers": text_layers})
                with self.assertRaisesRegex(ValueError, difference):
                    load_pack(folder, SensoriumModel(other))


class Seal(unittest.TestCase):
    def test_renews_digests_and_nothing_else(self):
        with tempfile.TemporaryDirectory() as folder:
            pack = Path(folder)
            (pack / "MODEL_CARD.md").write_text("new words")
            (pack / "pack.json").write_text(json.dumps({"id": "small", "files": {"MODEL_CARD.md": "old"}}))
            seal(pack)
            manifest = json.loads((pack / "pack.json").read_text())
            digest = hashlib.sha256(b"new words").hexdigest()
            self.assertEqual(manifest, {"id": "small", "files": {"MODEL_CARD.md": digest}})


if __name__ == "__main__":
    unittest.main()
