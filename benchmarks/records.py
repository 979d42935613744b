"""What is written down of a run and of an instance, and where."""

from enum import StrEnum
from pathlib import Path

from pydantic import Field

from engine.practice.base import Frozen
from engine.result import KpiValue


class Outcome(StrEnum):
    """How a run ended. All but the first are answers of their own and are never averaged."""

    ANSWERED = "answered"
    NO_ANSWER = "no answer"
    CRASHED = "crashed"
    KILLED = "killed"


NO_CERTIFICATE = "no certificate came with the answer, one without prices was made"
"""Among the reasons of a record whose certificate is the harness's and not the method's own."""


class Run(Frozen):
    """What is to be run: a case, a method, a seed, a number of workers."""

    case: str
    method: str
    seed: int
    workers: int = 2

    @property
    def file(self) -> str:
        """The name of its record."""
        return f"{self.case}__{self.method}__seed-{self.seed}__workers-{self.workers}.json"

    @property
    def certificate_file(self) -> str:
        """The name of the certificate beside its answer."""
        return self.file.replace(".json", "__certificate.json")


class Point(Frozen):
    """Seconds since the method was called; best checked objective and bound so far, in points."""

    seconds: float
    objective: float | None = None
    bound: float | None = None


class Record(Frozen):
    """One finished run. Seconds of wall time, points, megabytes of the process and its children.

    `gap`: the method's own claim, where it makes one. `certified_bound`, `certified_gap`: what the
    certificate beside the answer proves, worked out again; `refused_claims` where it does not.
    `refused`: schedules that the checker refused, of `judged` out of `offered`. `late`: offered
    after the limit, not counted.
    """

    run: Run
    outcome: Outcome
    reason: str = ""
    settings: str = ""
    limit: float
    seconds: float | None = None
    trace: tuple[Point, ...] = ()
    objective: float | None = None
    bound: float | None = None
    certified_bound: float | None = None
    gap: float | None = None
    certified_gap: float | None = None
    certificate: bool | None = None
    """True where the certificate was accepted, None where the method writes none."""
    refused_claims: tuple[str, ...] = ()
    kpis: tuple[KpiValue, ...] = ()
    unplaced: int | None = None
    offered: int = 0
    judged: int = 0
    refused: int = 0
    refusals: tuple[str, ...] = ()
    late: int = 0
    notes: tuple[str, ...] = ()
    peak_megabytes: float | None = None
    wall_seconds: float = 0.0
    machine: dict[str, str] = Field(default_factory=dict)

    @property
    def answered(self) -> bool:
        """True where a schedule came in time and the checker accepted it."""
        return self.outcome is Outcome.ANSWERED

    @property
    def own_certificate(self) -> bool:
        """True where the method wrote the certificate itself, whether accepted or not."""
        return self.certificate is not None and NO_CERTIFICATE not in self.reason


class Instance(Frozen):
    """The problem of a case and a seed: its size, its load, and the floor of its objective.

    Shares are demand (book included) over capacity, `load` the greatest of them. `floor` in
    points; `build_seconds` of the start-count model with `columns` and `rows`, None over several
    weeks.
    """

    case: str
    seed: int
    visits: int
    bookings: int
    clinic_share: float
    assistant_share: float
    doctor_share: float
    load: float
    floor: float
    columns: int | None = None
    rows: int | None = None
    build_seconds: float | None = None

    @property
    def file(self) -> str:
        """The name of its record."""
        return f"{self.case}__seed-{self.seed}.json"


def run_path(folder: Path, run: Run) -> Path:
    """Where the record of a run lies in a results folder."""
    return folder / "runs" / run.file


def instance_path(folder: Path, case: str, seed: int) -> Path:
    """Where the record of an instance lies in a results folder."""
    return folder / "instances" / f"{case}__seed-{seed}.json"


def write(path: Path, record: Frozen) -> None:
    """Writes a record whole or not at all: a half-written one would count as finished."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(record.model_dump_json(exclude_defaults=True) + "\n", "utf-8")
    part.replace(path)


def read_runs(folder: Path) -> list[Record]:
    """All records of a results folder, in the order of their names."""
    files = sorted((folder / "runs").glob("*.json"))
    return [Record.model_validate_json(file.read_text("utf-8")) for file in files]


def read_instances(folder: Path) -> dict[tuple[str, int], Instance]:
    """All instances of a results folder, by case and seed."""
    files = sorted((folder / "instances").glob("*.json"))
    found = [Instance.model_validate_json(file.read_text("utf-8")) for file in files]
    return {(instance.case, instance.seed): instance for instance in found}
