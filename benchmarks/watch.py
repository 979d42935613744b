"""Start one run in a process of its own, watch its memory, and end it where it hangs."""

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.records import Outcome

POLL_SECONDS = 0.2
HARD_LIMIT_SHARE, HARD_LIMIT_SECONDS = 1.5, 30.0
"""A method that has not come back after its limit times the share and these seconds is ended."""
BESIDE_SECONDS = 300.0
"""For making the problem, and again for judging the answers."""
_FOLDERS = re.compile(r"(/[\w.+-]+)+/")
"""Folders of this machine have no place in the record."""
DYING_SECONDS = 10.0
PAGE_MEGABYTES = os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass(slots=True)
class Watched:
    """How a process ended; `peak_megabytes` of it and its children while the method ran."""

    outcome: Outcome
    reason: str
    peak_megabytes: float
    wall_seconds: float


@dataclass(slots=True)
class _Phase:
    """What the child is at: 'making' the problem, 'running', 'judging'; and since when."""

    name: str = "making"
    since: float = field(default_factory=time.monotonic)

    def enter(self, name: str) -> None:
        self.name, self.since = name, time.monotonic()


def watch(command: list[str], limit: float, folder: Path) -> Watched:
    """Runs a command in a folder; never raises for what it does.

    The command says `began` and `ended` on its standard output, see `benchmarks.one_run`.
    """
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a Ctrl-C is for the protocol: a run cut short is no run
    )
    phase, errors = _Phase(), list[str]()
    readers = [
        threading.Thread(target=_follow, args=(process, phase), daemon=True),
        threading.Thread(target=_keep_last, args=(process, errors), daemon=True),
    ]
    for reader in readers:
        reader.start()
    peak, killed = 0.0, ""
    family: dict[int, int] = {}
    hard = limit * HARD_LIMIT_SHARE + HARD_LIMIT_SECONDS
    try:
        while process.poll() is None and not killed:
            living = descendants(process.pid)
            family |= living
            if phase.name == "running":
                peak = max(peak, resident_megabytes({process.pid, *living}))
            allowed = hard if phase.name == "running" else BESIDE_SECONDS
            if time.monotonic() - phase.since > allowed:
                killed = f"ended after {allowed:.0f} s of {phase.name}"
            else:
                time.sleep(POLL_SECONDS)
    finally:
        _end(process, family)
    for reader in readers:
        reader.join(2.0)
    outcome, reason = Outcome.ANSWERED, ""
    if killed:
        outcome, reason = Outcome.KILLED, killed
    elif process.returncode:
        last = _FOLDERS.sub("", errors[-1].strip()) if errors else ""
        outcome, reason = Outcome.CRASHED, f"exit code {process.returncode}: {last}"
    return Watched(outcome, reason, round(peak, 1), round(time.monotonic() - began, 2))


def _end(process: subprocess.Popen[str], family: dict[int, int]) -> None:
    """Ends the process, and whatever it left behind, by number and time of birth.

    Waits until they are gone, so that the next run has the machine for itself.
    """
    if process.poll() is None:
        process.kill()
    process.wait()
    latest = time.monotonic() + DYING_SECONDS
    left = dict(family)
    while left and time.monotonic() < latest:
        left = {pid: born for pid, born in left.items() if _is_alive(pid, born)}
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if left:
            time.sleep(0.05)


def _is_alive(pid: int, born: int) -> bool:
    fields = _stat(pid)
    return fields is not None and int(fields[19]) == born and fields[0] != "Z"


def _follow(process: subprocess.Popen[str], phase: _Phase) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == "began":
            phase.enter("running")
        elif line.strip() == "ended":
            phase.enter("judging")


def _keep_last(process: subprocess.Popen[str], errors: list[str]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if line.strip():
            errors[:] = [*errors[-4:], line]


def descendants(pid: int) -> dict[int, int]:
    """Processes started by a process, and by those it started; each with its time of birth."""
    children: dict[int, dict[int, int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            fields = _stat(int(entry.name))
            if fields is not None:
                # Field 1 is the parent, field 19 the birth in clock ticks.
                children.setdefault(int(fields[1]), {})[int(entry.name)] = int(fields[19])
    found: dict[int, int] = {}
    waiting = [pid]
    while waiting:
        born_of = children.get(waiting.pop(), {})
        found |= born_of
        waiting.extend(born_of)
    return found


def resident_megabytes(pids: set[int]) -> float:
    """Resident memory of these processes; what they share counts once for each."""
    total = 0.0
    for pid in pids:
        try:
            resident = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
        except (OSError, IndexError):
            continue
        total += int(resident) * PAGE_MEGABYTES
    return total


def _stat(pid: int) -> list[str] | None:
    """State, parent, ... of a process as the kernel tells them; None if it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return None
    # The name of a process is in brackets and may itself hold spaces and brackets.
    return text.rpartition(")")[2].split()
