"""Everything wrong with a file of scenarios is said at once, with the scenario's name."""

import datetime as dt

import pytest

from engine.practice import BlockKind, Closure, OpenHours, StaffBlock, Weekday
from engine.problems import PracticeProblemsError
from engine.what_if.faults import scenario_faults
from engine.what_if.prepare import prepare
from engine.what_if.read_scenarios import read_scenarios

clock = dt.time.fromisoformat


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"kind": "staff_out", "staff": ["AS7", "DR1", "AS8"]}, ["unknown-staff"] * 2),
        ({"kind": "staff_out", "staff": ["AS1"], "dates": ["2026-03-09"]}, ["date-outside"]),
        ({"kind": "staff_out", "staff": ["AS1"], "dates": ["2026-03-05"]}, ["date-closed"]),
        ({"kind": "staff_out", "staff": ["AS1"], "weekdays": ["thu"]}, ["no-date"]),
        ({"kind": "staff_out", "staff": ["AS1"], "weekdays": ["sun"]}, ["no-date"]),
        ({"kind": "staff_out", "staff": ["AS1"], "start": "12:00", "end": "12:00"}, ["times"]),
        ({"kind": "staff_added", "id": "AS1", "like": "AS1"}, ["id-taken"]),
        ({"kind": "staff_added", "id": "N", "like": "AS7"}, ["unknown-staff"]),
        ({"kind": "staff_added", "id": "N"}, ["no-role"]),
        (
            {"kind": "staff_added", "id": "N", "role": "assistant", "skills": ["gold"]},
            ["unknown-skill"],
        ),
        ({"kind": "skill_added", "staff": ["XX"], "skills": ["gold"]},
         ["unknown-staff", "unknown-skill"]),
        ({"kind": "chair_added", "id": "C1", "chair_kind": "exam"}, ["id-taken"]),
        ({"kind": "chair_added", "id": "N"}, ["no-kind"]),
        ({"kind": "chair_added", "id": "N", "like": "C7"}, ["unknown-chair"]),
        ({"kind": "chair_closed", "chairs": ["C7"]}, ["unknown-chair"]),
        ({"kind": "hours"}, ["times"]),
        ({"kind": "hours", "start": "15:00", "end": "14:00"}, ["times"]),
        ({"kind": "hours", "start": "17:00", "dates": ["2026-03-03"]}, ["no-hours"]),
        ({"kind": "hours", "end": "07:30", "weekdays": ["mon", "wed"]}, ["no-hours"] * 2),
        ({"kind": "hours", "start": "18:00", "end": "19:00"}, []),
        ({"kind": "day_opened", "date": "2026-03-03"}, ["date-open"]),
        ({"kind": "day_opened", "date": "2026-03-14"}, ["date-outside", "times"]),
        ({"kind": "day_closed"}, ["no-date"]),
        ({"kind": "day_closed", "dates": ["2026-03-05"]}, ["date-closed"]),
        ({"kind": "procedure_length", "procedures": ["NO"], "minutes": 20}, ["unknown-procedure"]),
        ({"kind": "procedure_length", "procedures": ["ADJ"], "minutes": 10}, ["length"]),
        ({"kind": "procedure_length", "procedures": ["ADJ"], "minutes": 22}, ["length"]),
        ({"kind": "doctor_time", "procedures": ["ADJ"], "minutes": [5, 5]}, ["doctor-segments"]),
        ({"kind": "doctor_time", "procedures": ["CLEAN"], "minutes": [5]}, ["doctor-segments"]),
        ({"kind": "doctor_time", "procedures": ["ADJ"], "minutes": [7]}, ["length"]),
        ({"kind": "doctor_time", "procedures": ["ADJ"], "minutes": [20]}, ["doctor-time"]),
        ({"kind": "demand_up", "percent": 10, "procedures": ["NO"]},
         ["unknown-procedure", "no-demand"]),
        ({"kind": "demand_up", "percent": 10, "procedures": ["CLEAN"]}, ["no-demand"]),
        ({"kind": "doctor_absent", "doctors": ["AS1"]}, ["unknown-doctor"]),
        ({"kind": "meeting_moved", "date": "2026-03-03", "start": "09:00"}, ["no-meeting"]),
        ({"kind": "vacation", "staff": ["AS7"], "dates": ["2026-03-09"]},
         ["unknown-staff", "date-outside"]),
    ],
)  # fmt: skip
def test_each_fault_of_a_change(tiny, asking, change, codes):
    """Thursday is closed in this practice; the one visit is an ADJ."""
    base = tiny.problem(tiny.visit("V1"), closures=(Closure(date=tiny.thursday),))
    assert asking.codes(base, change) == codes


