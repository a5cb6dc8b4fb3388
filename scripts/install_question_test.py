#!/usr/bin/env python3
"""Packages come without a question in CI and with --yes, and after one where a person sits at a terminal."""
import os
import pathlib
import pty
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCRIPT = f'ROOT={ROOT}; . "$ROOT/scripts/common.sh"; package_rows() {{ echo "command no-such-program no-such-package"; }}; need any'


class InstallQuestion(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for name, body in (("apt-get", f'echo "$@" >>{self.folder}/installed'), ("sudo", '[ "$1" != -n ] || shift; exec "$@"')):
            (self.folder / name).write_text(f"#!/bin/sh\n{body}\n")
            (self.folder / name).chmod(0o755)

    def run_script(self, typed=None, **settings):
        """Exit status and output; typed text goes to a terminal of its own, None stands for no terminal."""
        inherited = {name: value for name, value in os.environ.items() if name not in ("CI", "INSTALL_ANSWER")}
        environment = inherited | {"PATH": f"{self.folder}:{os.environ['PATH']}", "SENSORIUM_CACHE": str(self.folder)} | settings
        if typed is None:
            done = subprocess.run(["bash", "-c", SCRIPT], env=environment, stdin=subprocess.DEVNULL, text=True, stderr=subprocess.PIPE)
            return done.returncode, done.stderr
        try:
            process, terminal = pty.fork()
        except OSError as error:
            self.skipTest(f"this machine gives no terminal: {error}")
        if process == 0:
            os.execvpe("bash", ["bash", "-c", SCRIPT], environment)
        os.write(terminal, typed.encode())
        output = b""
        try:
            while piece := os.read(terminal, 4096):
                output += piece
        except OSError:
            pass  # the terminal is gone: its process has ended
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), output.decode()

    def installed(self):
        file = self.folder / "installed"
        return "install -y" in (file.read_text() if file.exists() else "")

    def test_who_says_no_gets_nothing_installed_and_is_told_what_is_missing(self):
        status, output = self.run_script("n\n")
        self.assertEqual((status, self.installed()), (1, False))
        self.assertIn("no-such-package", output)

    def test_who_says_yes_gets_it(self):
        status, output = self.run_script("y\n")
        self.assertEqual((status, self.installed()), (0, True))
        self.assertIn("[y/N]", output)

    def test_nobody_is_asked_in_ci_with_yes_or_without_a_terminal(self):
        for typed, settings in (("", {"CI": "true"}), ("", {"INSTALL_ANSWER": "yes"}), (None, {})):
            (self.folder / "installed").unlink(missing_ok=True)
            status, output = self.run_script(typed, **settings)
            self.assertEqual((status, self.installed()), (0, True))
            self.assertNotIn("[y/N]", output)


if __name__ == "__main__":
    unittest.main()
