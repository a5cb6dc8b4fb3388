"""What a family's file says of a model, and how its files are written."""
import dataclasses
import json
from collections.abc import Callable


@dataclasses.dataclass(frozen=True)
class Model:
    """One model folder.

    id: its name. task: the file of tasks/ that asks transformers.js. question: what that is asked; media by the names of media.py.
    write: fills the folder.
    """

    id: str
    task: str
    question: dict
    write: Callable


def write_json(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
