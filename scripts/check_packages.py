#!/usr/bin/env python3
"""Packs what is published, from what is built, and checks what each package tells of itself: check_packages.py FOLDER."""

import pathlib
import re
import subprocess
import sys
import zipfile

TOOL = "sensorium"
ROOT = pathlib.Path(__file__).resolve().parent.parent
# The project, its package, and files that are in it.
PACKAGES = [
    ("services/Shared/Contracts", "Sensorium.Contracts", ["lib/net10.0/Sensorium.Contracts.dll"]),
    ("clients/Sensorium.Client", "Sensorium.Client", ["lib/net10.0/Sensorium.Client.dll", "lib/net10.0/Sensorium.Client.xml", "README.md"]),
    (
        "clients/Aspire.Hosting.Sensorium",
        "Aspire.Hosting.Sensorium",
        ["lib/net10.0/Aspire.Hosting.Sensorium.dll", "lib/net10.0/Aspire.Hosting.Sensorium.xml", "README.md"],
    ),
    ("clients/Sensorium.Cli", TOOL, ["tools/net10.0/any/sensorium.dll", "tools/net10.0/any/DotnetToolSettings.xml", "README.md"]),
]
TOLD = ["authors", "description", "license"]


def pack(project, folder):
    command = ["dotnet", "pack", str(ROOT / project), "-c", "Release", "--no-build", "-v", "quiet", "-nologo", "-o", str(folder)]
    done = run(*command)
    return [] if done.returncode == 0 else [f"{project}: {done.stdout.strip()}"]


def faults(name, files, folder):
    found = [path for path in folder.glob(f"{name}.*.nupkg") if path.name[len(name) + 1].isdigit()]
    if len(found) != 1:
        return [f"{name}: {len(found)} packages"]
    with zipfile.ZipFile(found[0]) as package:
        missing = [file for file in files if file not in package.namelist()]
        manifest = package.read(f"{name}.nuspec").decode("utf-8-sig")
    untold = [element for element in TOLD if not re.search(rf"<{element}[^>]*>[^<]+</{element}>", manifest)]
    symbols = [] if name == TOOL or found[0].with_suffix(".snupkg").exists() else ["symbols"]
    return [f"{name}: no {what}" for what in missing + untold + symbols]


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


def tool_faults(folder):
    """Installs the tool from its package, as people do, and asks it for help."""
    installed = run("dotnet", "tool", "install", TOOL, "--tool-path", str(folder / "tool"), "--source", str(folder), "--no-cache")
    if installed.returncode != 0:
        return [f"{TOOL}: {installed.stdout.strip()}"]
    told = run(str(folder / "tool" / TOOL), "--help")
    missing = [word for word in ["Usage:", "Examples:", "caption", "search", "decide"] if word not in told.stdout]
    return [f"{TOOL} --help: no {word}" for word in missing]


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wrong = [fault for project, _, _ in PACKAGES for fault in pack(project, folder)]
    wrong = wrong or [fault for _, name, files in PACKAGES for fault in faults(name, files, folder)] + tool_faults(folder)
    print("\n".join(wrong) or "Packages are complete.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
