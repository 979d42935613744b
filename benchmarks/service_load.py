"""Load on the service: `python -m benchmarks.service_load`, printed as a table.

The server takes runs and solves none, so that the figures are those of the service alone. Callers
are processes, too (`http_callers.py`), and send API keys. All of them share the machine, so that
times move with whatever else it does; the server's processor time for a request moves much less.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import numpy as np

from benchmarks.http_callers import NUMBER, Answered, Line, Request, ask_all
from benchmarks.machine import machine
from benchmarks.served import Server, running
from engine import fill_by_hand, generate_practice

RUNS = "/v1/schedules"
OPENINGS = "/v1/openings"


@dataclass(frozen=True, slots=True)
class Step:
    """A kind of request, how often it is sent, and by how many callers at once."""

    name: str
    request: Request
    count: int
    callers: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a step took; `server_seconds`: processor time of the server for one request."""

    name: str
    callers: int
    answered: Answered
    server_seconds: float
    megabytes: tuple[float, float]


def body_of(visits: int) -> bytes:
    """A submission of a ten-doctor practice."""
    made = generate_practice("ten-doctor", visits=visits, seed=1)
    dates = f'"dates":{{"start":"{made.horizon.start}","days":{made.horizon.days}}}'
    return f'{{"problem":{made.problem.model_dump_json()},{dates}}}'.encode()


def question_of_a_caller(folder: str, visits: int) -> bytes:
    """A caller's question about the book of a run of a ten-doctor practice with a schedule.

    In each request it is another caller.
    """
    made = generate_practice("ten-doctor", visits=visits, seed=1)
    problem, horizon = made.problem, made.horizon
    schedule = fill_by_hand(problem, horizon, fit="first")
    dates = f'"dates":{{"start":"{horizon.start}","days":{horizon.days}}}'
    parts = (problem.model_dump_json(), dates, schedule.model_dump_json())
    body = '{{"problem":{},{},"schedule":{}}}'.format(*parts)
    with running(folder, "--processes", "1") as server:
        headers = {"Content-Type": "application/json", **dict(server.headers)}
        with httpx.Client(base_url=server.address, headers=headers, timeout=600) as client:
            sent = client.post(f"{RUNS}?operation=measure", content=body).raise_for_status()
            with client.stream("GET", f"{sent.headers['location']}/events") as stream:
                for _line in stream.iter_lines():
                    pass
    procedure = problem.practice.procedures[0].code
    who = {"id": f"CALL{NUMBER.decode()}", "patient": f"P{NUMBER.decode()}"}
    caller = {**who, "procedure": procedure, "due": str(horizon.start)}
    return json.dumps({"run": sent.json()["id"], "visit": caller}).encode()


