"""The protocol: resumable, one record a run whatever happens, within its budget."""

import sys
from pathlib import Path

import pytest

from benchmarks import protocol
from benchmarks.cases import CASES, SEEDS
from benchmarks.peers import HOMES
from benchmarks.plan import (
    AGAIN,
    BUDGET_MINUTES,
    COMPARED,
    LARGE,
    QUICK_MINUTES,
    SEARCHING,
    SHORT_MINUTES,
    SMALL,
    Step,
    full_plan,
    quick_plan,
    worst_case,
)
from benchmarks.records import Outcome, Record, Run, read_runs, run_path, write
from benchmarks.watch import Watched

STEPS = [
    Step(Run(case="one-350", method=method, seed=0), limit=10.0, longest=14.0)
    for method in ("engine", "highs", "alns")
]


class Machine:
    """Stands in for the child process; `ends` says how the runs of a method end."""

    def __init__(self, ends: dict[str, Outcome] | None = None) -> None:
        self.ends = ends or {}
        self.made: list[str] = []

    def watch(self, command: list[str], limit: float, folder: Path) -> Watched:
        results, case, method, seed, workers, seconds = command[3:]
        self.made.append(method)
        outcome = self.ends.get(method, Outcome.ANSWERED)
        run = Run(case=case, method=method, seed=int(seed), workers=int(workers))
        if outcome is Outcome.ANSWERED:
            record = Record(run=run, outcome=outcome, limit=float(seconds), objective=5.0)
            write(run_path(Path(results), run), record)
        return Watched(outcome, "" if outcome is Outcome.ANSWERED else "it fell", 77.0, 11.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return protocol.results_folder(tmp_path)


def make(folder: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch, budget: float) -> None:
    monkeypatch.setattr(protocol, "watch", machine.watch)
    protocol.perform_all(folder, STEPS, budget)


def test_finished_runs_are_not_made_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = STEPS[0].run
    write(run_path(folder, run), Record(run=run, outcome=Outcome.ANSWERED, limit=10.0))
    machine = Machine()
    make(folder, machine, monkeypatch, 1000.0)
    assert machine.made == ["highs", "alns"]
    make(folder, machine, monkeypatch, 1000.0)
    assert machine.made == ["highs", "alns"]


def test_a_crash_and_a_kill_are_answers_of_their_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine({"engine": Outcome.CRASHED, "alns": Outcome.KILLED})
    make(folder, machine, monkeypatch, 1000.0)
    outcomes = {record.run.method: record.outcome for record in read_runs(folder)}
    assert outcomes == {
        "engine": Outcome.CRASHED,
        "highs": Outcome.ANSWERED,
        "alns": Outcome.KILLED,
    }
    (crashed,) = (r for r in read_runs(folder) if r.run.method == "engine")
    assert crashed.reason == "it fell"
    assert crashed.objective is None
    assert crashed.peak_megabytes == 77.0


def test_a_process_without_a_record_counts_as_a_crash(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "watch", lambda *_: Watched(Outcome.ANSWERED, "", 1.0, 1.0))
    protocol.perform_step(folder, STEPS[1])
    (record,) = read_runs(folder)
    assert record.outcome is Outcome.CRASHED


def test_what_does_not_fit_is_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each run may take 14 s and takes 11: after two of them 22 + 14 s are more than 30.
    machine = Machine()
    make(folder, machine, monkeypatch, 30.0)
    assert machine.made == ["engine", "highs"]
    known = protocol.read_protocol(folder)
    assert known["left_out"] == 1
    assert known["spent_seconds"] == 22.0
    # 22 s are spent and one run may take 14: one minute is enough for all of it.
    assert protocol.enough(folder, STEPS) == 1
    make(folder, machine, monkeypatch, 60.0)
    assert machine.made == ["engine", "highs", "alns"]


def test_the_newest_unfinished_folder_is_continued(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert protocol.results_folder(tmp_path) == folder
    quick = protocol.results_folder(tmp_path, quick=True)
    assert quick != folder
    assert quick.name.endswith("-quick")
    make(folder, Machine(), monkeypatch, 1000.0)
    assert protocol.results_folder(tmp_path, extend=True) == folder
    second = protocol.results_folder(tmp_path)
    assert second not in (folder, quick)
    assert protocol.results_folder(tmp_path) == second
    assert protocol.results_folder(tmp_path, quick=True) == quick


def minutes(steps: list[Step]) -> float:
    return sum(step.longest for step in steps) / 60


def within(budget_minutes: float) -> set[tuple[str, str, int]]:
    """What the budget holds if every run takes its whole limit."""
    spent, kept = 0.0, set()
    for step in full_plan():
        if spent + step.longest <= budget_minutes * 60:
            spent += step.longest
            kept.add((step.run.case, step.run.method, step.run.seed))
    return kept


def test_both_plans_fit() -> None:
    assert minutes(quick_plan()) <= QUICK_MINUTES
    assert minutes(full_plan()) <= BUDGET_MINUTES
    assert len({step.run.file for step in full_plan()}) == len(full_plan())


def test_the_whole_plan_has_every_seed_it_promises() -> None:
    runs = {(s.run.case, s.run.method, s.run.seed) for s in full_plan()}
    for case in SMALL:
        assert {(case, m, s) for m in ("engine", "hand-best") for s in SEEDS} <= runs
    for case in LARGE:
        assert {(case, m, s) for m in ("engine", "hand-best") for s in SEEDS[:2]} <= runs
    for case in CASES:
        if case not in ("twelve-weeks", "one-350-marks-5"):
            assert {(case, method, 0) for method in HOMES} - {(case, "hand-twenty", 0)} <= runs
    assert {(case, m, s) for case in AGAIN for m in SEARCHING for s in SEEDS[:2]} <= runs
    assert any(step.run.workers == 4 for step in full_plan())


def test_a_short_protocol_has_one_seed_of_every_size_first() -> None:
    kept = within(SHORT_MINUTES)
    assert len(kept) < len(full_plan())
    assert {(case, "engine", 0) for case in (*SMALL, *LARGE)} <= kept
    assert {(case, method, 0) for case in COMPARED for method in SEARCHING} <= kept
    assert {(case, "engine", seed) for case in SMALL for seed in SEEDS[:3]} <= kept


def test_the_worst_case_is_told() -> None:
    steps = full_plan()[:3]  # a description, the engine and the first fit on one-387
    assert [step.run.method for step in steps] == ["instance", "engine", "hand-first"]
    text = worst_case(steps, 0.2)
    assert text.startswith("Plan: 2 runs, 1 min at most; 0 min hold 1 of them even so")
    assert text.endswith("Left out then: runs of one-387 seed 0.")


def test_a_child_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from benchmarks import watch

    monkeypatch.setattr(watch, "HARD_LIMIT_SECONDS", 0.5)
    script = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(child.pid))\n"
        "print('began', flush=True)\n"
        "time.sleep(60)\n"
    )
    watched = watch.watch([sys.executable, "-c", script], 1.0, tmp_path)
    assert watched.outcome is Outcome.KILLED
    assert watched.peak_megabytes > 5
    child = Path("/proc") / (tmp_path / "pid").read_text() / "stat"
    assert not child.exists() or child.read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_child_that_falls_says_why(tmp_path: Path) -> None:
    from benchmarks import watch

    script = "open('/no/such/folder/of/a/machine')"
    watched = watch.watch([sys.executable, "-c", script], 1.0, tmp_path)
    assert watched.outcome is Outcome.CRASHED
    assert watched.reason.startswith("exit code 1: FileNotFoundError")
    assert "/no/such" not in watched.reason


