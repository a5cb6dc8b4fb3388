#!/usr/bin/env python3
"""What scripts, recipe, benchmarks and clients call and import is what scripts/packages.txt installs for them."""
import ast
import json
import pathlib
import re
import subprocess
import sys
import unittest

import shell_commands

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The first prefix that fits says which group a file's modules and programs must be in.
GROUPS = [("bench/quality/", "quality"), ("bench/decide/", "decide"), ("bench/explain/", "quality"), ("bench/first-caption/", "first-caption"), ("bench/live/", "live"), ("bench/draw/", "quality"), ("bench/start/", "start"), ("bench/", "peers"), ("models/recipe/", "recipe"),
          ("tests/Sensorium.GoldenTests/", "recipe"), ("tests/Sensorium.Onnx.UnitTests/Graphs/", "recipe"),
          ("tests/Sensorium.Tokenization.UnitTests/Files/", "fixtures"),
          ("tests/Sensorium.Tokenization.UnitTests/Jinja/", "fixtures"), ("samples/", "run"),
          ("run.sh", "run"), ("services/", "run"), ("gateway/", "run"), ("scripts/replace-proto-baseline.sh", "contracts"), ("", "test")]
# Tests that look whether it is there, and are skipped without it: Debian has one that is too old.
OPTIONAL = {"kubectl"}
# Suites that test.sh runs with the recipe's Python, whatever group their folder has otherwise.
RECIPE_SUITES = ["models/recipe/tests", "bench/quality/quality_test.py", "bench/decide/figures_test.py", "bench/live/figures_test.py", "bench/draw/judging_test.py"]
GENERATED = {"sensorium", "status_details_pb2"}
STARTS = re.compile(r'(?:new ProcessStartInfo|Process\.Start)\("([\w.-]+)"|\b(?:spawn|execFile)(?:Sync)?\(\'([\w.-]+)\'')


def files(*endings):
    names = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, text=True,
                           stdout=subprocess.PIPE).stdout.splitlines()
    return [name for name in names if name.endswith(endings) and (ROOT / name).exists()]


def rows():
    lines = (ROOT / "scripts/packages.txt").read_text().splitlines()
    return [line.split(maxsplit=3) for line in lines if line and not line.startswith("#")]


def listed(kind, group):
    return {name for k, name, _, groups in rows() if k == kind and {"base", "given", group} & set(groups.split())}


def group_of(name):
    return next(group for prefix, group in GROUPS if name.startswith(prefix))


def imports(path):
    """Modules of a file, those inside functions too, that neither Python nor this repository has."""
    own = {file.stem for folder in (path.parent, ROOT / "scripts", ROOT / "clients/python") for file in folder.glob("*.py")}
    own |= GENERATED | {"sensorium_recipe", "writing"}
    own |= {file.stem for folder in ("bench/quality", "tests/Sensorium.Core.UnitTests/Diffusion") for file in (ROOT / folder).glob("*.py")}
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module)
    return {name for name in names if name.split(".")[0] not in sys.stdlib_module_names | own}


def is_listed(module, modules):
    return any(module == name or module.startswith(name + ".") or name.startswith(module + ".") for name in modules)


def programs(path):
    """First words of the lists that a Python file hands to subprocess."""
    tree = ast.parse(path.read_text())
    if not any(isinstance(node, ast.Name) and node.id == "subprocess" for node in ast.walk(tree)):
        return set()
    lists = [node.value if isinstance(node, ast.Assign) else node.args[0] for node in ast.walk(tree)
             if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "command" for target in node.targets)
             or isinstance(node, ast.Call) and node.args and getattr(getattr(node.func, "value", None), "id", "") == "subprocess"]
    return {node.elts[0].value for node in lists
            if isinstance(node, ast.List) and node.elts and isinstance(node.elts[0], ast.Constant)}


class Requirements(unittest.TestCase):
    def test_every_python_module_is_installed_for_those_who_import_it(self):
        missing = [f"{name}: {module} is not in group {group_of(name)}" for name in files(".py")
                   for module in imports(ROOT / name) if not is_listed(module, listed("module", group_of(name)))]
        self.assertEqual(missing, [])

    def test_suites_of_the_recipe_find_all_modules_that_they_reach(self):
        modules = listed("module", "recipe")
        reached = [name for name in files(".py") if name.startswith(("models/recipe/", *RECIPE_SUITES))]
        self.assertEqual([f"{name}: {module}" for name in reached for module in imports(ROOT / name)
                          if not is_listed(module, modules)], [])

    def test_every_program_that_a_shell_script_calls_is_installed(self):
        scripts = files(".sh", ".ci/run", "hooks/pre-commit")
        known = set(subprocess.run(["bash", "-c", "compgen -b; compgen -k"], check=True, text=True, stdout=subprocess.PIPE).stdout.split())
        known |= {function for name in scripts for function in shell_commands.functions((ROOT / name).read_text())}
        missing = [f"{name}: {program} is not in group {group_of(name)}" for name in scripts
                   for program in shell_commands.commands((ROOT / name).read_text()) - known - listed("command", group_of(name))]
        self.assertEqual(missing, [])

    def test_every_program_that_code_starts_is_installed(self):
        called = [(name, program) for name in files(".py") for program in programs(ROOT / name)]
        called += [(name, a or b) for name in files(".cs", ".mjs") for a, b in STARTS.findall((ROOT / name).read_text())]
        self.assertTrue(called)
        self.assertEqual([f"{name}: {program}" for name, program in called
                          if program not in listed("command", group_of(name)) | {"kill"} | OPTIONAL], [])

    def test_every_node_module_stands_in_a_package_of_the_repository(self):
        packages = {dependency for name in files("package.json") for key in ("dependencies", "devDependencies")
                    for dependency in json.loads((ROOT / name).read_text()).get(key, {})}
        found = {(name, module) for name in files(".mjs")
                 for module in re.findall(r"""(?:from|import\()\s*['"]([^'".:][^'":]*)['"]""", (ROOT / name).read_text())}
        self.assertTrue(found)
        self.assertEqual([pair for pair in found if "/".join(pair[1].split("/")[:2 if pair[1].startswith("@") else 1]) not in packages], [])


class ShellCommands(unittest.TestCase):
    def test_words_in_the_place_of_a_command_are_found(self):
        text = 'a=1 one "$(two x | three)" && if four; then ! five 2>/dev/null; fi # six\ncase "$x" in --y) seven ;; esac\ncat <<E\neight\nE\n'
        self.assertEqual(shell_commands.commands(text) - {"if", "then", "fi"}, {"one", "two", "three", "four", "five", "seven", "cat"})


if __name__ == "__main__":
    unittest.main()
