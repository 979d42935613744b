"""history.csv by itself: columns, faults, gaps; and the no-show model of a practice folder."""

import datetime as dt
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from engine.files import (
    MODEL_FILE,
    read_folder,
    read_history_csv,
    read_problem,
    write_folder,
    write_history_csv,
    write_problem_json,
)
from engine.generate import generate_history
from engine.practice import Account, Confirmation, Outcome, PastVisit, Purpose
from engine.problems import PracticeProblemsError, Severity
from engine.risk.prior import prior_model

TODAY = dt.date(2026, 3, 2)


def put(folder: Path, text: str) -> Path:
    path = folder / "history.csv"
    path.write_text(text, "utf-8")
    return path


def test_three_columns_are_enough_and_every_gap_is_printed(tmp_path: Path) -> None:
    path = put(tmp_path, "patient,date,outcome\nP1,2025-01-07,kept\nP1,2025-02-04,missed\n")
    loaded = read_history_csv(path, TODAY)
    assert loaded.visits == (
        PastVisit("P1", dt.date(2025, 1, 7), Outcome.KEPT),
        PastVisit("P1", dt.date(2025, 2, 4), Outcome.MISSED),
    )
    assert loaded.problems == ()
    gaps = {use.field: use.rows for use in loaded.defaults}
    assert gaps == dict.fromkeys(
        (
            *("start", "booked_on", "account", "age_band", "started"),
            *("confirmation", "reminder", "purpose"),
        ),
        2,
    )
    # Of what no visit says nothing is assumed; a gap among others is one that is filled.
    path = put(
        tmp_path, "patient,date,outcome,account\nP1,2025-01-07,kept,overdue\nP2,2025-01-07,kept,\n"
    )
    said = {use.field: use.sentence for use in read_history_csv(path, TODAY).defaults}
    assert said["account"] == "neutral"
    assert said["age_band"] == said["started"] == said["purpose"]
    assert said["age_band"].startswith("unknown of all visits")


def test_all_columns_and_the_purpose_by_the_practice(tmp_path: Path, small: ModuleType) -> None:
    practice = small.practice()
    code = practice.procedures[0].code
    path = put(
        tmp_path,
        "patient,date,outcome,procedure,start,booked_on,account,age_band,started,confirmation,"
        f"reminder\nP1,2025-01-07,kept,{code},09:10,2024-12-01,overdue,12_17,2024-06-01,"
        "confirmed,yes\n",
    )
    (visit,) = read_history_csv(path, TODAY, practice).visits
    assert visit.purpose is practice.procedures[0].purpose
    assert (visit.start, visit.booked_on) == (dt.time(9, 10), dt.date(2024, 12, 1))
    assert (visit.account, visit.confirmation) == (Account.OVERDUE, Confirmation.CONFIRMED)
    assert visit.reminder is True
    own = put(tmp_path, "patient,date,outcome,purpose\nP1,2025-01-07,kept,debond\n")
    assert read_history_csv(own, TODAY).visits[0].purpose is Purpose.DEBOND


NEVER = ("payer", "Insurance plan", "language", "Sex", "race", "address", "post_code", "ZIP")


def test_who_somebody_is_and_who_pays_is_named_and_dropped_unread(tmp_path: Path) -> None:
    header = ",".join(("patient", "date", "outcome", *NEVER))
    cells = ",".join(f"SECRET{n}" for n in range(len(NEVER)))
    path = put(tmp_path, f"{header}\nP1,2025-01-07,kept,{cells}\nP2,2025-01-08,missed,{cells}\n")
    loaded = read_history_csv(path, TODAY)
    assert "SECRET" not in repr(loaded.visits)
    notes = [problem for problem in loaded.problems if problem.severity is Severity.NOTE]
    assert len(notes) == len(NEVER)
    for title, note in zip(NEVER, notes, strict=True):
        assert title.lower().replace(" ", "_") in note.cause
        assert "SECRET" not in str(note)
    codes = [note.code for note in notes]
    assert codes[:5] == ["never-an-input"] * 5
    assert codes[5] == "name-column-dropped"
    assert "name-column-dropped" in codes[6:]