def test_a_method_that_does_not_come_back_is_judged_by_what_it_offered(tmp_path: Path) -> None:
    from benchmarks import watch

    script = f"""
import pathlib, time
from benchmarks import one_run
from benchmarks.peer import Limits
from benchmarks.peers.by_hand import FirstFit
from benchmarks.records import Run
from engine.generate import generate

class Stuck(FirstFit):
    def run(self, problem, horizon, limits, offer):
        super().run(problem, horizon, limits, offer)
        time.sleep(60)

folder = pathlib.Path({str(tmp_path)!r})
one_run.ANSWERS = folder / "answers"
one_run.PATIENCE_SECONDS = 0.5
made = generate("one-doctor", 8, seed=1)
run = Run(case="tiny", method="stuck", seed=0)
one_run.perform(run, Stuck(), made.problem, made.horizon, Limits(2.0, 1, 0), folder)
"""
    watched = watch.watch([sys.executable, "-c", script], 2.0, protocol.ROOT)
    assert watched.outcome is Outcome.ANSWERED, watched.reason
    (record,) = read_runs(tmp_path)
    assert record.outcome is Outcome.ANSWERED
    assert record.reason.startswith("had not come back after")
    assert (record.unplaced, record.refused) == (0, 0)
    assert (tmp_path / "answers" / tmp_path.name / record.run.file).exists()
