"""practice.toml, problem.json and schedule.json: every fault with its path and id, no names."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from engine.files import read_problem, read_schedule, write_problem_json
from engine.problems import PracticeProblem, PracticeProblemsError

TOML_FAULTS = [
    ('id = "P1"', 'id = "P 1"', "bad-id", "practice.id"),
    ("grid_minutes = 5", "grid_minutes = 20", "out-of-range", "practice.grid_minutes (P1)"),
    ("grid_minutes = 5", "grid_minutes = true", "wrong-type", "practice.grid_minutes (P1)"),
    ("grid_minutes = 5", 'grid_minutes = "5"', "wrong-type", "practice.grid_minutes (P1)"),
    ("start_mark_minutes = 10", "start_mark_minutes = 7", "unknown-word", "start_mark_minutes"),
    ('time_zone = "America/Chicago"', 'time_zone = "Chicago"', "time-zone-unknown", "(practice)"),
    ('time_zone = "America/Chicago"', "", "missing-key", "practice.time_zone (P1)"),
    ("as_of = 2026-03-02T07:30:00", "", "missing-key", "as_of"),
    (
        "as_of = 2026-03-02T07:30:00",
        "as_of = 2026-03-02T07:30:00-06:00",
        "wrong-time-zone",
        "as_of",
    ),
    (
        "as_of = 2026-03-02T07:30:00",
        "as_off = 1\nas_of = 2026-03-02T07:30:00",
        "unknown-key",
        "as_off",
    ),
    ('after_school = "15:15"', 'after_school = "25:15"', "bad-clock", "practice.after_school"),
    ('kind = "clinic"', 'kind = "clinc"', "unknown-word", "practice.chairs[0].kind (C1)"),
    ('kind = "clinic"', 'kind = "clinic"\ncolour = 3', "unknown-key", "chairs[0].colour (C1)"),
    ("{ date = 2026-03-05 }", '{ date = "5 March" }', "bad-date", "chairs[1].blocks[0].date (C2)"),
    ("A15-D10~5-A15", "A15+D10", "bad-pattern", "practice.procedures[1].stages[0].pattern"),
    ("A15-D10~5-A15", "A15-D0-A15", "out-of-range", "procedures[1].stages[0].segments[1].minutes"),
    ('chair_kind = "clinic", ', "", "missing-key", "procedures[0].stages[0].chair_kind (ADJR)"),
    ("max_moves = 3", "max_moves = -3", "out-of-range", "policy.max_moves"),
    ("doctor_load_share = 0.85", "doctor_load_share = nan", "not-a-value", "doctor_load_share"),
    ("max_moves = 3", "max_moves = 3\nmin_moves = 1", "unknown-key", "policy.min_moves"),
    ('"{\\"wall\\": true}"', '"{\\"wall\\": "', "bad-external", "model_days[0].external"),
    ("[policy]", "[defaults]\ncase_type = 'big'\n\n[policy]", "unknown-case-type", "case_type"),
    ("[policy]", "[defaults]\nmonths = 20\n\n[policy]", "unknown-key", "defaults.months"),
    ("[policy]", "[policy", "toml-broken", "practice.toml"),
]


@pytest.mark.parametrize(("old", "new", "code", "where"), TOML_FAULTS)
def test_a_fault_in_practice_toml_refuses(
    folder: Any, old: str, new: str, code: str, where: str
) -> None:
    folder.replace("practice.toml", old, new)
    with pytest.raises(PracticeProblemsError) as error:
        folder.load()
    found = [one for one in error.value.problems if one.code == code]
    assert len(found) == 1, [str(one) for one in error.value.problems]
    assert where in found[0].where
    assert found[0].where.startswith("practice.toml")


def test_all_faults_of_practice_toml_at_once(folder: Any) -> None:
    folder.replace("practice.toml", "grid_minutes = 5", "grid_minutes = 20")
    folder.replace("practice.toml", 'kind = "clinic"', 'kind = "clinc"')
    folder.replace("practice.toml", "max_moves = 3", "max_moves = -3")
    folder.replace("practice.toml", "as_of = ", "as_of = 1 #")
    assert len(folder.faults()) == 4


def test_cells_belong_in_cells_csv(folder: Any) -> None:
    folder.replace("practice.toml", 'title = "Nothing reserved"', 'title = "x"\ncells = []')
    with pytest.raises(PracticeProblemsError, match=r"model_days\[1\].cells"):
        folder.load()


@pytest.fixture
def raw(small: ModuleType, tmp_path: Path) -> Any:
    write_problem_json(small.small_problem(), tmp_path / "p.json")
    return json.loads((tmp_path / "p.json").read_text("utf-8"))


def faults(raw: Any, tmp_path: Path) -> tuple[PracticeProblem, ...]:
    (tmp_path / "p.json").write_text(json.dumps(raw), "utf-8")
    with pytest.raises(PracticeProblemsError) as error:
        read_problem(tmp_path / "p.json")
    return error.value.problems


def test_all_faults_of_a_json_at_once_with_path_and_id(raw: Any, tmp_path: Path) -> None:
    raw["visits"][1]["due"] = "04/03/2026"
    raw["visits"][0]["minutes"] = 0
    raw["bookings"][2]["start"] = "9am"
    del raw["practice"]["chairs"][1]["kind"]
    raw["policy"]["speed"] = 9
    found = [(one.code, one.where) for one in faults(raw, tmp_path)]
    assert found == [
        ("missing-key", "p.json practice.chairs[1].kind (C2)"),
        ("out-of-range", "p.json visits[0].minutes (V1)"),
        ("bad-date", "p.json visits[1].due (V2)"),
        ("bad-clock", "p.json bookings[2].start (B3)"),
        ("unknown-key", "p.json policy.speed"),
    ]


def test_no_name_is_repeated(raw: Any, tmp_path: Path) -> None:
    raw["visits"][0]["first_name"] = "Zoe Quill"
    raw["visits"][1]["patient"] = "Zoe Quill"
    raw["visits"][2]["id"] = "Zoe, Quill"
    raw["bookings"][0]["start"] = "Zoe Quill"
    raw["bookings"][1]["visit"]["household"] = ["Zoe Quill"]
    found = faults(raw, tmp_path)
    assert [one.code for one in found] == [
        "unknown-key",
        "bad-id",
        "bad-id",
        "bad-clock",
        "wrong-type",
    ]
    assert "Zoe" not in "\n".join(map(str, found))
    assert "first_name" in found[0].cause


def test_a_key_twice_is_no_silent_choice(raw: Any, tmp_path: Path) -> None:
    text = json.dumps(raw).replace('"patient": "P00001"', '"patient": "P1", "patient": "P2"', 1)
    (tmp_path / "p.json").write_text(text, "utf-8")
    with pytest.raises(PracticeProblemsError) as error:
        read_problem(tmp_path / "p.json")
    assert [one.code for one in error.value.problems] == ["duplicate-key"]


def test_visits_of_a_json_are_set_aside_like_those_of_a_folder(raw: Any, tmp_path: Path) -> None:
    raw["visits"][1]["procedure"] = "NOPE"
    (tmp_path / "p.json").write_text(json.dumps(raw), "utf-8")
    loaded = read_problem(tmp_path / "p.json")
    # V3 follows V2 and goes with it.
    assert [visit.id for visit in loaded.problem.visits] == ["V1"]
    assert [(one.file, one.row, one.id) for one in loaded.set_aside] == [
        ("p.json", 0, "V2"),
        ("p.json", 0, "V3"),
    ]
    with pytest.raises(PracticeProblemsError, match="visit-unknown-procedure"):
        read_problem(tmp_path / "p.json", strict=True)


def test_schedule_faults(tmp_path: Path) -> None:
    segment = {"stage": 0, "start": "08:00", "end": "08:61"}
    (tmp_path / "s.json").write_text(
        json.dumps(
            {
                "start": "2026-03-02",
                "days": 0,
                "placements": [{"visit": "V1", "date": "2026-03-02", "segments": [segment]}],
                "score": 3,
            }
        ),
        "utf-8",
    )
    with pytest.raises(PracticeProblemsError) as error:
        read_schedule(tmp_path / "s.json")
    assert [(one.code, one.where) for one in error.value.problems] == [
        ("out-of-range", "s.json days"),
        ("bad-clock", "s.json placements[0].segments[0].end (V1)"),
        ("unknown-key", "s.json score"),
    ]
