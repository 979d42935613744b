"""Load on the service: `python -m benchmarks.service_load`, printed as a table.

A server in a process of its own takes runs and solves none, so that the figures are those of the
service alone. Client and server share the machine.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import numpy as np

from benchmarks.machine import machine
from engine import fill_by_hand, generate_practice

ROOT = Path(__file__).parents[1]
RUNS = "/v1/schedules"
HEADERS = {"Content-Type": "application/json"}


@contextlib.contextmanager
def running(folder: str, processes: int = 0) -> Iterator[tuple[str, int]]:
    """Address and process id of a server; with no worker processes it solves nothing."""
    database = f"sqlite:///{folder}/runs.db"
    command = [sys.executable, "-m", "api.cli.main", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--database", database, "--processes", str(processes)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1], process.pid
    finally:
        process.terminate()
        process.wait()


def seconds_of(act: Callable[[], object]) -> float:
    """Wall time of one call."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def megabytes_of(process: int) -> float:
    """Resident memory of a process."""
    for line in Path(f"/proc/{process}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ValueError("the process has no memory")


def read_for(
    address: str, path: str, clients: int, count: int, body: bytes | None = None
) -> tuple[float, np.ndarray]:
    """`count` requests by so many clients at once: requests a second, and the seconds of each."""
    each = count // clients
    taken = np.zeros((clients, each))

    def read(number: int) -> None:
        with httpx.Client(base_url=address, timeout=60) as client:
            for turn in range(each):
                began = time.perf_counter()
                if body is None:
                    client.get(path).raise_for_status()
                else:
                    client.post(path, content=body, headers=HEADERS).raise_for_status()
                taken[number, turn] = time.perf_counter() - began

    threads = [threading.Thread(target=read, args=(number,)) for number in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return clients * each / (time.perf_counter() - began), taken.ravel()


def question_of_a_caller(folder: str, visits: int) -> bytes:
    """A caller's question about the book of a run of a ten-doctor practice with a schedule."""
    made = generate_practice("ten-doctor", visits=visits, seed=1)
    problem, horizon = made.problem, made.horizon
    schedule = fill_by_hand(problem, horizon, fit="first")
    dates = f'"dates":{{"start":"{horizon.start}","days":{horizon.days}}}'
    parts = (problem.model_dump_json(), dates, schedule.model_dump_json())
    body = '{{"problem":{},{},"schedule":{}}}'.format(*parts)
    with (
        running(folder, processes=1) as (address, _),
        httpx.Client(base_url=address, timeout=600) as client,
    ):
        path = f"{RUNS}?operation=measure"
        sent = client.post(path, content=body, headers=HEADERS).raise_for_status()
        with client.stream("GET", f"{sent.headers['location']}/events") as stream:
            for _line in stream.iter_lines():
                pass
    procedure = problem.practice.procedures[0].code
    caller = {"id": "CALL1", "patient": "P1", "procedure": procedure, "due": str(horizon.start)}
    return json.dumps({"run": sent.json()["id"], "visit": caller}).encode()


def body_of(visits: int) -> bytes:
    """A submission of a ten-doctor practice."""
    made = generate_practice("ten-doctor", visits=visits, seed=1)
    dates = f'"dates":{{"start":"{made.horizon.start}","days":{made.horizon.days}}}'
    return f'{{"problem":{made.problem.model_dump_json()},{dates}}}'.encode()


def main() -> None:
    """Submits, reads, and looks at the memory; one row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=4500)
    parser.add_argument("--booked", type=int, default=2000)
    parser.add_argument("--submits", type=int, default=20)
    parser.add_argument("--reads", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=4)
    asked = parser.parse_args()
    body = body_of(asked.visits)
    with tempfile.TemporaryDirectory() as folder:
        question = question_of_a_caller(folder, asked.booked)
        with running(folder) as (address, process):
            _load(asked, body, question, address, process)


def _load(
    asked: argparse.Namespace, body: bytes, question: bytes, address: str, process: int
) -> None:
    """Submits, reads and offers, and prints what they took."""
    with httpx.Client(base_url=address, timeout=60) as client:

        def submit() -> httpx.Response:
            return client.post(RUNS, content=body, headers=HEADERS).raise_for_status()

        run = submit().headers["location"]
        submits = np.array([seconds_of(submit) for _ in range(asked.submits)])
    path = f"{run}/metadata"
    read_for(address, path, asked.clients, asked.reads // 10)
    before = megabytes_of(process)
    rate, reads = read_for(address, path, asked.clients, asked.reads)
    after = megabytes_of(process)
    recommend = "/v1/openings/recommend"
    read_for(address, recommend, 1, 1, question)  # opens the book
    _, offers = read_for(address, recommend, asked.clients, asked.reads // 10, question)
    print("\n".join(f"{name}: {value}" for name, value in machine().items()), end="\n\n")
    print("| what | figure |\n|---|---|")
    size = len(body) / 1e6
    print(
        f"| submit of {asked.visits} visits ({size:.1f} MB) to 202, median | {_ms(submits, 50)} |"
    )
    print(f"| the same, slowest of {asked.submits} | {_ms(submits, 100)} |")
    print(f"| reads of a run's metadata, {asked.clients} clients | {rate:.0f} a second |")
    print(f"| the same, 99 % within | {_ms(reads, 99)} |")
    print(f"| recommend in a book of {asked.booked} visits, 99 % within | {_ms(offers, 99)} |")
    print(f"| memory before and after {asked.reads} reads | {before:.0f} MB, {after:.0f} MB |")


def _ms(seconds: np.ndarray, percent: float) -> str:
    return f"{1000 * float(np.percentile(seconds, percent)):.0f} ms"


if __name__ == "__main__":
    main()
