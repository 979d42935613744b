"""A server in a process of its own: asked, measured, and ended in every way."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx

from benchmarks.machine import MODELDAY, ROOT

_TICKS = os.sysconf("SC_CLK_TCK")
_KEY = "mdk_"


class Server:
    """`modelday serve` on a free port of the loopback address, with `options` of that command.

    `key`: an API key to a store that wants one; each request of `client` carries it.
    """

    def __init__(self, database: str, *options: str, key: str | None = None) -> None:
        auth = () if key is None else ("--auth",)
        command = (*MODELDAY, "serve", "--port", "0", "--database", database, *auth, *options)
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if "http://" not in line:
            self.process.wait()
            raise RuntimeError("the server did not start")
        self.address = line.split()[-1]
        self.headers = () if key is None else (("Authorization", f"Bearer {key}"),)
        self.client = httpx.Client(
            base_url=self.address,
            headers=dict(self.headers),
            timeout=600,
            transport=httpx.HTTPTransport(retries=5),
        )

    def workers(self) -> list[int]:
        """The processes that this server started and that live."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = path.read_text("utf-8").rpartition(")")[2].split()
                if int(fields[1]) == self.process.pid and fields[0] != "Z":
                    found.append(int(path.parent.name))
        return found

    def end(self, how: signal.Signals) -> None:
        """Send the signal and wait for the end."""
        self.client.close()
        self.process.send_signal(how)
        self.process.wait()

    def processor_seconds(self) -> float:
        """Processor time of the server and its processes so far; it counts in hundredths."""
        return sum(map(_ticks_of, self._all())) / _TICKS

    def megabytes(self) -> float:
        """Resident memory of the server and its processes."""
        return sum(map(_kilobytes_of, self._all())) / 1024

    def _all(self) -> list[int]:
        return [self.process.pid, *self.workers()]


@contextlib.contextmanager
def started(database: str, *options: str, key: str | None = None) -> Iterator[Server]:
    """A server that is ended at the end, unless it was before."""
    server = Server(database, *options, key=key)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.end(signal.SIGTERM)


def new_key(database: str) -> str:
    """A key to all that a practice may do in that store, which is made where there is none."""
    add = (*MODELDAY, "keys", "add", "one-practice", "--database", database)
    told = subprocess.run(
        add, cwd=ROOT, env=_environment(), check=True, capture_output=True, text=True
    ).stdout
    return next(word for word in told.split() if word.startswith(_KEY))


def _ticks_of(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _kilobytes_of(process: int) -> int:
    for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise ValueError("the process has no memory")


def _environment() -> dict[str, str]:
    """This code, then whatever the caller was told."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path}
