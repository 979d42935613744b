"""A server in a process of its own, with what it has used of processor and memory."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_TICKS = os.sysconf("SC_CLK_TCK")
_KEY = "mdk_"


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server answers, its process, and the headers with a key to it."""

    address: str
    process: int
    headers: tuple[tuple[str, str], ...]

    def processor_seconds(self) -> float:
        """Processor time of the server and its processes so far; it counts in hundredths."""
        return sum(map(_ticks_of, self._all())) / _TICKS

    def megabytes(self) -> float:
        """Resident memory of the server and its processes."""
        return sum(map(_kilobytes_of, self._all())) / 1024

    def _all(self) -> list[int]:
        started = Path(f"/proc/{self.process}/task/{self.process}/children").read_text("ascii")
        return [self.process, *map(int, started.split())]


def _ticks_of(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _kilobytes_of(process: int) -> int:
    for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise ValueError("the process has no memory")


@contextlib.contextmanager
def running(folder: str, *options: str) -> Iterator[Server]:
    """A server on a store in that folder, which wants keys; `options` of `modelday serve`."""
    environment = {**os.environ, "PYTHONPATH": _path()}
    modelday = [sys.executable, "-m", "api.cli.main"]
    store = ["--database", f"sqlite:///{folder}/runs.db"]
    add = [*modelday, "keys", "add", "one-practice", *store]
    told = subprocess.run(
        add, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout
    key = next(word for word in told.split() if word.startswith(_KEY))
    process = subprocess.Popen(
        [*modelday, "serve", "--auth", "--port", "0", *store, *options],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        yield Server(address, process.pid, (("Authorization", f"Bearer {key}"),))
    finally:
        process.terminate()
        process.wait()


def _path() -> str:
    """This code, then whatever the benchmark was told."""
    return os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
