"""The calls that the measurement makes beside those of the quality bench."""
import grpc
import numpy as np

from png import png
from sensorium_stubs import common_pb2, sensorium_pb2
from service import SECONDS, Service, patiently


def twice(call):
    """What the call gives; again on a new connection, if the first was lost."""
    try:
        return call()
    except grpc.RpcError as error:
        if error.code() != grpc.StatusCode.UNAVAILABLE:
            raise
    return call()


class Explainer(Service):
    def explain(self, data, text, **options):
        """-> the explanation of one medium's similarity with a text"""
        request = sensorium_pb2.ExplainRequest(media=common_pb2.Media(data=data), similar_to=common_pb2.Media(text=text), **options)
        return twice(lambda: patiently(lambda: self.stub.Explain(request, timeout=SECONDS))).explanations[0]

    def similarities(self, pictures, text):
        """[picture as pixels] -> their similarities with a text"""
        vectors = self._embed([common_pb2.Media(data=png(pixels)) for pixels in pictures])
        return vectors @ self.embed_texts([text])[0]


def spans_of(explanation):
    """-> [(start, end)] in seconds"""
    seconds = lambda time: time.seconds + time.nanos / 1e9
    return [(seconds(span.start), seconds(span.end)) for span in explanation.spans.ranges]


def bootstrap(rows, seed, rounds=1000):
    """Means of the rows of so many sets drawn with replacement, each as large as the set."""
    rows = np.asarray(rows)
    return rows[np.random.default_rng(seed).integers(0, len(rows), (rounds, len(rows)))].mean(1)
