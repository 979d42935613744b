"""Servers or workers killed at random moments: what a kill met, and what became of every run.

A kill is counted as a hit only where it broke off a run: the run itself says `interrupted`
afterwards. A run may lose so many workers before it is failed (`max_attempts`); no run is hit more
often than that allows, and every run has to be completed in the end.
"""

import contextlib
import json
import os
import random
import secrets
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import httpx

from api.client.stream import events_of
from api.settings import ServiceSettings
from api.wire.examples import EXAMPLES
from api.wire.status import FINAL
from benchmarks.served import Server
from benchmarks.store_check import faults_of
from engine import generate_practice

RUNS = "/v1/schedules"
_SEARCH_SECONDS = 8.0
_LONGEST_WAIT_SECONDS = 6.0
"""Until a kill, after a run is taken: a worker loads first, then it searches."""
_WAITING = 3
_MOST_HITS = ServiceSettings().max_attempts - 1


class Target(StrEnum):
    """What is killed."""

    SERVER = "server"
    WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Plan:
    """When to stop: after so many hits, so many kills, or so many seconds, which is an error."""

    hits: int = 50
    most_kills: int = 200
    most_seconds: float = 3600.0
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Killed:
    """What came of the kills of one target on one store.

    `live`: kills that met a living worker; `hits`: that broke off a run; `with_schedule`: that
    broke off a run which had a schedule already; `resumed`: after which the run was solved on, in
    `resume_seconds` each. `changed`: published answers that were another one later, or were
    published twice; `worse`: runs that ended worse than they had been before a kill.
    """

    store: str
    target: Target
    sent: int
    live: int
    hits: int
    with_schedule: int
    resumed: int
    resume_seconds: tuple[float, ...]
    asked: int
    completed: int
    failed: int
    changed: int
    worse: int
    faults: tuple[str, ...]


@dataclass(slots=True)
class _Run:
    """`seen`: number of the last event; `best`: objective that was known before a kill."""

    address: str
    may_lose: int
    seen: str = ""
    status: str = "queued"
    objective: float | None = None
    best: float | None = None
    hits: int = 0

    @property
    def over(self) -> bool:
        return self.status in FINAL


def kill(database: str, target: Target, plan: Plan) -> Killed:
    """Kill until enough runs were broken off, then let every run come to its end.

    No run may wait in the store. TimeoutError where the time of the plan is over before that.
    """
    with _Session(database, target, plan) as session:
        try:
            return session.carry_out()
        except (httpx.TransportError, RuntimeError) as error:  # asked, waited for or started
            if not session.gave_up:
                raise
            raise TimeoutError(f"{plan.most_seconds:g} s are over, and not all runs") from error