def test_hours_inside_a_break_are_no_hours(tiny, asking):
    """Patients are seen 08:00-12:00 and 13:00-17:00; Thursday is closed, and opened as usual."""
    hours = tuple(
        OpenHours(weekday=day, start=clock(a), end=clock(b))
        for day in (Weekday.TUE, Weekday.THU)
        for a, b in (("08:00", "12:00"), ("13:00", "17:00"))
    )
    base = tiny.problem(hours=hours, closures=(Closure(date=tiny.thursday),))
    noon = {"start": "12:15", "end": "12:45"}
    changed = {"kind": "hours", "dates": ["2026-03-03"]}
    opened = {"kind": "day_opened", "date": "2026-03-05"}
    for change in (changed, opened):
        assert asking.codes(base, {**change, **noon}) == ["no-hours"]
        assert asking.codes(base, {**change, **noon, "end": "13:05"}) == []


def test_an_opened_day_on_which_nobody_works_is_a_fault(tiny, asking):
    """Nobody has a shift on Thursday, and DR1 is on vacation on the date."""
    weekly = tuple(one for one in tiny.shifts() if one.weekday is not Weekday.THU)
    away = StaffBlock(kind=BlockKind.VACATION, staff=("DR1",), dates=(tiny.thursday,))
    base = tiny.problem(
        closures=(Closure(date=tiny.thursday),),
        staff=(tiny.person("DR1", "doctor", shifts=weekly), tiny.person("AS1", shifts=weekly)),
        staff_blocks=(away,),
    )
    opened = {"kind": "day_opened", "date": "2026-03-05", "start": "08:00", "end": "12:00"}
    assert asking.codes(base, opened) == ["nobody-works"]
    assert asking.codes(base, {**opened, "staff": ["DR1"]}) == ["nobody-works"]
    assert asking.codes(base, {**opened, "staff": ["AS1"]}) == []
    assert asking.codes(base, {**opened, "like": "wed"}) == []
    added = {"kind": "staff_added", "id": "N", "role": "assistant", "dates": ["2026-03-05"]}
    assert asking.codes(base, opened, added) == []


def test_doctor_time_says_what_the_assistant_has_beside_each_segment(tiny, asking):
    """ADJ is A5 D5 A10, two segments of TWO have 20 and 0 minutes beside them: D5 A20, then D10."""
    base = tiny.problem(procedures=(tiny.procedure("TWO", "D5 A20|D10"),))
    change = {"kind": "doctor_time", "procedures": ["ADJ", "TWO"]}
    for minutes, room in (([20], "(10 min)"), ([5, 5], "(20, 0 min)")):
        scenario = asking.scenario({**change, "minutes": minutes})
        faults = list(scenario_faults(base, asking.week, [scenario]))
        assert [one.code for one in faults if room in one.remedy] == ["scenario-doctor-time"]


OUT = {"kind": "staff_out", "staff": ["AS1"], "weekdays": ["tue"]}


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        (OUT, {"kind": "vacation", "staff": ["TC1", "AS1"], "weekdays": ["mon", "tue"]},
         "the presence of AS1 on 2026-03-03"),
        ({"kind": "day_closed", "weekdays": ["tue"]}, {"kind": "hours", "end": "18:00"},
         "the patient hours on 2026-03-03"),
        ({"kind": "doctor_absent"}, {"kind": "staff_out", "staff": ["DR1"], "weekdays": ["fri"]},
         "the presence of DR1 on 2026-03-06"),
        ({"kind": "chair_closed", "chairs": ["C1"]}, {"kind": "chair_closed", "chairs": ["C1"]},
         "chair C1 on 2026-03-02"),
        ({"kind": "procedure_length", "procedures": ["ADJ"], "minutes": 30},
         {"kind": "procedure_length", "procedures": ["BOND", "ADJ"], "minutes": 40},
         "the pattern of ADJ"),
        ({"kind": "procedure_length", "procedures": ["ADJ"], "minutes": 30},
         {"kind": "doctor_time", "procedures": ["ADJ"], "minutes": [10]}, "the pattern of ADJ"),
        ({"kind": "demand_up", "percent": 100},
         {"kind": "demand_up", "percent": 200, "procedures": ["ADJ"]}, "the demand for ADJ"),
        ({"kind": "staff_added", "id": "N", "like": "AS1"},
         {"kind": "staff_added", "id": "N", "like": "AS1"},
         "the presence of N on 2026-03-02"),
    ],
)  # fmt: skip
def test_two_changes_that_decide_the_same_contradict(tiny, asking, first, second, what):
    base = tiny.problem(tiny.visit("V1"))
    for changes in ((first, second), (second, first)):
        faults = list(scenario_faults(base, asking.week, [asking.scenario(*changes)]))
        assert [one.code for one in faults] == ["scenario-contradiction"]
        assert what in faults[0].cause


def test_a_meeting_is_not_moved_to_a_closed_date(tiny, asking):
    block = StaffBlock(
        kind=BlockKind.MEETING, dates=(tiny.tuesday,), start=clock("08:00"), end=clock("09:00")
    )
    base = tiny.problem(staff_blocks=(block,), closures=(Closure(date=tiny.thursday),))
    moved = {"kind": "meeting_moved", "date": "2026-03-03", "to_date": "2026-03-05"}
    moved["start"] = "09:00"
    assert asking.codes(base, moved) == ["date-closed"]
    assert asking.codes(base, moved, {"kind": "day_opened", "date": "2026-03-05"}) == []