def test_faulty_rows_are_set_aside_and_told_at_once(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "patient,date,outcome,booked_on\n"
        "P1,2025-01-07,kept,2025-01-01\n"
        "P1,2025-01-07,missed,2025-01-01\n"
        "P2,2027-01-07,kept,\n"
        "P3,2025-01-07,came,\n"
        "P4,2025-01-07,kept,2025-02-01\n"
        ",2025-01-07,kept,\n",
    )
    loaded = read_history_csv(path, TODAY)
    assert [visit.patient for visit in loaded.visits] == ["P1"]
    assert loaded.visits[0].outcome is Outcome.KEPT
    assert [problem.code for problem in loaded.problems] == [
        "duplicate-past-visit",
        "date-in-future",
        "unknown-word",
        "booked-after-visit",
        "empty-cell",
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("patient,when,outcome\nP1,2025-01-07,kept\n", ["header-missing-column"]),
        ("patient,date,outcome\n", ["history-empty"]),
        ("patient,date,outcome\nP1,2027-01-07,kept\n", ["history-empty", "date-in-future"]),
        ("", ["file-empty"]),
    ],
)
def test_a_history_without_a_usable_row_is_refused(
    tmp_path: Path, text: str, codes: list[str]
) -> None:
    with pytest.raises(PracticeProblemsError) as refused:
        read_history_csv(put(tmp_path, text), TODAY)
    assert [problem.code for problem in refused.value.problems] == codes


def test_a_written_history_comes_back_equal(tmp_path: Path) -> None:
    visits = generate_history(20, TODAY, seed=3)
    write_history_csv(visits, tmp_path / "history.csv")
    loaded = read_history_csv(tmp_path / "history.csv", TODAY)
    key = lambda visit: (visit.date, visit.patient)  # noqa: E731
    assert sorted(loaded.visits, key=key) == sorted(visits, key=key)
    assert loaded.problems == ()


def test_a_model_goes_with_its_folder_and_its_json(tmp_path: Path, small: ModuleType) -> None:
    model = prior_model(0.07, -3.1234567890123)
    problem = small.small_problem().model_copy(update={"no_show_model": model})
    write_folder(problem, tmp_path / "a")
    assert read_folder(tmp_path / "a").problem == problem
    write_problem_json(problem, tmp_path / "p.json")
    assert read_problem(tmp_path / "p.json").problem == problem
    # Written without a model, the folder must not keep the old one.
    write_folder(small.small_problem(), tmp_path / "a")
    assert not (tmp_path / "a" / MODEL_FILE).exists()
    assert read_folder(tmp_path / "a").problem == small.small_problem()


def test_a_faulty_model_refuses_the_folder(folder: Any) -> None:
    raw = json.loads(prior_model(0.05).model_dump_json())
    raw["effects"][0]["feature"] = "payer"
    raw["version"] = 9
    (folder.path / MODEL_FILE).write_text(json.dumps(raw), "utf-8")
    with pytest.raises(PracticeProblemsError) as refused:
        read_folder(folder.path)
    faults = [problem for problem in refused.value.problems if MODEL_FILE in problem.where]
    assert [problem.code for problem in faults] == ["unknown-word"] * 2


def test_setting_aside_keeps_the_model(tmp_path: Path, small: ModuleType) -> None:
    problem = small.small_problem()
    model = prior_model(0.07)
    faulty = problem.visits[0].model_copy(update={"id": "V-bad", "procedure": "NONE"})
    more = problem.model_copy(update={"visits": (*problem.visits, faulty), "no_show_model": model})
    write_problem_json(more, tmp_path / "p.json")
    loaded = read_problem(tmp_path / "p.json")
    assert loaded.set_aside
    assert loaded.problem.no_show_model == model
