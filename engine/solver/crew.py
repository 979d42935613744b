"""The crew: child processes that do jobs, each at most one at a time."""

import contextlib
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO

from engine.solver.job import Job, OnTheWay

GRACE_SECONDS = 20.0
"""A job that is not done so long after its own limit hangs, and its process is ended."""

DYING_SECONDS = 10.0
"""A process that was ended is given so long to be gone; then nobody waits for it any more."""

ATTEMPTS = 2
"""A job that others wait for is given to another process, once, where its own is lost."""


_BROKEN_OFF = (OSError, EOFError, ValueError, pickle.UnpicklingError, AttributeError, IndexError)
"""What reading from a process raises that is gone, or was ended in the middle of an answer."""


@dataclass(frozen=True, slots=True)
class Done:
    """A job's answer; None where its process crashed, hung, was ended or could not be started.

    `last`: False for what a job tells on its way.
    """

    ticket: int
    answer: object | None
    last: bool = True


@dataclass(slots=True)
class _Member:
    process: subprocess.Popen[bytes]
    ticket: int | None = None
    deadline: float = 0.0


@dataclass(slots=True)
class Crew:
    """So many processes. `submit` gives a job to an idle one, `collect` waits for answers."""

    size: int
    _members: list[_Member] = field(default_factory=list)
    _answers: "queue.Queue[tuple[_Member, object | None]]" = field(default_factory=queue.Queue)
    _next: int = 0
    _lost: list[int] = field(default_factory=list)
    """Tickets of jobs that could not begin, and of which nobody knows yet."""

    def warm_up(self) -> None:
        """Start the processes now, so that their imports run while the model is built."""
        with contextlib.suppress(OSError):  # each job tries again
            while len(self._members) < self.size:
                self._members.append(_Member(_start_process()))

    def idle(self) -> int:
        """How many more jobs can start now."""
        return self.size - self.busy()

    def busy(self) -> int:
        """How many jobs are under way."""
        return sum(member.ticket is not None for member in self._members) + len(self._lost)

    def submit(self, job: Job, seconds: float) -> int:
        """Start a job that should end by itself within so many seconds; returns its ticket."""
        self._next += 1
        try:
            member = self._idle_member()
            threading.Thread(target=self._talk, args=(member, job), daemon=True).start()
        except (OSError, RuntimeError):  # no room for another process or thread: this job is lost
            self._lost.append(self._next)
            return self._next
        member.ticket, member.deadline = self._next, time.monotonic() + seconds + GRACE_SECONDS
        return member.ticket

    def collect(self, seconds: float) -> Done | None:
        """The next answer, or None if none comes in so many seconds."""
        until = time.monotonic() + seconds
        while True:
            if self._lost:
                return Done(self._lost.pop(0), None)
            try:
                member, answer = self._answers.get(
                    timeout=max(0.0, min(0.2, until - time.monotonic()))
                )
            except queue.Empty:
                self._end_hung()
                if time.monotonic() >= until or not self.busy():
                    return None
                continue
            ticket = member.ticket
            if isinstance(answer, OnTheWay):
                self._end_hung()  # however much the others tell
                if ticket is not None:
                    return Done(ticket, answer.told, last=False)
                continue
            member.ticket = None
            if answer is None:
                self._drop(member)
            if ticket is not None:
                return Done(ticket, answer)

    def close(self) -> None:
        """End all processes."""
        for member in list(self._members):
            self._drop(member)

    def _idle_member(self) -> _Member:
        for member in self._members:
            if member.ticket is None and member.process.poll() is None:
                return member
        self._members = [m for m in self._members if m.ticket is not None]
        member = _Member(_start_process())
        self._members.append(member)
        return member

    def _talk(self, member: _Member, job: Job) -> None:
        """Send a job and wait for its answer, in a thread of its own; pass on what it tells."""
        answer: object | None = None
        try:
            pickle.dump(job, _pipe(member.process.stdin), protocol=pickle.HIGHEST_PROTOCOL)
            _pipe(member.process.stdin).flush()
            while isinstance(answer := pickle.load(_pipe(member.process.stdout)), OnTheWay):
                self._answers.put((member, answer))
        except _BROKEN_OFF:
            answer = None  # the process is gone
        self._answers.put((member, answer))

    def _end_hung(self) -> None:
        for member in self._members:
            if member.ticket is not None and time.monotonic() > member.deadline:
                member.process.kill()

    def _drop(self, member: _Member) -> None:
        if member in self._members:
            self._members.remove(member)
        if member.process.poll() is None:
            member.process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            member.process.wait(DYING_SECONDS)


def _start_process() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "engine.solver.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise OSError("the process has no pipe")
    return stream


@contextmanager
def crew_of(size: int) -> Iterator[Crew]:
    """A crew for the length of a search."""
    crew = Crew(size)
    crew.warm_up()
    try:
        yield crew
    finally:
        crew.close()


def do(crew: Crew, job: Job, seconds: float) -> object | None:
    """Do a job while the crew does nothing else; None where two processes came to nothing."""
    for _ in range(ATTEMPTS):
        crew.submit(job, seconds)
        done = crew.collect(longest_wait(seconds))
        if done is not None and done.answer is not None:
            return done.answer
    return None


def longest_wait(seconds: float) -> float:
    """Seconds after which nobody waits any more for a job with so many of its own.

    Where it hangs its process is ended before that; this is for a process that cannot be ended.
    """
    return seconds + GRACE_SECONDS + DYING_SECONDS
