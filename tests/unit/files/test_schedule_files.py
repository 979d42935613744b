"""Schedules and lists that are written for people and programs."""

import csv
import datetime as dt
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from engine.files import (
    PlacementKind,
    kind_of,
    read_labels,
    read_schedule,
    write_needs_attention,
    write_schedule,
    write_schedule_csv,
)
from engine.problems import PracticeProblem, PracticeProblemsError, Severity
from engine.schedule import InheritedClash, PlacedSegment, Placement, Schedule, Unplaced


def segment(stage: int, start: str, end: str, doctor: str | None = None, **more: Any) -> Any:
    return PlacedSegment(
        stage=stage, start=start, end=end, doctor=doctor, doctor_time=doctor is not None, **more
    )


@pytest.fixture
def schedule() -> Schedule:
    clinic = {"chair": "C1", "staff": "AS1"}
    new = Placement(
        visit="V2",
        date=dt.date(2026, 3, 5),
        segments=(
            segment(0, "08:00", "08:25", **clinic),
            segment(0, "08:25", "08:35", "DR1", **clinic),
            segment(0, "08:35", "08:50", **clinic),
            segment(0, "08:50", "09:00", "DR1", **clinic),
        ),
        external=(("apt", 3),),
    )
    kept = Placement(
        visit="B3",
        date=dt.date(2026, 3, 16),
        segments=(
            segment(0, "14:00", "14:20", chair="R1", staff="RT1"),
            segment(1, "14:20", "14:25", "DR2", chair="C2"),
            segment(1, "14:25", "14:30", chair="C2"),
        ),
    )
    moved = Placement(
        visit="B1",
        date=dt.date(2026, 3, 3),
        segments=(segment(0, "10:40", "10:50", chair="C3", staff="AS2"),),
    )
    return Schedule(
        start=dt.date(2026, 3, 2),
        days=15,
        placements=(kept, new, moved),
        unplaced=(Unplaced(visit="V3", reason="no-room", sentence="=it does not fit"),),
        displaced=("B2",),
        inherited=(
            InheritedClash(
                rule="chair_once", visits=("B1",), date=dt.date(2026, 3, 3), sentence="twice"
            ),
        ),
        external=(("run", {"seed": 7, "note": None}),),
    )


def test_schedule_json_is_a_round_trip(schedule: Schedule, tmp_path: Path) -> None:
    write_schedule(schedule, tmp_path / "out" / "schedule.json")
    assert read_schedule(tmp_path / "out" / "schedule.json") == schedule


def test_schedule_csv_has_a_row_for_each_stage(
    schedule: Schedule, small: ModuleType, tmp_path: Path
) -> None:
    write_schedule_csv(small.small_problem(), schedule, tmp_path / "schedule.csv")
    with (tmp_path / "schedule.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["visit"], row["stage"], row["kind"]) for row in rows] == [
        ("B1", "1", "moved"),
        ("V2", "1", "new"),
        ("B3", "1", "kept"),
        ("B3", "2", "kept"),
    ]
    assert rows[1] == {
        "visit": "V2",
        "patient": "P00002",
        "procedure": "BOND",
        "kind": "new",
        "date": "2026-03-05",
        "stage": "1",
        "start": "08:00",
        "end": "09:00",
        "chair": "C1",
        "staff": "AS1",
        "doctor": "DR1",
        "doctor_start": "08:25; 08:50",
        "doctor_end": "08:35; 09:00",
    }
    # Kept without a staff member: the book could not be served.
    assert (rows[3]["staff"], rows[3]["doctor"], rows[3]["doctor_start"]) == ("", "DR2", "14:20")


def test_an_id_that_is_a_formula_is_not_written(
    schedule: Schedule, small: ModuleType, tmp_path: Path
) -> None:
    odd = Placement(
        visit="B1",
        date=dt.date(2026, 3, 3),
        segments=(segment(0, "10:40", "10:50", chair="C3", staff="=AS2"),),
    )
    bad = Schedule(start=schedule.start, days=15, placements=(odd,))
    with pytest.raises(PracticeProblemsError, match="unwritable-id"):
        write_schedule_csv(small.small_problem(), bad, tmp_path / "schedule.csv")
    assert not (tmp_path / "schedule.csv").exists()


def test_the_chair_alone_does_not_make_a_move(schedule: Schedule, small: ModuleType) -> None:
    other = schedule.placement_of["B3"].segments[0].model_copy(update={"chair": "R2"})
    placement = schedule.placement_of["B3"].model_copy(update={"segments": (other,)})
    assert kind_of(small.small_problem(), placement) is PlacementKind.KEPT


def test_needs_attention_puts_the_worst_first_and_no_formula(tmp_path: Path) -> None:
    note = PracticeProblem("n", "=where", "-cause", "remedy, with comma", Severity.NOTE)
    aside = PracticeProblem("a", "visits.csv row 7 (V1)", " @cause", "'remedy'", Severity.SET_ASIDE)
    write_needs_attention([note, aside], tmp_path / "needs_attention.csv")
    with (tmp_path / "needs_attention.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows == [
        ["severity", "code", "where", "cause", "remedy"],
        ["set_aside", "a", "visits.csv row 7 (V1)", "' @cause", "'remedy'"],
        ["note", "n", "'=where", "'-cause", "remedy, with comma"],
    ]


def test_labels(tmp_path: Path) -> None:
    text = 'id,label\nP00001,"Quill, Zoe"\nP00002,\nDR1,Dr. Reed\n'
    (tmp_path / "labels.csv").write_text(text, "utf-8")
    assert read_labels(tmp_path / "labels.csv") == {"P00001": "Quill, Zoe", "DR1": "Dr. Reed"}


def test_faulty_labels_are_not_repeated(tmp_path: Path) -> None:
    text = "id,label\nP1,Zoe\nP1,Zoe Quill\nZoe Quill,x\n,Zoe\nP5,Quill,Zoe\n"
    (tmp_path / "labels.csv").write_text(text, "utf-8")
    with pytest.raises(PracticeProblemsError) as error:
        read_labels(tmp_path / "labels.csv")
    assert [one.code for one in error.value.problems] == [
        "duplicate-label",
        "bad-id",
        "empty-cell",
        "row-too-wide",
    ]
    assert "Zoe" not in str(error.value)
    assert "Quill" not in str(error.value)
