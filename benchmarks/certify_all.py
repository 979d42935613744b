"""`modelday certify` on every answer of the engine in a results folder, one process each.

Run as `python -m benchmarks.certify_all FOLDER [--answers PATH]` when the protocol is through. The
answers and their certificates lie where the protocol left them, in `out/bench/<name of FOLDER>`
unless PATH says otherwise. The question of each problem is made from its seed and written beside
them once; the command reads question, schedule and certificate from their files, as anybody would.
The verdicts are kept in FOLDER/certified.json. Exit code 1 where one answer is not accepted.
"""

import argparse
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cases import CASES
from benchmarks.machine import MODELDAY, ROOT, machine
from benchmarks.one_run import ANSWERS
from benchmarks.records import Record, Run, read_runs, write
from benchmarks.table import owing_certificates
from engine.files import write_problem_json
from engine.practice.base import Frozen

CERTIFIED = "certified.json"


class Certified(Frozen):
    """What the command said of one answer. `gap`: unproven share of the avoidable part.

    `failed`: why it was not accepted, where it was not. `own`: the certificate is the engine's own,
    not one without prices that the harness made in its place.
    """

    run: Run
    accepted: bool
    own: bool
    gap: float | None = None
    failed: tuple[str, ...] = ()


class CertifiedAnswers(Frozen):
    """All verdicts of a results folder, and where they were made."""

    answers: tuple[Certified, ...]
    machine: dict[str, str]

    @property
    def said(self) -> str:
        """In one sentence."""
        good = sum(one.accepted and one.own for one in self.answers)
        spare = sum(not one.own for one in self.answers)
        text = f"`modelday certify` accepts {good} of {len(self.answers)} answers of the engine"
        return text + (f"; {spare} have no certificate of their own" if spare else "") + "."


def main(arguments: list[str] | None = None) -> None:
    """Certify what the command line names, print and keep the verdicts."""
    parser = argparse.ArgumentParser(prog="benchmarks.certify_all")
    parser.add_argument("folder", type=Path, help="a results folder of the protocol")
    parser.add_argument("--answers", type=Path, help="where its answers lie, if not in out/bench")
    given = parser.parse_args(arguments)
    folder: Path = given.folder.resolve()
    found: list[Certified] = []
    for one in certify_all(folder, given.answers or ANSWERS / folder.name):
        said = "accepted" if one.accepted else f"refused: {' '.join(one.failed)}"
        said += "" if one.own else ", not the engine's own"
        print(
            f"{one.run.case:<16} seed {one.run.seed} workers {one.run.workers}: {said}", flush=True
        )
        found.append(one)
    if not found:
        raise SystemExit("no answer of the engine in this folder")
    kept = CertifiedAnswers(answers=tuple(found), machine=machine())
    write(folder / CERTIFIED, kept)
    print(kept.said)
    raise SystemExit(0 if all(one.accepted and one.own for one in found) else 1)


def certify_all(folder: Path, answers: Path) -> Iterator[Certified]:
    """The verdict on each answer of the engine, in the order of the records."""
    for record in owing_certificates(read_runs(folder)):
        yield certify(record, answers)


def certify(record: Record, answers: Path) -> Certified:
    """Run the command on one answer."""
    run = record.run
    schedule, certificate = answers / run.file, answers / run.certificate_file
    missing = [path.name for path in (schedule, certificate) if not path.exists()]
    if missing:
        failed = tuple(f"{name} was not kept." for name in missing)
        return Certified(run=run, accepted=False, own=record.own_certificate, failed=failed)
    question = _question(run, answers)
    papers = ["--schedule", str(schedule), "--certificate", str(certificate), "--json"]
    command = [*MODELDAY, "certify", str(question), *papers]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    told = json.loads(ran.stdout) if ran.stdout.startswith("{") else {}
    accepted = ran.returncode == 0 and told.get("ok") is True
    failed = () if accepted else tuple(told.get("failed", ())) or (f"Exit {ran.returncode}.",)
    return Certified(
        run=run,
        accepted=accepted,
        own=record.own_certificate,
        gap=told.get("gap"),
        failed=failed[:3],
    )


def _question(run: Run, answers: Path) -> Path:
    """The problem.json of a run, written once for all runs on it."""
    path = answers / "questions" / f"{run.case}__seed-{run.seed}.json"
    if not path.exists():
        write_problem_json(CASES[run.case].make(run.seed).problem, path)
    return path


def read_certified(folder: Path) -> CertifiedAnswers | None:
    """The verdicts that were kept in a results folder; None where it has none."""
    path = folder / CERTIFIED
    if not path.exists():
        return None
    return CertifiedAnswers.model_validate_json(path.read_text("utf-8"))


if __name__ == "__main__":
    main()
