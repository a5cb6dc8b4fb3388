#!/usr/bin/env python3
"""Counts what really ran, for test.sh.

tally.py add RESULTS NAME passed|failed|skipped       one check
tally.py trx RESULTS NAME EXIT_CODE FILE              a .NET test project's report
tally.py junit RESULTS NAME EXIT_CODE FILE            a report in JUnit's XML
tally.py total RESULTS                                the closing line; exit status 1 if anything failed

A report that is missing or unreadable, one without a single test, and a runner that failed without saying which
test did, each count as one failure: a crashed test host must never look like success.
"""
import collections
import fcntl
import json
import sys
import xml.etree.ElementTree as ElementTree

TRX_RESULT = "{http://microsoft.com/schemas/VisualStudio/TeamTest/2010}UnitTestResult"
TRX_OUTCOMES = {"Passed": "passed", "NotExecuted": "skipped"}


SLOWEST = 10


def seconds(text):
    """Of a duration as TRX ("00:00:01.5") or JUnit ("1.5") writes it; 0 where there is none."""
    total = 0.0
    for part in (text or "0").split(":"):
        total = total * 60 + float(part)
    return total


def read_trx(path):
    counts, failures, times = collections.Counter(), [], []
    for result in ElementTree.parse(path).iter(TRX_RESULT):
        outcome = TRX_OUTCOMES.get(result.get("outcome"), "failed")
        counts[outcome] += 1
        times.append((seconds(result.get("duration")), result.get("testName")))
        if outcome == "failed":
            failures.append(result.get("testName"))
    return counts, failures, times


def read_junit(path):
    counts, failures, times = collections.Counter(), [], []
    for case in ElementTree.parse(path).iter("testcase"):
        outcome = "passed"
        if case.find("skipped") is not None:
            outcome = "skipped"
        if case.find("failure") is not None or case.find("error") is not None:
            outcome = "failed"
            failures.append(case.get("name"))
        counts[outcome] += 1
        times.append((seconds(case.get("time")), case.get("name")))
    return counts, failures, times


def read_report(reader, path, exit_code):
    try:
        counts, failures, times = reader(path)
    except (OSError, ElementTree.ParseError) as error:
        return collections.Counter(failed=1), [f"no report ({error}); exit status {exit_code}"], []
    if not sum(counts.values()):
        counts["failed"] += 1
        failures.append("no test was found")
    elif exit_code and not counts["failed"]:
        counts["failed"] += 1
        failures.append(f"the runner ended with status {exit_code} although no test failed")
    return counts, failures, times


def add(results, name, counts, failures=(), times=()):
    entry = {"name": name, "counts": counts, "failures": list(failures), "times": sorted(times, reverse=True)[:SLOWEST]}
    with open(results, "a", encoding="utf-8") as file:
        # Checks run side by side, and each adds its own line.
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(json.dumps(entry) + "\n")


def closing_line(counts):
    return ", ".join(f"{counts[outcome]} {outcome}" for outcome in ("passed", "failed", "skipped"))


def slowest(times):
    return [f"{duration:8.2f} s  {name}" for duration, name in sorted(times, reverse=True)[:SLOWEST]]


def total(results):
    counts, failures, times = collections.Counter(), [], []
    with open(results, encoding="utf-8") as file:
        for entry in map(json.loads, file):
            counts.update(entry["counts"])
            failures += [f"{entry['name']}: {failure}" for failure in entry["failures"]]
            times += [(duration, name) for duration, name in entry["times"]]
    if times:
        print("\n".join(["slowest tests:", *slowest(times), ""]))
    for failure in failures:
        print(f"failed: {failure}")
    print(closing_line(counts))
    return 1 if counts["failed"] or not counts["passed"] else 0


def main():
    command, results, *rest = sys.argv[1:]
    if command == "total":
        return total(results)
    if command == "add":
        name, outcome = rest
        add(results, name, {outcome: 1}, [name] if outcome == "failed" else [])
        return 0
    name, exit_code, path = rest
    counts, failures, times = read_report({"trx": read_trx, "junit": read_junit}[command], path, int(exit_code))
    add(results, name, counts, failures, times)
    print(f"{name}: {closing_line(counts)}")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
