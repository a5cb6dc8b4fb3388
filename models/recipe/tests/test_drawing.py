"""The schedule is the service's, padding means nothing, what is held out is not learned from, and training goes on where it stopped."""
import json
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent.parent))
from sensorium_recipe.drawing.autoencoder import Autoencoder  # noqa: E402
from sensorium_recipe.drawing.batches import LatentBatches  # noqa: E402
from sensorium_recipe.drawing.labelled import labelled_pictures, prompts_of, read_small  # noqa: E402
from sensorium_recipe.drawing.denoiser import Denoiser  # noqa: E402
from sensorium_recipe.drawing.fitting import Fit, learning_rate  # noqa: E402
from sensorium_recipe.drawing.noise import noise_of  # noqa: E402
from sensorium_recipe.drawing.schedule import (  # noqa: E402
    TIMESTEPS, picture_shares, question, shares_at, spread_timesteps, step_towards, trailing_timesteps)

GIVEN = {"steps": 6, "learning_rate": 1e-2, "warmup_steps": 2, "cooldown_steps": 3, "weight_decay": 0.01, "average": 0.9}


def small_denoiser():
    torch.manual_seed(0)
    denoiser = Denoiser(latent=4, fine=16, coarse=32, blocks=1, width=8, embedding=16)
    for parameter in denoiser.parameters():  # some begin as zeros, which would hide everything behind them
        torch.nn.init.normal_(parameter, std=0.2)
    return denoiser.eval()


class Schedule(unittest.TestCase):
    def test_falls_from_almost_a_picture_to_almost_noise(self):
        alphas = picture_shares()
        self.assertTrue((alphas.diff() < 0).all())
        self.assertGreater(alphas[0], 0.999)
        self.assertLess(alphas[-1], 1e-6)
        middle = np.cos((500 / 1000 + 0.008) / 1.008 * np.pi / 2) ** 2 / np.cos(0.008 / 1.008 * np.pi / 2) ** 2
        self.assertAlmostEqual(float(alphas[499]), middle, places=5)

    def test_who_knows_the_velocity_gets_the_picture_in_any_number_of_steps(self):
        torch.manual_seed(1)
        latents, noise = torch.randn(2, 4, 4, 4), torch.randn(2, 4, 4, 4)
        for steps in (1, 3, 25):
            timesteps = trailing_timesteps(steps)
            x = question(latents, noise, torch.tensor(timesteps[:1]))[0]
            for now, then in zip(timesteps, [*timesteps[1:], None]):
                picture, share = shares_at(torch.tensor([now]))
                x = step_towards(x, (picture * x - latents) / share, now, then)
            self.assertLess((x - latents).abs().max().item(), 1e-3)

    def test_trailing_timesteps_begin_with_the_last(self):
        self.assertEqual(trailing_timesteps(4), [999, 749, 499, 249])

    def test_a_batch_has_a_timestep_of_each_part(self):
        parts = spread_timesteps(10) // (TIMESTEPS // 10)
        self.assertEqual(parts.tolist(), list(range(10)))


class Noise(unittest.TestCase):
    def test_is_the_service_s(self):
        formulas = Path(__file__).parents[3] / "tests/Sensorium.Core.UnitTests/Diffusion/references.json"
        for given in json.loads(formulas.read_text())["noise"]:
            if given["step"] == 0:
                np.testing.assert_allclose(noise_of(int(given["seed"]), (11,)), given["values"], atol=1e-6)


class Words(unittest.TestCase):
    def setUp(self):
        self.denoiser = small_denoiser()
        self.latents, self.words = torch.randn(2, 4, 8, 8), torch.randn(2, 5, 8)

    @torch.no_grad()
    def test_padding_changes_nothing(self):
        timesteps = torch.tensor([3, 700])
        plain = self.denoiser(self.latents, timesteps, self.words)
        padded = self.denoiser(self.latents, timesteps, torch.cat([self.words, torch.zeros(2, 3, 8)], 1))
        self.assertLess((plain - padded).abs().max().item(), 1e-4)

    @torch.no_grad()
    def test_each_word_changes_something(self):
        plain = self.denoiser(self.latents, torch.tensor([500]), self.words)
        for place in range(5):
            other = self.words.clone()
            other[:, place] += 1
            changed = self.denoiser(self.latents, torch.tensor([500]), other)
            self.assertGreater((plain - changed).abs().max().item(), 1e-3)

    @torch.no_grad()
    def test_rows_do_not_know_of_one_another(self):
        together = self.denoiser(self.latents, torch.tensor([3, 700]), self.words)
        alone = self.denoiser(self.latents[1:], torch.tensor([700]), self.words[1:])
        self.assertLess((together[1:] - alone).abs().max().item(), 1e-4)


