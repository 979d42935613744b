"""A scenario whose changes come to nothing says so."""

import pytest

from engine.practice import BlockKind, ChairBlock, StaffBlock
from engine.what_if.changes_nothing import NOTE
from engine.what_if.outcomes import outcome_of
from engine.what_if.prepare import prepare

AWAY = {"staff": ["AS2"], "weekdays": ["tue"]}


@pytest.mark.parametrize(
    ("change", "notes"),
    [
        ({"kind": "vacation", **AWAY}, (NOTE,)),
        ({"kind": "staff_out", **AWAY, "start": "10:00"}, (NOTE,)),
        ({"kind": "staff_out", "staff": ["AS1"], "start": "17:00"}, (NOTE,)),
        ({"kind": "skill_added", "staff": ["AS1"], "skills": ["bonding"]}, (NOTE,)),
        ({"kind": "chair_closed", "chairs": ["C2"], "weekdays": ["tue"]}, (NOTE,)),
        ({"kind": "hours", "start": "08:00", "end": "17:00"}, (NOTE,)),
        ({"kind": "vacation", **AWAY, "weekdays": ["tue", "wed"]}, ()),
        ({"kind": "skill_added", "staff": ["AS2"], "skills": ["bonding"]}, ()),
        ({"kind": "chair_closed", "chairs": ["C2"], "weekdays": ["wed"]}, ()),
        ({"kind": "hours", "end": "17:05"}, ()),
        ({"kind": "doctor_absent", "weekdays": ["wed"], "start": "16:00", "in_office": True}, ()),
        ({"kind": "demand_up", "percent": 100}, ()),
    ],
)
def test_what_is_so_already_changes_nothing(tiny, asking, change, notes):
    """On Tuesday AS2 is on vacation, and C2 is out of use."""
    practice = tiny.practice(clinic=2, assistants=2)
    closed = ChairBlock(date=tiny.tuesday)
    base = tiny.problem(
        tiny.visit("V1"),
        staff=tuple(
            one.model_copy(update={"skills": ("bonding",)}) if one.id == "AS1" else one
            for one in practice.staff
        ),
        chairs=tuple(
            one.model_copy(update={"blocks": (closed,)}) if one.id == "C2" else one
            for one in practice.chairs
        ),
        staff_blocks=(StaffBlock(kind=BlockKind.VACATION, staff=("AS2",), dates=(tiny.tuesday,)),),
    )
    before, after = prepare(base, asking.week, [asking.scenario(change)])
    assert after.notes == notes
    bounds = {before.name: 1.0, after.name: 1.0}
    assert outcome_of(before, after, asking.week, bounds, {}).notes == notes


def test_without_a_change_there_is_nothing_to_say(tiny, asking):
    assert prepare(tiny.problem(), asking.week, [asking.scenario()])[1].notes == ()