@dataclass(slots=True)
class _Session:
    database: str
    target: Target
    plan: Plan
    server: Server = field(init=False)
    name: str = field(default_factory=lambda: secrets.token_hex(4))
    runs: list[_Run] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    worse: set[str] = field(default_factory=set)
    late: threading.Timer = field(init=False)
    gave_up: bool = False
    bodies: Iterator[dict[str, Any]] = field(init=False)
    chance: random.Random = field(init=False)

    def __enter__(self) -> "_Session":
        self.bodies, self.chance = _questions(), random.Random(self.plan.seed)
        self.server = Server(self.database)
        self.late = threading.Timer(self.plan.most_seconds, self._give_up)
        self.late.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.late.cancel()
        if self.server.process.poll() is None:
            self.server.end(signal.SIGTERM)

    def _give_up(self) -> None:
        """Whatever is waited for then breaks off."""
        self.gave_up = True
        self.server.process.kill()

    def carry_out(self) -> Killed:
        sent = live = hits = with_schedule = 0
        seconds: list[float] = []
        while hits < self.plan.hits and sent < self.plan.most_kills:
            run = self._next()
            # Every other kill waits for a schedule; the rest also meets a worker that still loads.
            self._follow(run, _has_schedule if sent % 2 else _is_solved)
            if run.over:
                continue
            self._wait(self.chance.uniform(0.0, _LONGEST_WAIT_SECONDS))
            had = self.server.client.get(f"{run.address}/metadata").json()["objective"]
            beside = self._solved_beside(run)
            sent += 1
            began = time.monotonic()
            live += self._kill()
            for other in beside:  # its worker died, too, unless it had just ended
                other.hits += 1
            if self._follow(run, _is_interrupted).over:
                continue  # it was done before the kill came
            hits, run.hits = hits + 1, run.hits + 1
            if had is not None:
                with_schedule += 1
                run.best = had
            if not self._follow(run, _is_solved).over:
                seconds.append(time.monotonic() - began)
            self._look_again()
        return self._counted(sent, live, hits, with_schedule, tuple(seconds))

    def _counted(
        self, sent: int, live: int, hits: int, with_schedule: int, seconds: tuple[float, ...]
    ) -> Killed:
        for run in self.runs:
            self._follow(run)
        self.server.end(signal.SIGTERM)
        self.server = Server(self.database)
        self._look_again()
        for run in self.runs:
            if _finals(self.server, run) != 1:
                self.changed.add(run.address)
        self.server.end(signal.SIGTERM)
        return Killed(
            store=self.database.partition(":")[0].partition("+")[0],
            target=self.target,
            sent=sent,
            live=live,
            hits=hits,
            with_schedule=with_schedule,
            resumed=len(seconds),
            resume_seconds=seconds,
            asked=len(self.runs),
            completed=sum(run.status == "completed" for run in self.runs),
            failed=sum(run.status == "failed" for run in self.runs),
            changed=len(self.changed),
            worse=len(self.worse),
            faults=faults_of(self.database),
        )

    def _next(self) -> _Run:
        """The oldest run, while every one may still be hit; new ones come in all the while."""
        if self.gave_up:  # while one server was dead and the next not there yet
            raise RuntimeError("the time is over")
        while sum(not run.over for run in self.runs) < _WAITING:
            key = {"Idempotency-Key": f"{self.name}-{len(self.runs)}"}
            sent = self.server.client.post(RUNS, json=next(self.bodies), headers=key)
            may_lose = self.chance.randint(1, _MOST_HITS)
            self.runs.append(_Run(sent.raise_for_status().headers["location"], may_lose))
        unfinished = [run for run in self.runs if not run.over]
        spared = [run for run in unfinished if run.hits >= run.may_lose]
        if not spared:
            return unfinished[0]
        for run in spared:
            self._follow(run)
        return self._next()

    def _solved_beside(self, run: _Run) -> list[_Run]:
        """Other runs that have a worker now: the next one, where this one has just ended."""
        others = [one for one in self.runs if one is not run and not one.over]
        ask = self.server.client.get
        return [
            one for one in others if ask(f"{one.address}/metadata").json()["status"] == "solving"
        ]

    def _kill(self) -> bool:
        """Send the kill. True where it met a living worker."""
        workers = self.server.workers()
        if self.target is Target.SERVER:
            self.server.end(signal.SIGKILL)
            self.server = Server(self.database)
            return bool(workers)
        met = False
        for worker in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
                met = True
        return met

    def _follow(self, run: _Run, until: Callable[[_Run], bool] | None = None) -> _Run:
        """Hear of a run until it is as wanted or over."""
        headers = {"Last-Event-ID": run.seen} if run.seen else {}
        if run.over or (until is not None and until(run)):
            return run
        told = events_of(self.server.client, f"{run.address}/events", headers)
        with contextlib.closing(told):
            for run.seen, text in told:
                event = json.loads(text)
                run.status = event.get("status", run.status)
                run.objective = event.get("objective", run.objective)
                if run.over or (until is not None and until(run)):
                    break
        if run.over:
            self._keep_answer(run)
        return run

    def _keep_answer(self, run: _Run) -> None:
        answer = self.server.client.get(run.address).raise_for_status()
        self.answers[run.address] = answer.text
        ended = answer.json()["objective"]
        if run.best is not None and (ended is None or ended > run.best):
            self.worse.add(run.address)

    def _look_again(self) -> None:
        """What was published once must be what another server reads."""
        for address, text in self.answers.items():
            if self.server.client.get(address).text != text:
                self.changed.add(address)

    def _wait(self, seconds: float) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.server.process.wait(seconds)
            raise RuntimeError("the server ended by itself")


def _is_solved(run: _Run) -> bool:
    return run.status == "solving"


def _is_interrupted(run: _Run) -> bool:
    return run.status == "interrupted"


def _has_schedule(run: _Run) -> bool:
    return _is_solved(run) and run.objective is not None


def _finals(server: Server, run: _Run) -> int:
    told = [json.loads(text) for _, text in events_of(server.client, f"{run.address}/events", {})]
    return sum(one.get("status") in FINAL for one in told)


def _questions() -> Iterator[dict[str, Any]]:
    """Two of three are searched until their time is over, the third is solved at once."""
    made = generate_practice("one-doctor", visits=60, seed=3)
    dates = {"start": made.horizon.start.isoformat(), "days": made.horizon.days}
    limits = {"time_limit": _SEARCH_SECONDS, "gap": 0.0}
    long_one = {"problem": made.problem.model_dump(mode="json"), "dates": dates, "limits": limits}
    short_one = {**EXAMPLES["Submission"], "schedule": None}
    while True:
        yield from (long_one, long_one, short_one)
