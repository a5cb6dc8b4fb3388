"""What benchmarks that are run by Python say: how long a part took, and the figures at the end."""
import contextlib
import json
import time


@contextlib.contextmanager
def timed(what):
    start = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - start:.0f} s")


def rounded(value):
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return round(value, 4) if isinstance(value, float) else value


def write(figures, path=None):
    """Prints them as JSON, with four digits, and writes them to a file if one is named."""
    text = json.dumps(rounded(figures), indent=2)
    print(text)
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
