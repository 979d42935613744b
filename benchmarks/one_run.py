"""One run in a process of its own: make the problem, call the method, judge, write the record.

Run as `python -m benchmarks.one_run FOLDER CASE METHOD SEED WORKERS SECONDS`; METHOD "instance"
writes the figures of the problem instead. The words `began` and `ended` on standard output tell
the caller when the method's own time begins and ends.
"""

import os
import sys
import threading
from pathlib import Path

from benchmarks.cases import CASES
from benchmarks.machine import ROOT, machine
from benchmarks.measures import TOLERANCE
from benchmarks.offers import Judged, Offers, judge
from benchmarks.peer import Limits, Peer, Tracing
from benchmarks.peers import peer_of
from benchmarks.proof import Proof, prove
from benchmarks.records import NO_CERTIFICATE, Outcome, Point, Record, Run, run_path, write
from engine.files import write_schedule
from engine.practice import Horizon, Problem
from engine.result import TracePoint, gap_over_avoidable

ANSWERS = ROOT / "out" / "bench"
PATIENCE_SHARE, PATIENCE_SECONDS = 1.25, 10.0
"""After so many times its limit and these seconds a method is judged by what it has offered."""


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    folder, case, method, seed, workers, seconds = arguments
    if method == "instance":
        from benchmarks.instance import describe_instance  # loads the solver

        describe_instance(Path(folder), case, int(seed))
        return
    run = Run(case=case, method=method, seed=int(seed), workers=int(workers))
    peer = peer_of(method)
    made = CASES[case].make(run.seed)
    limits = Limits(float(seconds), run.workers, run.seed)
    perform(run, peer, made.problem, made.horizon, limits, Path(folder))


def perform(
    run: Run,
    peer: Peer,
    problem: Problem,
    horizon: Horizon,
    limits: Limits,
    folder: Path | None = None,
) -> Record:
    """Calls the method and makes the record; with a folder, writes it and keeps the answer.

    A method that does not come back some time after its limit is judged by what it offered until
    then, and the process ends.
    """
    print("began", flush=True)
    offers = Offers(limits.seconds, take_late=isinstance(peer, Tracing))
    once = threading.Lock()

    def give_up() -> None:
        if once.acquire(blocking=False):
            print("ended", flush=True)
            _record(run, peer, problem, limits, offers, None, folder, came_back=False)
            os._exit(0)

    patience = threading.Timer(limits.seconds * PATIENCE_SHARE + PATIENCE_SECONDS, give_up)
    patience.daemon = True
    if folder is not None and not offers.take_late:
        patience.start()
    bound = peer.run(problem, horizon, limits, offers)
    offers.close()
    once.acquire()  # where the other thread is at it already, this waits until the process ends
    patience.cancel()
    print("ended", flush=True)
    return _record(run, peer, problem, limits, offers, bound, folder, came_back=True)


def _record(
    run: Run,
    peer: Peer,
    problem: Problem,
    limits: Limits,
    offers: Offers,
    bound: float | None,
    folder: Path | None,
    *,
    came_back: bool,
) -> Record:
    seconds = offers.seconds()
    judged = judge(problem, offers)
    notes: tuple[str, ...] = ()
    proof = Proof()
    if isinstance(peer, Tracing):
        _take_trace(judged, offers, peer.trace)
        notes = peer.notes
        if judged.schedule is not None:
            path = None if folder is None else answer_path(folder, run.certificate_file)
            proof = prove(problem, judged.schedule, peer.certificate, peer.certified_bound, path)
    elif bound is not None:
        end = Point(seconds=round(seconds, 3), objective=judged.objective, bound=bound)
        judged.points.append(end)
    reasons = [] if judged.objective is not None else [_why_none(offers, len(judged.refusals))]
    if proof.accepted is not None and not proof.own:
        reasons.append(NO_CERTIFICATE)
    if not came_back:
        reasons.append(f"had not come back after {seconds:.0f} s")
    record = Record(
        run=run,
        outcome=Outcome.NO_ANSWER if judged.objective is None else Outcome.ANSWERED,
        reason="; ".join(reasons),
        settings=peer.settings,
        limit=limits.seconds,
        seconds=round(seconds, 3),
        trace=tuple(judged.points),
        objective=judged.objective,
        bound=bound,
        certified_bound=proof.bound,
        certified_gap=proof.gap,
        certificate=proof.accepted,
        refused_claims=proof.refused,
        gap=_own_gap(peer, judged.objective, bound),
        kpis=judged.kpis,
        unplaced=None if judged.schedule is None else len(judged.schedule.unplaced),
        offered=len(offers.packed) + offers.late,
        judged=judged.count,
        refused=len(judged.refusals),
        refusals=tuple(judged.refusals[:3]),
        late=offers.late,
        notes=notes,
        machine=machine(),
    )
    if folder is not None:
        if judged.schedule is not None:
            write_schedule(judged.schedule, answer_path(folder, run.file))
        write(run_path(folder, run), record)
    return record


def answer_path(folder: Path, name: str) -> Path:
    """Where an answer of a results folder lies, and what belongs to it; the folder is made."""
    answers = ANSWERS / folder.name
    answers.mkdir(parents=True, exist_ok=True)
    return answers / name


def _why_none(offers: Offers, refused: int) -> str:
    if refused:
        return f"the checker refused all {refused} schedules judged"
    return "schedules came after the limit only" if offers.late else "no schedule was offered"


def _take_trace(judged: Judged, offers: Offers, trace: tuple[TracePoint, ...]) -> None:
    """The method's own trace up to the limit instead of the moment at which it came back.

    ValueError where the harness prices the last schedule otherwise than the method did.
    """
    last = _last_objective(trace)
    if judged.objective != last and (
        judged.objective is None or last is None or abs(judged.objective - last) > TOLERANCE
    ):
        found = f"the harness at {judged.objective}"
        raise ValueError(f"the method prices its last schedule at {last}, {found}")
    timely = tuple(point for point in trace if point.seconds <= offers.latest)
    judged.points = [Point(seconds=p.seconds, objective=p.objective, bound=p.bound) for p in timely]
    if _last_objective(timely) != last:  # the schedule handed over came after the limit
        judged.objective, judged.schedule, judged.kpis = _last_objective(timely), None, ()
        offers.late = 1


def _last_objective(trace: tuple[TracePoint, ...]) -> float | None:
    return next((p.objective for p in reversed(trace) if p.objective is not None), None)


def _own_gap(peer: Peer, objective: float | None, bound: float | None) -> float | None:
    """The method's own claim, over the avoidable part, where it knows the floor."""
    floor = getattr(peer, "floor", None)
    if objective is None or bound is None or floor is None:
        return None
    return gap_over_avoidable(objective, bound, floor)


if __name__ == "__main__":
    main(sys.argv[1:])
