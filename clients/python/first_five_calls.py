#!/usr/bin/env python3
"""The first five calls to Sensorium, with nothing but grpcio and the contracts in protos/.

usage: first_five_calls.py [ADDRESS [FOLDER OF SAMPLES]]
"""
import array
import pathlib
import sys

import grpc

from sensorium_stubs import common_pb2, sensorium_pb2, sensorium_pb2_grpc, status_details_pb2

CHUNK_BYTES = 256 * 1024


def connect(address):
    channel = grpc.insecure_channel(address, options=[("grpc.max_receive_message_length", 64 << 20)])
    return sensorium_pb2_grpc.SensoriumServiceStub(channel)


def status(service):
    """1. What is served here, and is it ready?"""
    return service.Status(sensorium_pb2.StatusRequest(), timeout=10)


def embed(service, *media):
    """2. Vectors of one space: a picture and words can be compared. They have length 1, so the dot product is the cosine."""
    response = service.Embed(sensorium_pb2.EmbedRequest(items=media), timeout=60)
    for result in response.results:
        if result.HasField("error"):
            raise ValueError(f"{result.item_id}: {result.error.reason}: {result.error.message}")
    return [array.array("f", result.encoded.embedding.data) for result in response.results]


def cosine(left, right):
    return sum(a * b for a, b in zip(left, right))


def caption(service, *media, on_text=lambda text: None):
    """3. Words for media, token by token. The last event repeats the whole text."""
    for response in service.Caption(sensorium_pb2.CaptionRequest(media=media), timeout=60):
        event = response.event
        if event.HasField("delta"):
            on_text(event.delta.text)
        elif event.HasField("finished"):
            return event.finished.text
    raise EOFError("the caption ended before it was finished")


def upload(service, path):
    """4. A file that is too large for one message. The reference that comes back stands for it in later calls."""

    def parts():
        yield sensorium_pb2.UploadRequest(header=sensorium_pb2.UploadHeader(size_bytes=path.stat().st_size))
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield sensorium_pb2.UploadRequest(chunk=chunk)

    return service.Upload(parts(), timeout=60).ref


def reason_of(error):
    """5. Why did it fail? The reason is stable and meant for programs; the message is for people."""
    for key, value in error.trailing_metadata():
        if key == "grpc-status-details-bin":
            for detail in status_details_pb2.Status.FromString(value).details:
                if detail.type_url.endswith("google.rpc.ErrorInfo"):
                    return status_details_pb2.ErrorInfo.FromString(detail.value).reason
    return None


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:7070"
    samples = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ".cache/samples")
    service = connect(address)

    print("services:", ", ".join(f"{s.name} {'ready' if s.ready else s.detail}" for s in status(service).services))

    picture = common_pb2.Media(item_id="picture", data=(samples / "dandelion.jpg").read_bytes())
    flower, words = common_pb2.Media(item_id="flower", text="a flower"), common_pb2.Media(item_id="words", text="a football match")
    vectors = embed(service, picture, flower, words)
    print(f"picture and 'a flower': {cosine(vectors[0], vectors[1]):.3f}, and 'a football match': {cosine(vectors[0], vectors[2]):.3f}")

    print("picture: ", end="")
    caption(service, picture, on_text=lambda text: print(text, end="", flush=True))

    reference = upload(service, samples / "long-rain.wav")
    print("\nlong sound:", caption(service, common_pb2.Media(ref=reference)))

    try:
        caption(service, common_pb2.Media(data=b"this is no picture", modality=common_pb2.MODALITY_IMAGE))
    except grpc.RpcError as error:
        print(f"refused: {error.code().name} {reason_of(error)}: {error.details()}")


if __name__ == "__main__":
    main()
