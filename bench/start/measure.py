"""Starts the gateway again and again: measure.py DLL STARTS REST JSON (an empty JSON writes none)."""
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

PATIENCE = 120


def free_ports():
    """Two that are free now."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def is_ready(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def memory_mb(pid, name):
    """Of smaps_rollup, in units of 1,000,000 bytes."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as file:
        found = re.search(rf"^{name}:\s+(\d+) kB", file.read(), re.MULTILINE)
    return int(found[1]) * 1024 / 1e6


def cpu_seconds(pid):
    """What it has computed for so long, on all cores together."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        user, system = file.read().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def start(dll, rest):
    """Seconds to ready, by the clock and of processors; PSS, and what of it is no file's, after the rest."""
    grpc, http = free_ports()
    settings = {**os.environ, "Sensorium__Host__GrpcPort": str(grpc), "Sensorium__Host__HttpPort": str(http)}
    began = time.monotonic()
    with subprocess.Popen(["dotnet", dll], env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not is_ready(http):
                if process.poll() is not None or time.monotonic() - began > PATIENCE:
                    sys.exit("the gateway did not become ready")
                time.sleep(0.02)
            ready, computed = time.monotonic() - began, cpu_seconds(process.pid)
            time.sleep(rest)
            return ready, computed, memory_mb(process.pid, "Pss"), memory_mb(process.pid, "Anonymous")
        finally:
            process.send_signal(signal.SIGTERM)


def main():
    dll, starts, rest, target = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
    start(dll, 0)  # warms the disk
    runs = [start(dll, rest) for _ in range(starts)]
    seconds, computed, pss, anonymous = (round(statistics.median(values), 2) for values in zip(*runs))
    figures = {"cold_start_s": seconds, "cold_start_cpu_s": computed, "memory_at_rest_mb": pss, "memory_at_rest_anonymous_mb": anonymous, "starts": starts, "rest_s": rest}
    print(json.dumps(figures, indent=2))
    if target:
        with open(target, "w", encoding="utf-8") as file:
            json.dump({**figures, "each": [dict(zip(("cold_start_s", "cold_start_cpu_s", "memory_mb", "anonymous_mb"), run)) for run in runs]}, file, indent=2)


if __name__ == "__main__":
    main()
