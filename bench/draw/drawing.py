"""What a gateway is asked: pictures of words, and which of the words pictures show."""
import io

import numpy as np
from PIL import Image

from png import png
from sensorium_stubs import common_pb2, image_pb2, sensorium_pb2
from service import BATCH, SECONDS, Service, patiently

AT_ONCE = 10  # pictures of one request


class DrawingService(Service):
    def draw(self, prompt, count, seed, **how):
        """-> uint8 [count,S,S,3] of `seed` and those that follow it; how as in GenerateImageRequest"""
        pictures = []
        for start in range(0, count, AT_ONCE):
            request = image_pb2.GenerateImageRequest(prompt=prompt, count=min(AT_ONCE, count - start), seed=seed + start, **how)
            pictures += patiently(lambda: self._drawn(request))
        return np.stack(pictures)

    def _drawn(self, request):
        made = {}
        for response in self.stub.GenerateImage(request, timeout=SECONDS):
            if response.event.HasField("finished"):
                made[response.event.finished.index] = np.asarray(Image.open(io.BytesIO(response.event.finished.png)).convert("RGB"))
        if len(made) != request.count:
            raise EOFError(f"{len(made)} of {request.count} pictures came")
        return [made[i] for i in range(request.count)]

    def classify(self, pictures, phrases):
        """The label of each that the pack finds most similar; phrases: {label: what it is called}"""
        labels = [sensorium_pb2.Label(name=label, phrases=several) for label, several in phrases.items()]
        found = []
        for start in range(0, len(pictures), BATCH):
            items = [common_pb2.Media(data=png(picture)) for picture in pictures[start:start + BATCH]]
            request = sensorium_pb2.ClassifyRequest(items=items, labels=labels, top_k=1)
            for result in patiently(lambda: self.stub.Classify(request, timeout=SECONDS)).results:
                if result.HasField("error"):
                    raise ValueError(f"{result.item_id}: {result.error.reason}: {result.error.message}")
                found.append(result.classification.scores[0].label)
        return found