def steps_of(asked: argparse.Namespace, question: bytes, submission: bytes) -> list[Step]:
    """In the order in which they are measured."""
    run = f"{RUNS}/{json.loads(question)['run']}"
    reads, callers = asked.reads, asked.clients
    recommend = Request("POST", f"{OPENINGS}/recommend", question)
    submit = Request("POST", RUNS, submission, status=202)
    return [
        Step("is it alive", Request("GET", "/health"), reads // 4, callers),
        Step("metadata of a run", Request("GET", f"{run}/metadata"), reads, callers),
        Step("page of runs", Request("GET", RUNS), reads // 4, callers),
        Step("whole run", Request("GET", run), max(callers, reads // 100), callers),
        Step("recommend, 1 client", recommend, reads // 10, 1),
        Step("recommend", recommend, reads, callers),
        Step(f"submit, {len(submission) / 1e6:.1f} MB", submit, asked.submits, 1),
    ]


def measured(server: Server, step: Step) -> Found:
    """A step after a tenth of it, at most 100 requests, that is not counted."""
    request = replace(step.request, headers=server.headers)
    with Line(server.address) as line:
        for _ in range(min(100, -(-step.count // 10))):
            line.ask(request)
    told = (server.address, request, step.callers, step.count)
    return _counted(server, step.name, step.callers, lambda: ask_all(*told))


def calls(server: Server, question: bytes, count: int) -> Iterator[Found]:
    """So many callers on the line: times offered and the first one held, committed, given back."""
    key = server.headers
    recommend = Request("POST", f"{OPENINGS}/recommend", question, key)
    with Line(server.address) as line:

        def hold(number: int) -> str:
            asked = recommend.numbered(number)
            offer = json.loads(line.ask(asked)[1])["openings"][0]
            time_of = {"date": offer["date"], "start": offer["start"]}
            body = json.dumps({**json.loads(asked.body), **time_of}).encode()
            answer = line.ask(Request("POST", f"{OPENINGS}/hold", body, key, 201))[1]
            return str(json.loads(answer)["id"])

        def commit(name: str) -> None:
            body = json.dumps({"hold": name}).encode()
            line.ask(Request("POST", f"{OPENINGS}/commit", body, key))

        def give_back(name: str) -> None:
            line.ask(Request("DELETE", f"{OPENINGS}/holds/{name}", headers=key, status=204))

        held: list[str] = []
        numbers = range(90_000_000, 90_000_000 + count)
        yield _in_turn(server, "recommend and hold", lambda one: held.append(hold(one)), numbers)
        yield _in_turn(server, "commit", commit, held)
        yield _in_turn(server, "give back", give_back, held)


def _in_turn(
    server: Server, name: str, act: Callable[[Any], None], many: Iterable[object]
) -> Found:
    """One after the other."""

    def one_by_one() -> Answered:
        began, spent, taken = time.perf_counter(), time.process_time(), []
        for one in many:
            before = time.perf_counter()
            act(one)
            taken.append(time.perf_counter() - before)
        rate = len(taken) / (time.perf_counter() - began)
        return Answered(np.array(taken), rate, time.process_time() - spent)

    return _counted(server, name, 1, one_by_one)


def _counted(server: Server, name: str, callers: int, act: Callable[[], Answered]) -> Found:
    before, spent = server.megabytes(), server.processor_seconds()
    answered = act()
    each = (server.processor_seconds() - spent) / len(answered.seconds)
    return Found(name, callers, answered, each, (before, server.megabytes()))


def row(found: Found) -> str:
    """One line of the table."""
    seconds = found.answered.seconds
    cells = [
        found.name,
        str(found.callers),
        str(len(seconds)),
        f"{1000 * found.server_seconds:.2f}",
        f"{1000 * found.answered.caller_seconds / len(seconds):.2f}",
        *(f"{1000 * float(np.percentile(seconds, part)):.1f}" for part in (50, 99, 100)),
        f"{found.answered.rate:.0f}",
        "{:.0f}, {:.0f}".format(*found.megabytes),
    ]
    return f"| {' | '.join(cells)} |"


HEAD = (
    "request",
    "clients",
    "count",
    "server's processor ms",
    "client's",
    "p50 ms",
    "p99 ms",
    "max ms",
    "a second",
    "MB before, after",
)


def main() -> None:
    """Measures every step and prints one row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=4500)
    parser.add_argument("--booked", type=int, default=2000)
    parser.add_argument("--submits", type=int, default=20)
    parser.add_argument("--reads", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--calls", type=int, default=30)
    asked = parser.parse_args()
    print("\n".join(f"{name}: {value}" for name, value in machine().items()), end="\n\n")
    with tempfile.TemporaryDirectory() as folder:
        question = question_of_a_caller(folder, asked.booked)
        with running(folder, "--processes", "0") as server:
            print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
            for step in steps_of(asked, question, body_of(asked.visits)):
                print(row(measured(server, step)), flush=True)
            for found in calls(server, question, asked.calls):
                print(row(found), flush=True)


if __name__ == "__main__":
    main()
