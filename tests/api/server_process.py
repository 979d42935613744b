"""A server in a process of its own, to be ended in every way; loaded by the fixture `start`."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


class ServerProcess:
    """`modelday serve` on a free port."""

    def __init__(self, database: str, *options: str) -> None:
        command = [sys.executable, "-m", "api.cli.main", "serve", "--port", "0"]
        self.process = subprocess.Popen(
            [*command, "--database", database, *options],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "http://" in line, "the server did not start"
        self.address = line.split()[-1]
        self.client = httpx.Client(
            base_url=self.address,
            timeout=300,
            transport=httpx.HTTPTransport(retries=5),
        )

    def workers(self) -> list[int]:
        """The worker processes that this server started and that live."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = path.read_text().rsplit(")", 1)[1].split()
                if int(fields[1]) == self.process.pid and fields[0] != "Z":
                    found.append(int(path.parent.name))
        return found

    def end(self, how: signal.Signals) -> None:
        """Send the signal and wait for the end."""
        self.client.close()
        self.process.send_signal(how)
        self.process.wait()


@contextlib.contextmanager
def started(database: str, *options: str) -> Iterator[ServerProcess]:
    server = ServerProcess(database, *options)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.end(signal.SIGTERM)
