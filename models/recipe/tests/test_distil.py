"""What beams find, and which of it is kept."""
import sys
import unittest
from pathlib import Path
from types import SimpleNamespace

import torch

sys.path.insert(0, str(Path(__file__).parent.parent))
from sensorium_recipe.decode import beam, hypotheses  # noqa: E402
from sensorium_recipe.distil import closest  # noqa: E402
from sensorium_recipe.model import SensoriumModel  # noqa: E402
from sensorium_recipe.tokenizer import Tokenizer  # noqa: E402
from test_tasks import CONFIG, Pictures  # noqa: E402


class Closest(unittest.TestCase):
    def test_what_is_closest_to_the_references_is_kept(self):
        captions = [[f"a dog number {i} runs over the wet grass of a park"] * 2 for i in range(4)]
        corpus = SimpleNamespace(tokenizer=Tokenizer([]), pictures=Pictures(captions=captions))
        found = [corpus.tokenizer.closed(text, 60)[1:-1] for text in (
            "a man stands in the snow beside a wall", "a dog number 2 runs over the wet grass of a park")]
        self.assertIn("number 2", closest(corpus, 2, found))


class Hypotheses(unittest.TestCase):
    def test_all_that_ended_come_best_first(self):
        torch.manual_seed(0)
        model, penalty = SensoriumModel(CONFIG).eval(), 0.6
        model.decoder.embedding.weight.data *= 20
        seen = torch.randn(3, 9, CONFIG.width)
        found = hypotheses(model, seen, 3, 12, penalty)
        self.assertEqual([several[0] for several in found], beam(model, seen, 3, 12, penalty))
        for several in found:
            self.assertGreaterEqual(len(several), 3)
            self.assertEqual(len(set(map(tuple, several))), len(several))


if __name__ == "__main__":
    unittest.main()
