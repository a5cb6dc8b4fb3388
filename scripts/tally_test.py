#!/usr/bin/env python3
"""What test.sh counts is what ran: above all, a crash is never a success."""
import pathlib
import tempfile
import unittest

import tally

TRX = (
    '<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>'
    '<UnitTestResult testName="a" outcome="Passed" duration="00:01:01.5"/><UnitTestResult testName="b" outcome="{outcome}"/>'
    '<UnitTestResult testName="c" outcome="NotExecuted"/></Results></TestRun>'
)
JUNIT = (
    '<testsuites><testcase name="a"/><testsuite><testcase name="b"><failure/></testcase>'
    '<testcase name="c"><skipped/></testcase></testsuite></testsuites>'
)


class Tally(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, text):
        path = self.folder / "report.xml"
        path.write_text(text)
        return path

    def test_outcomes_of_a_trx_report_are_counted(self):
        counts, failures, _ = tally.read_report(tally.read_trx, self.write(TRX.format(outcome="Failed")), 2)
        self.assertEqual(tally.closing_line(counts), "1 passed, 1 failed, 1 skipped")
        self.assertEqual(failures, ["b"])

    def test_durations_of_both_kinds_of_report_are_seconds(self):
        _, _, trx = tally.read_report(tally.read_trx, self.write(TRX.format(outcome="Passed")), 0)
        self.assertEqual(tally.slowest(trx)[0], "   61.50 s  a")
        _, _, junit = tally.read_report(tally.read_junit, self.write('<testsuites><testcase name="x" time="2.25"/></testsuites>'), 0)
        self.assertEqual(junit, [(2.25, "x")])

    def test_an_outcome_that_is_unknown_is_a_failure(self):
        counts, _, _ = tally.read_report(tally.read_trx, self.write(TRX.format(outcome="Timeout")), 0)
        self.assertEqual(counts["failed"], 1)

    def test_outcomes_of_a_junit_report_are_counted_at_any_depth(self):
        counts, failures, _ = tally.read_report(tally.read_junit, self.write(JUNIT), 1)
        self.assertEqual(tally.closing_line(counts), "1 passed, 1 failed, 1 skipped")
        self.assertEqual(failures, ["b"])

    def test_a_missing_report_is_a_failure_whatever_the_exit_status(self):
        for exit_code in (0, 134):
            counts, _, _ = tally.read_report(tally.read_trx, self.folder / "none.trx", exit_code)
            self.assertEqual(counts["failed"], 1)

    def test_half_a_report_is_a_failure(self):
        counts, _, _ = tally.read_report(tally.read_trx, self.write(TRX[:100]), 0)
        self.assertEqual(counts["failed"], 1)

    def test_a_report_without_tests_is_a_failure(self):
        counts, _, _ = tally.read_report(tally.read_junit, self.write("<testsuites/>"), 0)
        self.assertEqual(counts["failed"], 1)

    def test_a_runner_that_fails_without_a_failed_test_is_a_failure(self):
        counts, _, _ = tally.read_report(tally.read_trx, self.write(TRX.format(outcome="Passed")), 139)
        self.assertEqual(tally.closing_line(counts), "2 passed, 1 failed, 1 skipped")

    def test_the_total_fails_if_anything_failed_or_nothing_ran(self):
        results = self.folder / "results"
        results.write_text("")
        self.assertEqual(tally.total(results), 1)
        tally.add(results, "one", {"passed": 2})
        self.assertEqual(tally.total(results), 0)
        tally.add(results, "two", {"failed": 1}, ["two"])
        self.assertEqual(tally.total(results), 1)


if __name__ == "__main__":
    unittest.main()
