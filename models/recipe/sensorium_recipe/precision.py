"""Which precision pays on this machine."""
from functools import lru_cache
from pathlib import Path

import torch


@lru_cache(maxsize=None)
def half_is_fast(device):
    """GPUs, and processors with 512-bit vectors; on others bfloat16 is emulated and far slower than float32."""
    if device != "cpu":
        return True
    facts = Path("/proc/cpuinfo")
    return facts.exists() and "avx512" in facts.read_text()


def mixed_precision(device):
    """Autocast to bfloat16 where that is faster. `device`: torch.device or its type."""
    kind = torch.device(device).type
    return torch.autocast(kind, dtype=torch.bfloat16, enabled=half_is_fast(kind))
