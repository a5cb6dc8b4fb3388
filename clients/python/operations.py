#!/usr/bin/env python3
"""Each main operation once: caption, embed, compare, classify, index and search, transcribe, chat, explain, decide, live.

usage: operations.py [ADDRESS [FOLDER OF SAMPLES]]
"""
import array
import pathlib
import sys

from first_five_calls import caption, connect, cosine, embed
from sensorium_stubs import common_pb2, decision_pb2, generation_pb2, index_pb2, live_pb2, sensorium_pb2

TIMEOUT = 120


def file_of(path):
    return common_pb2.Media(item_id=path.name, data=path.read_bytes())


def words(text, item_id=""):
    return common_pb2.Media(item_id=item_id or text, text=text)


def compare(service, left, right):
    """How alike each of the left is to each of the right, from -1 to 1."""
    answer = service.Compare(sensorium_pb2.CompareRequest(left=left, right=right), timeout=TIMEOUT)
    numbers = array.array("f", answer.similarities.data)
    return [numbers[row * len(right):(row + 1) * len(right)].tolist() for row in range(len(left))]


def classify(service, medium, labels):
    """Labels in words with their scores, best first."""
    request = sensorium_pb2.ClassifyRequest(items=[medium], labels=[sensorium_pb2.Label(name=label) for label in labels])
    result = service.Classify(request, timeout=TIMEOUT).results[0]
    if result.HasField("error"):
        raise ValueError(f"{result.error.reason}: {result.error.message}")
    return [(score.label, score.score) for score in result.classification.scores]


def index(service, collection, media):
    """Puts media into a collection, which is made if there is none, and answers what became of each."""

    def parts():
        yield index_pb2.IndexRequest(header=index_pb2.IndexHeader(collection=collection, create=True))
        for medium in media:
            yield index_pb2.IndexRequest(item=index_pb2.IndexItem(id=medium.item_id, media=medium))

    answers = [answer.item for answer in service.Index(parts(), timeout=TIMEOUT) if answer.HasField("item")]
    return {item.id: index_pb2.IndexOutcome.Name(item.outcome) for item in answers}


def search(service, collection, query, count=3):
    """The items that are most like a query in words, or a medium."""
    request = index_pb2.SearchRequest(collection=collection, queries=[index_pb2.SearchQuery(media=query)], page_size=count)
    return [(hit.item.id, hit.score) for hit in service.Search(request, timeout=TIMEOUT).hits]


def drop(service, collection):
    service.Collections(index_pb2.CollectionsRequest(drop=index_pb2.DropCollection(name=collection)), timeout=TIMEOUT)


def transcribe(service, sound, language="", model=""):
    """What is said, with the second that each segment begins at. Needs a model of speech."""
    request = sensorium_pb2.TranscribeRequest(
        media=sound, model=common_pb2.ModelSelector(id=model), parameters=generation_pb2.TranscriptionParameters(language=language))
    events = (answer.event for answer in service.Transcribe(request, timeout=TIMEOUT))
    return [(event.segment.range.start.ToTimedelta().total_seconds(), event.segment.text) for event in events if event.HasField("segment")]


def chat(service, *parts, model=""):
    """Answers one message of words and media."""
    pieces = [generation_pb2.ChatPart(text=part) if isinstance(part, str) else generation_pb2.ChatPart(media=part) for part in parts]
    message = generation_pb2.ChatMessage(role=generation_pb2.CHAT_ROLE_USER, parts=pieces)
    request = sensorium_pb2.SensoriumServiceGenerateRequest(model=common_pb2.ModelSelector(id=model), messages=[message])
    for answer in service.Generate(request, timeout=TIMEOUT):
        if answer.event.HasField("finished"):
            return answer.event.finished.text
    raise EOFError("the answer ended before it was finished")


def explain(service, medium, text, grid=3):
    """Which cells of a picture carry its likeness to a text: rows of weights."""
    request = sensorium_pb2.ExplainRequest(media=medium, similar_to=words(text), grid=grid)
    found = service.Explain(request, timeout=TIMEOUT).explanations[0]
    return [list(found.weights[row * found.grid.columns:(row + 1) * found.grid.columns]) for row in range(found.grid.rows)]


def decide(service, media, question, choices):
    """A choice in words about a case of media, with the probability of each."""
    options = decision_pb2.ChoiceQuestion(choices=[decision_pb2.QuestionOption(value=choice) for choice in choices])
    request = sensorium_pb2.DecideRequest(
        cases=[decision_pb2.DecisionCase(media=media)],
        questions=[decision_pb2.Question(name="question", instructions=question, choice=options)])
    result = service.Decide(request, timeout=TIMEOUT).results[0]
    if result.HasField("error"):
        raise ValueError(f"{result.error.reason}: {result.error.message}")
    answer = result.decision.answers[0]
    return answer.choice, {option.value: option.probability for option in answer.probabilities}


def live(service, frames, watch):
    """What is noticed of frames, pairs of a second and a picture, while they come in: each with its second, its kind and its words."""

    def parts():
        watched = [live_pb2.WatchedWords(name=name) for name in watch]
        yield sensorium_pb2.LiveRequest(header=live_pb2.LiveHeader(watch=watched, captions=live_pb2.LiveCaptions()))
        for second, picture in frames:
            frame = live_pb2.LiveFrame(data=picture)
            frame.time.FromMicroseconds(round(second * 1e6))
            yield sensorium_pb2.LiveRequest(frame=frame)

    events = (answer.event for answer in service.Live(parts(), timeout=TIMEOUT))
    told = ((event.range.start.ToMicroseconds() / 1e6, event.WhichOneof("event"), event) for event in events)
    return [(second, kind, event.caption.text or event.alert.name) for second, kind, event in told if kind in ("caption", "alert", "scene")]


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:7070"
    samples = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ".cache/samples")
    service = connect(address)
    picture, sound = file_of(samples / "dandelion.jpg"), file_of(samples / "clock.wav")

    print("caption:", caption(service, picture))
    vectors = embed(service, picture, words("a flower"))
    print(f"embed: {len(vectors[0])} numbers, {cosine(*vectors):.3f} alike")
    print("compare:", compare(service, [picture, sound], [words("a flower"), words("a clock ticking")]))
    print("classify:", classify(service, picture, ["a flower", "a football match"]))
    print("index:", index(service, "example", [picture, sound]))
    print("search:", search(service, "example", words("a clock ticking")))
    drop(service, "example")
    print("chat:", chat(service, "What is this?", picture))
    print("explain:", explain(service, picture, "a flower"))
    print("decide:", decide(service, [picture], "What is in the picture?", ["a flower", "a football match"]))
    print("live:", live(service, [(0, picture.data)], ["a meadow of flowers"]))


if __name__ == "__main__":
    main()
