"""Which code made a year: a hash of the engine's sources and of the libraries that decide with it.

A change in any of them may change every week that is filled, so a year of other code is made anew.
"""

import platform
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

_ENGINE = Path(__file__).parents[1]
_ONLY_SHOWS = ("cli", "plot")
"""Floors above this one: nothing that makes a year can reach them."""
_LIBRARIES = ("ortools", "highspy", "numpy", "scipy", "pydantic")


@cache
def code_version() -> str:
    """Sixteen hex digits; the same for the same code, wherever it is installed."""
    libraries = (f"{name} {version(name)}" for name in _LIBRARIES)
    return hash_of(_ENGINE, (*libraries, f"python {platform.python_version()}"))


def hash_of(package: Path, more: Iterable[str] = ()) -> str:
    """Of every source that matters, by its path within `package`, and of more words."""
    digest = sha256()
    for path in sorted(package.rglob("*.py")):
        place = path.relative_to(package)
        if place.parts[0] not in _ONLY_SHOWS:
            digest.update(place.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update("\n".join(more).encode())
    return digest.hexdigest()[:16]