@pytest.mark.parametrize(
    "again", [{"staff": ["AS1", "TC1"]}, {"staff": ["TC1", "AS1"]}], ids=["named", "other order"]
)
def test_one_meeting_moves_once_however_it_is_named(tiny, asking, again):
    """It is the only meeting of the date, so that the first change need not name its people."""
    block = StaffBlock(
        kind=BlockKind.MEETING,
        staff=("AS1", "TC1"),
        weekdays=(Weekday.TUE, Weekday.WED),
        start=clock("08:00"),
        end=clock("09:00"),
    )
    base = tiny.problem(staff_blocks=(block,))
    first = {"kind": "meeting_moved", "date": "2026-03-03", "start": "16:00"}
    second = {**first, **again, "start": "15:00"}
    assert asking.codes(base, first, second) == ["contradiction"]
    assert asking.codes(base, first, {**second, "date": "2026-03-04"}) == []


def test_morning_and_afternoon_are_no_contradiction(tiny, asking):
    morning, afternoon = {**OUT, "end": "12:00"}, {**OUT, "start": "12:00"}
    assert asking.codes(tiny.problem(), morning, afternoon) == []
    assert asking.codes(tiny.problem(), {**OUT, "end": "12:05"}, afternoon) == ["contradiction"]


def test_what_a_scenario_opens_or_adds_it_can_use(tiny, asking):
    base = tiny.problem(closures=(Closure(date=tiny.thursday),))
    changes = (
        {"kind": "staff_added", "id": "N", "role": "assistant", "dates": ["2026-03-05"]},
        {"kind": "skill_added", "staff": ["N"], "skills": ["bonding"]},
        {"kind": "day_opened", "date": "2026-03-05"},
    )
    skilled = base.model_copy(
        update={
            "practice": base.practice.model_copy(
                update={"staff": (*base.practice.staff, tiny.person("AS2", "assistant", "bonding"))}
            )
        }
    )
    assert asking.codes(skilled, *changes) == []
    changed = asking.changed(skilled, *changes)
    assert changed.staff["N"].skills == ("bonding",)
    assert len(changed.staff["N"].shifts) == 1


def test_names_are_given_once_and_base_is_one(tiny, asking):
    scenarios = [asking.scenario(name=name) for name in ("a", "base", "b", "a")]
    faults = list(scenario_faults(tiny.problem(), asking.week, scenarios))
    assert [one.code for one in faults] == ["scenario-name-twice"] * 2
    assert [one.where for one in faults] == ["scenario 'base'", "scenario 'a'"]


def test_faults_of_all_scenarios_and_of_the_problems_they_make_come_together(tiny, asking):
    """Without its assistant's id the first is refused; the second leaves nobody to see patients."""
    base = tiny.problem(tiny.visit("V1"))
    unknown = asking.scenario({"kind": "staff_out", "staff": ["AS7"]}, name="first")
    closed = asking.scenario({"kind": "vacation"}, name="second")
    with pytest.raises(PracticeProblemsError) as refused:
        prepare(base, asking.week, [unknown])
    assert [p.where for p in refused.value.problems] == ["scenario 'first', change 1 (staff_out)"]
    with pytest.raises(PracticeProblemsError) as refused:
        prepare(base, asking.week, [closed])
    found = {(p.code, p.where) for p in refused.value.problems}
    assert ("horizon-without-open-date", "scenario 'second', practice") in found


def test_a_file_says_every_fault_by_scenario(tmp_path):
    path = tmp_path / "s.toml"
    path.write_text(
        """
        colour = "red"
        [settings]
        repeats = 0
        [[scenario]]
        name = "good"
        [[scenario]]
        name = "bad"
        change = [{ kind = "holiday" }, { kind = "staff_out", staff = [], who = "AS1" }]
        [[scenario]]
        change = []
        """,
        "utf-8",
    )
    read = read_scenarios(path)
    assert [scenario.name for scenario in read.scenarios] == ["good"]
    said = [(one.code, one.where) for one in read.faults]
    assert ("unknown-key", "s.toml colour") in said
    assert ("out-of-range", "s.toml settings repeats") in said
    where = [place for _, place in said if "scenario 'bad'" in place]
    assert len(where) == 3
    assert any("change[1].staff_out.who" in place for place in where)
    assert any("scenario 3 name" in place for _, place in said)


def test_no_toml_and_no_scenario_are_said(tmp_path):
    path = tmp_path / "s.toml"
    path.write_text("scenario = [", "utf-8")
    with pytest.raises(PracticeProblemsError, match="not-toml"):
        read_scenarios(path)
    path.write_text("", "utf-8")
    assert [one.code for one in read_scenarios(path).faults] == ["missing-key"]
