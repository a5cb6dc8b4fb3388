"""The calls that the measurement makes, over the contracts in protos/."""
import os
import time

import grpc

from sensorium_stubs import common_pb2, decision_pb2, sensorium_pb2, sensorium_pb2_grpc

TOGETHER = 16  # cases in one Decide call
SECONDS = 1800  # of one teaching
TRIES = 60


def field(value):
    if isinstance(value, (bool, str)):
        return decision_pb2.FieldValue(category=str(value).lower() if isinstance(value, bool) else value)
    return decision_pb2.FieldValue(number=decision_pb2.NumberField(value=value))


def message(case, part):
    """A case with what one part alone has of it, or with all."""
    given = decision_pb2.DecisionCase(case_id=case.id)
    if part in ("fields", "all"):
        for name, value in case.fields.items():
            given.fields[name].CopyFrom(field(value))
    if part in ("text", "all"):
        given.notes = case.notes
    if part in ("picture", "all") and case.picture:
        given.media.append(common_pb2.Media(item_id="picture", data=case.picture.read_bytes()))
    return given


class Service:
    """A gateway at $SENSORIUM_ADDRESS."""

    def __init__(self):
        address = os.environ["SENSORIUM_ADDRESS"].removeprefix("http://")
        channel = grpc.insecure_channel(address, options=[("grpc.max_receive_message_length", 64 << 20)])
        self.stub = sensorium_pb2_grpc.SensoriumServiceStub(channel)

    def teach(self, decider, spec, cases, part, models):
        """-> name and version of a decider"""
        taught = None
        for response in self.stub.Teach(self._requests(decider, spec, cases, part, models), timeout=SECONDS):
            for failure in response.progress.failures:
                raise ValueError(f"{failure.case_id}: {failure.error.reason}: {failure.error.message}")
            taught = response.taught if response.HasField("taught") else taught
        return f"{taught.id}@{taught.version}"

    def _requests(self, decider, spec, cases, part, models):
        question = decision_pb2.Question(name=spec.outcome, instructions=spec.question, predicate=decision_pb2.PredicateQuestion())
        selectors = [common_pb2.ModelSelector(id=model) for model in models]
        yield sensorium_pb2.TeachRequest(header=sensorium_pb2.TeachHeader(decider=decider, questions=[question], models=selectors))
        for case in cases:
            outcomes = {spec.outcome: "true" if case.outcome else "false"}
            yield sensorium_pb2.TeachRequest(case=decision_pb2.TaughtCase(case=message(case, part), group=case.group, outcomes=outcomes))

    def decide(self, decider, cases, part):
        """-> the probability of each case that it is so, also of those that the decider abstains from"""
        probabilities = []
        for start in range(0, len(cases), TOGETHER):
            request = sensorium_pb2.DecideRequest(
                decider=decider, cases=[message(case, part) for case in cases[start:start + TOGETHER]], max_evidence=0, max_similar_cases=0)
            for result in self._patiently(request).results:
                if result.HasField("error"):
                    raise ValueError(f"{result.case_id}: {result.error.reason}: {result.error.message}")
                probabilities.append(result.decision.answers[0].probabilities[1].probability)
        return probabilities

    def _patiently(self, request):
        """Asked again while the service is overloaded."""
        for attempt in range(TRIES):
            try:
                return self.stub.Decide(request, timeout=SECONDS)
            except grpc.RpcError as error:
                if error.code() != grpc.StatusCode.RESOURCE_EXHAUSTED or attempt == TRIES - 1:
                    raise
            time.sleep(1)
        raise AssertionError("unreachable")
