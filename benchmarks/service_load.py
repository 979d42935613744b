"""Load on the service: `python -m benchmarks.service_load [--postgres URL]`, printed as a table.

The server takes runs and solves none, so that the figures are those of the service alone. Callers
are processes, too (`http_callers.py`), and send API keys. All of them share the machine, so that
times move with whatever else it does; the server's processor time for a request moves much less.
With `--postgres` a second set of rows: two servers on that database, half of the callers at each.
Table and record go to `benchmarks/results/service_load/<date>/`.
"""

import argparse
import contextlib
import datetime as dt
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.http_callers import NUMBER, Answered, Line, Request, ask_all
from benchmarks.machine import ROOT, SERVICE, machine
from benchmarks.served import Server, new_key, started
from engine import fill_by_hand, generate_practice

RUNS = "/v1/schedules"
OPENINGS = "/v1/openings"
RESULTS = ROOT / "benchmarks" / "results" / "service_load"
Servers = Sequence[Server]


@dataclass(frozen=True, slots=True)
class Step:
    """A kind of request, how often it is sent, and by how many callers at once."""

    name: str
    request: Request
    count: int
    callers: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a step took; `server_seconds`: processor time of the servers for one request."""

    name: str
    servers: int
    callers: int
    answered: Answered
    server_seconds: float
    megabytes: tuple[float, float]


def body_of(visits: int) -> bytes:
    """A submission of a ten-doctor practice."""
    made = generate_practice("ten-doctor", visits=visits, seed=1)
    dates = f'"dates":{{"start":"{made.horizon.start}","days":{made.horizon.days}}}'
    return f'{{"problem":{made.problem.model_dump_json()},{dates}}}'.encode()


def question_of_a_caller(database: str, key: str, visits: int) -> bytes:
    """A caller's question about the book of a run of a ten-doctor practice with a schedule.

    In each request it is another caller.
    """
    made = generate_practice("ten-doctor", visits=visits, seed=1)
    problem, horizon = made.problem, made.horizon
    schedule = fill_by_hand(problem, horizon, fit="first")
    dates = f'"dates":{{"start":"{horizon.start}","days":{horizon.days}}}'
    parts = (problem.model_dump_json(), dates, schedule.model_dump_json())
    body = '{{"problem":{},{},"schedule":{}}}'.format(*parts)
    with started(database, "--processes", "1", key=key) as server:
        headers = {"Content-Type": "application/json"}
        sent = server.client.post(f"{RUNS}?operation=measure", content=body, headers=headers)
        run = sent.raise_for_status().headers["location"]
        with server.client.stream("GET", f"{run}/events") as stream:
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


def measured(servers: Servers, step: Step) -> Found:
    """A step after a tenth of it, at most 100 requests to each server, that is not counted."""
    request = replace(step.request, headers=servers[0].headers)
    for server in servers:
        with Line(server.address) as line:
            for _ in range(min(100, -(-step.count // 10))):
                line.ask(request)
    told = ([server.address for server in servers], request, step.callers, step.count)
    return _counted(servers, step.name, step.callers, lambda: ask_all(*told))


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

    return _counted([server], name, 1, one_by_one)


def _counted(servers: Servers, name: str, callers: int, act: Callable[[], Answered]) -> Found:
    before = sum(server.megabytes() for server in servers)
    spent = sum(server.processor_seconds() for server in servers)
    answered = act()
    spent = sum(server.processor_seconds() for server in servers) - spent
    after = sum(server.megabytes() for server in servers)
    each = spent / len(answered.seconds)
    return Found(name, len(servers), callers, answered, each, (before, after))


HEAD = (
    "request",
    "servers",
    "clients",
    "count",
    "servers' processor ms",
    "clients'",
    "p50 ms",
    "p99 ms",
    "max ms",
    "a second",
    "MB before",
    "MB after",
)


def row(found: Found) -> tuple[str, ...]:
    """The cells of one line."""
    seconds = found.answered.seconds
    return (
        found.name,
        str(found.servers),
        str(found.callers),
        str(len(seconds)),
        f"{1000 * found.server_seconds:.2f}",
        f"{1000 * found.answered.caller_seconds / len(seconds):.2f}",
        *(f"{1000 * float(np.percentile(seconds, part)):.1f}" for part in (50, 99, 100)),
        f"{found.answered.rate:.0f}",
        *(f"{size:.0f}" for size in found.megabytes),
    )


def line_of(cells: Iterable[str]) -> str:
    """The same as Markdown."""
    return f"| {' | '.join(cells)} |"


def load(database: str, servers: int, asked: argparse.Namespace) -> Iterator[Found]:
    """Every step, on so many servers of one store, in which no run may wait."""
    key = new_key(database)
    question = question_of_a_caller(database, key, asked.booked)
    with contextlib.ExitStack() as stack:
        several = [
            stack.enter_context(started(database, "--processes", "0", key=key))
            for _ in range(servers)
        ]
        for step in steps_of(asked, question, body_of(asked.visits)):
            yield measured(several, step)
        yield from calls(several[0], question, asked.calls)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every step, print one row for each, and write them with the machine."""
    parser = argparse.ArgumentParser(prog="benchmarks.service_load", description=__doc__)
    parser.add_argument("--visits", type=int, default=4500)
    parser.add_argument("--booked", type=int, default=2000)
    parser.add_argument("--submits", type=int, default=20)
    parser.add_argument("--reads", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--calls", type=int, default=30)
    parser.add_argument("--postgres", help="SQLAlchemy URL of a database that is for this alone")
    parser.add_argument("--results", type=Path, default=RESULTS / dt.date.today().isoformat())
    asked = parser.parse_args(arguments)
    found = machine(SERVICE)
    lines = [f"{name}: {value}" for name, value in found.items()]
    lines += ["", line_of(HEAD), f"|{'---|' * len(HEAD)}"]
    print("\n".join(lines), flush=True)
    rows: list[tuple[str, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        stores = [(f"sqlite:///{folder}/runs.db", 1)]
        stores += [(asked.postgres, 2)] if asked.postgres else []
        for database, servers in stores:
            for one in load(database, servers, asked):
                rows.append(row(one))
                lines.append(line_of(rows[-1]))
                print(lines[-1], flush=True)
    asked.results.mkdir(parents=True, exist_ok=True)
    (asked.results / "table.md").write_text("\n".join(lines) + "\n", "utf-8")
    record = {"machine": found, "rows": [dict(zip(HEAD, cells, strict=True)) for cells in rows]}
    document = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
    (asked.results / "load.json").write_text(document, "utf-8")


if __name__ == "__main__":
    main()
