#!/usr/bin/env python3
"""Writes Sensorium.slnx, for editors that open the newer form, from the projects that Services.sln lists."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent


def projects(solution):
    return sorted(path.replace("\\", "/") for path in re.findall(r'"([^"]+\.csproj)"', solution))


def folders(paths):
    """Each project under the folder that holds its own, as Services.sln groups them."""
    found = {}
    for path in paths:
        found.setdefault("/".join(path.split("/")[:-2]), []).append(path)
    return found


def document(paths):
    lines = ["<Solution>"]
    for folder, inside in sorted(folders(paths).items()):
        indent = "    " if folder else "  "
        lines += [f'  <Folder Name="/{folder}/">'] if folder else []
        lines += [f'{indent}<Project Path="{path}" />' for path in inside]
        lines += ["  </Folder>"] if folder else []
    return "\n".join([*lines, "</Solution>", ""])


if __name__ == "__main__":
    (ROOT / "Sensorium.slnx").write_text(document(projects((ROOT / "Services.sln").read_text(encoding="utf-8-sig"))))
