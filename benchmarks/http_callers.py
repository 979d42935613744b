"""Callers of a service, each a process with one connection that is kept.

A request is made of ready bytes and an answer is read no further than its length, so that a caller
costs little: what is measured is the service. A client library in threads of one process costs as
much as the service itself, and its threads wait for each other.
"""

import multiprocessing
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

NUMBER = b"00000000"
"""Where these digits stand in a body, each request has a number of its own."""
_LEAD_SECONDS = 0.5
"""Callers are told beforehand when to begin, so that all begin at once."""


@dataclass(frozen=True, slots=True)
class Request:
    """What each caller sends, `count` times, and the status that it must get."""

    method: str
    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200

    def numbered(self, number: int) -> "Request":
        """The request with this number."""
        return replace(self, body=self.body.replace(NUMBER, b"%08d" % number))

    def text(self, host: str) -> bytes:
        """The request as it goes over the line."""
        head = {"Host": host, "Content-Type": "application/json", **dict(self.headers)}
        head["Content-Length"] = str(len(self.body))
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        return f"{self.method} {self.path} HTTP/1.1\r\n{lines}\r\n".encode() + self.body


@dataclass(frozen=True, slots=True)
class Answered:
    """Seconds of every request; requests a second of all; processor seconds of the callers."""

    seconds: np.ndarray
    rate: float
    caller_seconds: float


class Line:
    """One connection, kept until it is closed."""

    def __init__(self, address: str) -> None:
        """`address`: `http://host:port`."""
        self._host = address.removeprefix("http://")
        host, _, port = self._host.rpartition(":")
        self._socket = socket.create_connection((host, int(port)), timeout=600)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, request: Request) -> tuple[Mapping[str, str], bytes]:
        """Headers (in small letters) and body of the answer. ValueError for another status."""
        self.send(request.text(self._host))
        return self.take(request.status)

    def send(self, text: bytes) -> None:
        """A whole request."""
        self._socket.sendall(text)

    def take(self, wanted: int) -> tuple[Mapping[str, str], bytes]:
        """The next answer."""
        while b"\r\n\r\n" not in self._rest:
            self._read()
        head, _, rest = self._rest.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (x.partition(": ") for x in lines)}
        if int(first.split()[1]) != wanted:
            raise ValueError(f"{first}: {rest[:500]!r}")
        length = int(headers.get("content-length", 0))
        chunks, have = [rest], len(rest)
        while have < length:
            chunks.append(self._socket.recv(1 << 20))
            have += len(chunks[-1])
        whole = b"".join(chunks)
        self._rest = whole[length:]
        return headers, whole[:length]

    def _read(self) -> None:
        chunk = self._socket.recv(1 << 16)
        if not chunk:
            raise ConnectionError("the service has closed the connection")
        self._rest += chunk


def ask_all(addresses: Sequence[str], request: Request, callers: int, count: int) -> Answered:
    """`count` requests by so many callers at once; whoever has an answer sends the next.

    Callers are dealt out over the addresses.
    """
    each = max(1, count // callers)
    with multiprocessing.get_context("spawn").Pool(callers) as pool:
        pool.map(_ready, range(callers), chunksize=1)  # starting a process takes a while
        begin = time.monotonic() + _LEAD_SECONDS
        told = [
            (addresses[one % len(addresses)], request, each, begin, 1 + one * each)
            for one in range(callers)
        ]
        found = pool.starmap(_ask, told, chunksize=1)
    taken = np.concatenate([seconds for seconds, _, _ in found])
    ended = max(end for _, end, _ in found)
    rate = callers * each / (ended - begin)
    return Answered(taken, rate, sum(spent for _, _, spent in found))


def _ready(_: int) -> None:
    time.sleep(0.2)  # long enough that each process takes one


def _ask(
    address: str, request: Request, count: int, begin: float, first: int
) -> tuple[np.ndarray, float, float]:
    taken = np.zeros(count)
    text = request.text(address.removeprefix("http://"))
    with Line(address) as line:
        time.sleep(max(0.0, begin - time.monotonic()))
        spent = time.process_time()
        for number in range(count):
            own = text.replace(NUMBER, b"%08d" % (first + number))
            began = time.perf_counter()
            line.send(own)
            line.take(request.status)
            taken[number] = time.perf_counter() - began
        return taken, time.monotonic(), time.process_time() - spent