class Corpus(unittest.TestCase):
    def test_every_tenth_picture_of_a_class_is_held_out(self):
        with tempfile.TemporaryDirectory() as folder:
            for some in ("imagenette", "scenes", "flowers"):
                (Path(folder) / "labelled" / some / "roses").mkdir(parents=True)
                for i in range(21):
                    (Path(folder) / "labelled" / some / "roses" / f"{i:02}.jpg").touch()
            kept, held_out = labelled_pictures(Path(folder) / "labelled")
        self.assertEqual([path.name for path, label in held_out if label == "scenes/roses"], ["00.jpg", "10.jpg", "20.jpg"])
        self.assertEqual((len(kept), len(held_out), len({*kept, *held_out})), (54, 9, 63))

    def test_prompts_have_their_article(self):
        self.assertIn("a photo of an english springer", prompts_of("imagenette/english_springer"))
        self.assertIn("a photo of a view of mountains", prompts_of("scenes/mountain"))

    def test_the_square_in_the_middle_is_taken(self):
        pixels = np.zeros((100, 300, 3), np.uint8)
        pixels[:, 100:200, 0] = 255
        with tempfile.TemporaryDirectory() as folder:
            Image.fromarray(pixels).save(Path(folder) / "wide.png")
            small = read_small(Path(folder) / "wide.png")
        self.assertEqual((small.shape, small[..., 0].min(), small[..., 1].max()), ((64, 64, 3), 255, 0))


class Batches(unittest.TestCase):
    def test_labelled_and_captioned_pictures_come_in_their_shares(self):
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            items = [[f"{i}.jpg", "scenes/sea" if i < 5 else None, ["a", "b"]] for i in range(25)]
            (work / "drawn.json").write_text(json.dumps(items))
            np.save(work / "latents.npy", np.zeros((25, 2, 4, 8, 8), np.float16))
            np.save(work / "words.npy", np.ones((3, 9, 8), np.float16))
            (work / "words.json").write_text(json.dumps({"rows": [[1, 2]] * 25}))
            batches = LatentBatches(work, {"batch": 20, "labelled_share": 0.75, "wordless_share": 0.5}, np.random.default_rng(0))
        chosen = batches._pictures()
        self.assertEqual((sum(chosen < 5), sum(chosen >= 5)), (15, 5))
        # Latents of zeros leave the noise: who says nothing is wrong by what it is worth on the whole way.
        silent = batches.loss(lambda seen, timesteps, words: torch.zeros_like(seen))
        self.assertLess(abs(silent.item() - picture_shares().mean().item()), 0.1)


class Training(unittest.TestCase):
    def test_rate_goes_up_along_and_down_to_nothing(self):
        rates = [learning_rate({**GIVEN, "steps": 10}, step) for step in range(10)]
        np.testing.assert_allclose(rates, [0.005, *[0.01] * 7, 0.02 / 3, 0.01 / 3], rtol=1e-6)

    def test_goes_on_where_it_stopped(self):
        pixels = torch.rand(2, 3, 16, 16) * 2 - 1
        loss = lambda model: model.loss(pixels, 0.01)
        with tempfile.TemporaryDirectory() as folder:
            first = self._fit(folder, loss, 4)
            again = self._fit(folder, loss, 6)
        self.assertEqual((first.step, again.step), (4, 6))
        self.assertEqual(again.average.steps, 6)
        self.assertLess(again.lost[-1], first.lost[0])

    @staticmethod
    def _fit(folder, loss, steps):
        torch.manual_seed(0)
        fit = Fit(Autoencoder(fine=8, coarse=16, latent=4, noise=0.1), loss, {**GIVEN, "steps": steps}, Path(folder) / "part.pt")
        fit.run()
        return fit


class Latents(unittest.TestCase):
    @torch.no_grad()
    def test_mean_and_deviation_are_taken_off_and_put_back(self):
        autoencoder = Autoencoder(fine=8, coarse=16, latent=4, noise=0.1).eval()
        pixels = torch.rand(2, 3, 32, 32)
        plain = autoencoder.decoder(autoencoder.encoder(pixels))
        autoencoder.mean += torch.arange(4).view(1, 4, 1, 1)
        autoencoder.deviation *= 3
        latents = autoencoder.encode(pixels)
        self.assertEqual(latents.shape, (2, 4, 8, 8))
        self.assertLess((autoencoder.decode(latents) - plain).abs().max().item(), 1e-4)


if __name__ == "__main__":
    unittest.main()
