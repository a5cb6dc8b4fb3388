#!/usr/bin/env python3
import pathlib
import tempfile
import unittest

import coverage_table

REPORT = """<coverage><packages><package name="A"><classes><class filename="a.cs"><lines>{}</lines></class></classes></package></packages></coverage>"""


def line(number, hits):
    return f'<line number="{number}" hits="{hits}" />'


class CoverageTable(unittest.TestCase):
    def test_a_line_counts_once_and_is_run_if_any_report_has_it_run(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = [pathlib.Path(folder) / "1.xml", pathlib.Path(folder) / "2.xml"]
            paths[0].write_text(REPORT.format(line(1, 0) + line(2, 3) + line(3, 0) + line(4, 1)))
            paths[1].write_text(REPORT.format(line(1, 1) + line(2, 0)))

            rows = coverage_table.table(coverage_table.lines(paths)).splitlines()

        self.assertEqual([row.split() for row in rows], [["A", "3", "of", "4", "lines", "75.0", "%"], ["all", "3", "of", "4", "lines", "75.0", "%"]])


if __name__ == "__main__":
    unittest.main()
