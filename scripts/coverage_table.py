#!/usr/bin/env python3
"""Prints the share of lines that any of several Cobertura reports has as run, by project: coverage_table.py REPORT..."""
import sys
import xml.etree.ElementTree as xml


def lines(reports):
    """Of each project the lines that can run, and whether one did in any report."""
    found = {}
    for report in reports:
        for package in xml.parse(report).getroot().iter("package"):
            known = found.setdefault(package.get("name"), {})
            for file in package.iter("class"):
                for line in file.iter("line"):
                    place = (file.get("filename"), line.get("number"))
                    known[place] = known.get(place, False) or line.get("hits") != "0"
    return found


def table(projects):
    counts = [(name, sum(known.values()), len(known)) for name, known in sorted(projects.items()) if known]
    counts.append(("all", sum(run for _, run, _ in counts), sum(total for _, _, total in counts)))
    return "\n".join(f"{name:<28} {run:>6} of {total:>6} lines  {100 * run / max(total, 1):5.1f} %" for name, run, total in counts)


if __name__ == "__main__":
    print(table(lines(sys.argv[1:])))
