#!/usr/bin/env python3
"""Writes docs/errors.md from the tables of errors and warnings: errors_doc.py [--check].

With --check it writes nothing and fails if the page is not what the tables say.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/errors.md"
SOURCE = ROOT / "services/Shared/Core/Errors"

HEAD = """\
<!-- Written by scripts/errors_doc.py from services/Shared/Core/Errors. -->
# Errors and warnings

Every failed call carries `google.rpc.ErrorInfo` with the domain `sensorium.dev` and one of the reasons below, in the
standard trailer `grpc-status-details-bin`; `BadRequest` names the field that was wrong, `RetryInfo` says when to try
again where that can help. Items of a batch fail one by one: their `ErrorStatus` carries the same reason. Over HTTP, the
status is the one in the third column, and `Retry-After` says when to try again.

Reasons are stable within v1. Messages are for people and may change.

## Errors

| reason | status | HTTP | when | what to do |
|---|---|---|---|---|
"""

MIDDLE = """
## Warnings

A result can be good and still deserve a remark.

| reason | when |
|---|---|
"""

STRING = r'"((?:[^"\\]|\\.)*)"'
ERROR = re.compile(
    rf"new ErrorRow\(ErrorReasons\.(\w+), \[([^\]]+)\], {STRING}, {STRING}\)(?: with {{ HttpStatus = (\d+) }})?")
WARNING = re.compile(rf"new WarningRow\(WarningReasons\.(\w+), {STRING}\)")


def read(name):
    return (SOURCE / name).read_text(encoding="utf-8")


def constants(name):
    return dict(re.findall(r'const string (\w+) = "(\w+)"', read(name)))


def upper_snake(name):
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).upper()


def plain(text):
    return re.sub(r"\\(.)", r"\1", text)


def errors():
    names = constants("ErrorReasons.cs")
    statuses = dict(re.findall(r"\[ErrorCode\.(\w+)\] = (\d+)", read("HttpStatuses.cs")))
    for reason, codes, when, what, status in ERROR.findall(read("ErrorTable.cs")):
        codes = re.findall(r"ErrorCode\.(\w+)", codes)
        http = dict.fromkeys([status] if status else [statuses[code] for code in codes])
        yield (f"| `{names[reason]}` | {', '.join(map(upper_snake, codes))} | {', '.join(http)} "
               f"| {plain(when)} | {plain(what)} |\n")


def warnings():
    names = constants("WarningReasons.cs")
    for reason, when in WARNING.findall(read("WarningTable.cs")):
        yield f"| `{names[reason]}` | {plain(when)} |\n"


def page():
    return HEAD + "".join(errors()) + MIDDLE + "".join(warnings())


def main():
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        raise SystemExit(f"docs/{PAGE.name} is not what the tables say; run scripts/errors_doc.py")


if __name__ == "__main__":
    main()
