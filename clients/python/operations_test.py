#!/usr/bin/env python3
"""Runs each example once against a running gateway: its address is $SENSORIUM_ADDRESS, the samples are in
$SENSORIUM_SAMPLES, and a model of speech is served as $SENSORIUM_SPEECH_MODEL."""
import os
import pathlib
import unittest

import operations as example

SAMPLES = pathlib.Path(os.environ["SENSORIUM_SAMPLES"])
SPEECH = os.environ.get("SENSORIUM_SPEECH_MODEL", "tiny-whisper")
PICTURE = example.file_of(SAMPLES / "dandelion.jpg")
SOUND = example.file_of(SAMPLES / "clock.wav")


class Operations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = example.connect(os.environ["SENSORIUM_ADDRESS"])

    def test_compare(self):
        rows = example.compare(self.service, [PICTURE, SOUND], [example.words("a flower"), example.words("a clock ticking")])
        self.assertGreater(rows[0][0], rows[0][1])
        self.assertGreater(rows[1][1], rows[1][0])

    def test_classify(self):
        scores = example.classify(self.service, PICTURE, ["a football match", "a flower"])
        self.assertEqual(scores[0][0], "a flower")
        self.assertAlmostEqual(sum(score for _, score in scores), 1, places=4)

    def test_index_and_search(self):
        try:
            outcomes = example.index(self.service, "python-example", [PICTURE, SOUND])
            self.assertEqual(outcomes, {"dandelion.jpg": "INDEX_OUTCOME_ADDED", "clock.wav": "INDEX_OUTCOME_ADDED"})
            self.assertEqual(example.search(self.service, "python-example", example.words("a clock ticking"))[0][0], "clock.wav")
        finally:
            example.drop(self.service, "python-example")

    def test_transcribe(self):
        segments = example.transcribe(self.service, SOUND, language="en", model=SPEECH)
        self.assertTrue(segments)
        self.assertTrue(all(0 <= start <= 5.5 for start, _ in segments))

    def test_chat(self):
        self.assertTrue(example.chat(self.service, PICTURE, model="sensorium-mini").strip())

    def test_explain(self):
        rows = example.explain(self.service, PICTURE, "a flower")
        self.assertEqual([len(row) for row in rows], [3, 3, 3])
        self.assertTrue(any(weight != 0 for row in rows for weight in row))

    def test_decide(self):
        choice, probabilities = example.decide(self.service, [PICTURE], "What is in the picture?", ["a football match", "a flower"])
        self.assertEqual(choice, "a flower")
        self.assertAlmostEqual(sum(probabilities.values()), 1, places=4)

    def test_live(self):
        told = example.live(self.service, [(1.5, PICTURE.data)], ["a meadow of flowers"])
        self.assertIn((1.5, "alert", "a meadow of flowers"), told)
        self.assertTrue(any(second == 1.5 and kind == "caption" and words for second, kind, words in told))


if __name__ == "__main__":
    unittest.main()
