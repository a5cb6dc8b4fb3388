"""The sets: which members of a row make a case, and which cases are held back."""
import json
import random
from collections import namedtuple

HELD_BACK = 3  # every third group of a set that has no test rows

Set = namedtuple("Set", "name question outcome text picture group date")
SETS = [
    Set("skin", "The lesion is cancer.", "cancer", ("text",), "picture", "patient", None),
    Set("chest_xray", "The patient has COVID-19.", "covid", ("text_strict",), "picture", "patient", None),
    Set("lendingclub", "The loan is not paid back.", "default", ("title", "text"), None, None, "issued"),
    Set("kiva", "The loan is not paid back.", "default", ("text",), None, None, None),
]
Case = namedtuple("Case", "id group fields notes picture outcome")


def read(spec, folder):
    """-> cases to teach, cases to decide, and what the latter are: "test" or "development"."""
    rows = [json.loads(line) for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]
    held = {i for i, row in enumerate(rows) if row.get("split") == "test"}
    kind = "test" if held else "development"
    held = held or hold_back(spec, rows)
    cases = [case(spec, row, folder) for row in rows]
    return [c for i, c in enumerate(cases) if i not in held], [c for i, c in enumerate(cases) if i in held], kind


def hold_back(spec, rows):
    """The latest cases, where they have dates; else whole groups by chance."""
    if spec.date:
        order = sorted(range(len(rows)), key=lambda i: (rows[i][spec.date], i))
        return set(order[len(rows) - len(rows) // HELD_BACK:])
    groups = sorted({group(spec, row) for row in rows})
    random.Random(1).shuffle(groups)
    chosen = set(groups[:len(groups) // HELD_BACK])
    return {i for i, row in enumerate(rows) if group(spec, row) in chosen}


def group(spec, row):
    return row[spec.group] if spec.group else row["id"]


def case(spec, row, folder):
    fields = {name: value for kind in ("numeric", "categorical") for name, value in row[kind].items() if value is not None}
    notes = ". ".join(row[name].strip() for name in spec.text if (row.get(name) or "").strip())
    picture = folder / row[spec.picture] if spec.picture and row.get(spec.picture) else None
    return Case(row["id"], group(spec, row), fields, notes, picture, bool(row["outcome"][spec.outcome]))
