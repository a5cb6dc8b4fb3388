#!/usr/bin/env python3
"""The CUDA build serves on the processor, and says at start which device is not there."""
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CACHE = pathlib.Path(os.environ.get("CACHE") or os.environ.get("SENSORIUM_CACHE") or ROOT / ".cache")
SERVICE = CACHE / "cuda/bin/Sensorium.Vision/release/Sensorium.Vision.dll"
# No machine has a hundred GPUs; where there is none, the first is missing too.
MISSING = "cuda:0" if not os.path.exists("/dev/nvidiactl") else "cuda:99"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Start(unittest.TestCase):
    def start(self, device):
        log = tempfile.NamedTemporaryFile("w+", suffix=".log")
        self.addCleanup(log.close)
        self.port = free_port()
        settings = {"Sensorium__Host__GrpcPort": str(free_port()), "Sensorium__Host__HttpPort": str(self.port),
                    "Sensorium__Vision__Model__Device": device}
        process = subprocess.Popen(["dotnet", str(SERVICE)], env=os.environ | settings, stdout=log, stderr=subprocess.STDOUT, cwd=ROOT)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process, pathlib.Path(log.name)

    def test_a_session_of_it_runs_on_the_processor(self):
        process, log = self.start("cpu")
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=5) as answer:
                    self.assertEqual(answer.status, 200)
                    break
            except OSError:
                time.sleep(0.2)
        else:
            self.fail(f"never ready: {log.read_text()}")
        self.assertRegex(log.read_text(), r"Loaded \S+ \((fp32|int8)\) on cpu")

    def test_a_device_that_is_not_there_ends_the_start_with_its_name(self):
        process, log = self.start(MISSING)
        self.assertNotEqual(process.wait(timeout=90), 0)
        self.assertRegex(log.read_text(), re.escape(f"Device '{MISSING}' cannot be used"))


    def test_it_needs_the_libraries_of_the_page(self):
        provider = (SERVICE.parent / "runtimes/linux-x64/native/libonnxruntime_providers_cuda.so").read_bytes()
        needed = {int(major) for major in re.findall(rb"\0libcublasLt\.so\.(\d+)\0", provider)}
        self.assertEqual(len(needed), 1)
        for page in ("docs/gpu.md", "README.md"):
            told = {int(major) for major in re.findall(r"\bCUDA (\d+)", (ROOT / page).read_text())}
            self.assertEqual(told, needed, page)


if __name__ == "__main__":
    unittest.main()
