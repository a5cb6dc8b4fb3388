#!/usr/bin/env python3
"""Runs files of unittest tests and writes a report in JUnit's XML: unittest_report.py REPORT FILE..."""
import importlib
import pathlib
import sys
import time
import unittest
import xml.etree.ElementTree as ElementTree


class Result(unittest.TextTestResult):
    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.started, self.began, self.seconds = [], {}, {}

    def startTest(self, test):
        self.started.append(test.id())
        self.began[test.id()] = time.monotonic()
        super().startTest(test)

    def stopTest(self, test):
        super().stopTest(test)
        self.seconds[test.id()] = time.monotonic() - self.began[test.id()]

    def write(self, path):
        faults = {test.id(): text for test, text in self.failures + self.errors}
        skipped = {test.id(): reason for test, reason in self.skipped}
        suite = ElementTree.Element("testsuite")
        # What fails before a test starts (setUpClass, say) stands for no test, and must be seen nevertheless.
        for name in dict.fromkeys([*self.started, *faults, *skipped]):
            case = ElementTree.SubElement(suite, "testcase", name=name, time=f"{self.seconds.get(name, 0):.3f}")
            if name in faults:
                ElementTree.SubElement(case, "failure").text = faults[name]
            elif name in skipped:
                ElementTree.SubElement(case, "skipped").text = skipped[name]
        ElementTree.ElementTree(suite).write(path)


def main():
    report, suite = sys.argv[1], unittest.TestSuite()
    for file in map(pathlib.Path.resolve, map(pathlib.Path, sys.argv[2:])):
        sys.path.insert(0, str(file.parent))
        suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module(file.stem)))
    result = unittest.TextTestRunner(verbosity=2, resultclass=Result).run(suite)
    result.write(report)
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
