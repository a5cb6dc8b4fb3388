"""The calls that the measurement makes, over the contracts in protos/."""
import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import numpy as np

from sensorium_stubs import common_pb2, generation_pb2, sensorium_pb2, sensorium_pb2_grpc, status_details_pb2

BATCH = 16  # media in one Embed call
AT_ONCE = 4  # captions under way at a time
SECONDS = 300  # of one call, and of asking again
FIRST_DELAY, LONGEST_DELAY = 0.1, 2.0


def asks_for_patience(error):
    """An overloaded service says when to come again; what is too large is refused for good."""
    details = [value for key, value in error.trailing_metadata() or () if key == "grpc-status-details-bin"]
    return error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED and any(
        detail.type_url.endswith("google.rpc.RetryInfo")
        for value in details for detail in status_details_pb2.Status.FromString(value).details)


def patiently(call):
    """What the call gives, asked for again, later each time, while the service is overloaded."""
    delay, deadline = FIRST_DELAY, time.monotonic() + SECONDS
    while True:
        try:
            return call()
        except grpc.RpcError as error:
            if not asks_for_patience(error) or time.monotonic() > deadline:
                raise
        time.sleep(delay)
        delay = min(2 * delay, LONGEST_DELAY)


class Service:
    """A gateway at $SENSORIUM_ADDRESS."""

    def __init__(self):
        address = os.environ["SENSORIUM_ADDRESS"].removeprefix("http://")
        channel = grpc.insecure_channel(address, options=[("grpc.max_receive_message_length", 64 << 20)])
        self.stub = sensorium_pb2_grpc.SensoriumServiceStub(channel)

    def embed_files(self, paths):
        """-> [n, width], each of length 1"""
        return self._embed([common_pb2.Media(data=Path(p).read_bytes()) for p in paths])

    def embed_texts(self, texts):
        return self._embed([common_pb2.Media(text=t) for t in texts])

    def _embed(self, items):
        vectors = []
        for start in range(0, len(items), BATCH):
            request = sensorium_pb2.EmbedRequest(items=items[start:start + BATCH])
            for result in patiently(lambda: self.stub.Embed(request, timeout=SECONDS)).results:
                if result.HasField("error"):
                    raise ValueError(f"{result.item_id}: {result.error.reason}: {result.error.message}")
                vectors.append(np.frombuffer(result.encoded.embedding.data, np.float32))
        return np.stack(vectors)

    def caption(self, path, **parameters):
        """-> the Finished event for one file; parameters as in GenerationParameters"""
        request = sensorium_pb2.CaptionRequest(media=[common_pb2.Media(data=Path(path).read_bytes())],
                                               parameters=generation_pb2.GenerationParameters(**parameters))
        return patiently(lambda: self._finished(request))

    def _finished(self, request):
        for response in self.stub.Caption(request, timeout=SECONDS):
            if response.event.HasField("finished") and response.event.choice_index == 0:
                return response.event.finished
        raise EOFError("a caption ended before it was finished")

    def captions(self, paths, **parameters):
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return [finished.text for finished in pool.map(lambda p: self.caption(p, **parameters), paths)]

    def decode_milliseconds(self, paths):
        """Median time of a decoding step, one request at a time, greedy."""
        times = []
        for path in paths:
            finished = self.caption(path, num_beams=1, temperature=0)
            timing, steps = finished.timing, finished.usage.generated_tokens - 1
            seconds = timing.total.ToTimedelta() - timing.time_to_first_token.ToTimedelta()
            times += [1000 * seconds.total_seconds() / steps] if steps > 0 else []
        return statistics.median(times)
