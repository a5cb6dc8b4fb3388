#!/usr/bin/env python3
"""Checks the example against a running gateway: its address is $SENSORIUM_ADDRESS, the samples are in
$SENSORIUM_SAMPLES."""
import os
import pathlib
import unittest

import grpc

import first_five_calls as example
from sensorium_stubs import common_pb2

SAMPLES = pathlib.Path(os.environ["SENSORIUM_SAMPLES"])


def sample(name):
    return common_pb2.Media(item_id=name, data=(SAMPLES / name).read_bytes())


class FirstFiveCalls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = example.connect(os.environ["SENSORIUM_ADDRESS"])

    def test_status_lists_every_service_as_ready(self):
        services = {service.name: service.ready for service in example.status(self.service).services}
        for name in ("text", "vision", "audio", "video", "generation"):
            self.assertTrue(services[name], name)

    def test_a_picture_is_nearer_to_what_it_shows(self):
        media = [sample("dandelion.jpg"), common_pb2.Media(item_id="a", text="a flower"), common_pb2.Media(item_id="b", text="a football match")]
        picture, flower, football = example.embed(self.service, *media)
        self.assertAlmostEqual(example.cosine(picture, picture), 1, places=4)
        self.assertGreater(example.cosine(picture, flower), example.cosine(picture, football))

    def test_captions_stream_and_end_with_the_whole_text(self):
        for name in ("dandelion.jpg", "clock.wav", "camera.mp4"):
            pieces = []
            text = example.caption(self.service, sample(name), on_text=pieces.append)
            self.assertGreater(len(pieces), 1, name)
            self.assertEqual("".join(pieces), text, name)

    def test_a_large_file_is_uploaded_and_captioned_by_reference(self):
        reference = example.upload(self.service, SAMPLES / "long-rain.wav")
        self.assertEqual(reference.size_bytes, (SAMPLES / "long-rain.wav").stat().st_size)
        self.assertIn("rain", example.caption(self.service, common_pb2.Media(ref=reference)))

    def test_an_error_has_a_reason(self):
        broken = common_pb2.Media(data=b"this is no picture", modality=common_pb2.MODALITY_IMAGE)
        with self.assertRaises(grpc.RpcError) as caught:
            example.caption(self.service, broken)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
        self.assertRegex(example.reason_of(caught.exception), "^[A-Z_]+$")


if __name__ == "__main__":
    unittest.main()
