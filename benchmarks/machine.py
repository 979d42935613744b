"""The machine, the packages and the code of a run: recorded by the run, never typed by hand."""

import hashlib
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODELDAY = (sys.executable, "-m", "api.cli.main")
"""The command `modelday` of this copy of the code, where it is run in `ROOT`."""
PACKAGES = ("modelday", "ortools", "numpy", "scipy", "highspy", "pyjobshop", "alns")


METHODS = ("engine", "benchmarks/peers")
"""The code that a search is made of."""
SERVICE = ("engine", "api")
"""The code that a request goes through."""


def machine(code: tuple[str, ...] = METHODS) -> dict[str, str]:
    """Processor, cores, memory, system, Python and package versions, and the digest of the code."""
    found = {
        "processor": _line("/proc/cpuinfo", "model name") or platform.processor() or "unknown",
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": _line("/proc/meminfo", "MemTotal") or "unknown",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "code": code_digest(code),
    }
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def code_digest(code: tuple[str, ...] = METHODS) -> str:
    """Twelve hex digits that change with any source line in these folders."""
    digest = hashlib.sha256()
    for folder in code:
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _line(file: str, key: str) -> str | None:
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except OSError:
        return None
    found = (line.partition(":")[2].strip() for line in lines if line.startswith(key))
    return next(found, None)
