"""What is marked on a block."""

import datetime as dt

from engine.plot.visit_signs import RISK_SHARE, Standing, signs_of, standing_of, weeks_past
from engine.practice import EcdChoice, Policy, Treatment

LATE = Treatment(
    started=dt.date(2024, 1, 8),
    original_ecd=dt.date(2026, 1, 5),
    current_ecd=dt.date(2026, 2, 23),
    remaining_visits=2,
)


def test_standing_of_new_moved_locked_and_kept(tiny):
    problem = tiny.problem(
        tiny.visit("V1"),
        tiny.booking("B1", "09:00", movable=True),
        tiny.booking("B2", "09:00"),
        tiny.booking("B3", "09:00", movable=True, chair_locked=True),
    )
    assert standing_of(problem, tiny.place("V1", "09:00")) is Standing.NEW
    assert standing_of(problem, tiny.place("B1", "09:00")) is Standing.KEPT
    assert standing_of(problem, tiny.place("B1", "09:05")) is Standing.MOVED
    assert standing_of(problem, tiny.place("B1", "09:00", date=tiny.friday)) is Standing.MOVED
    assert standing_of(problem, tiny.place("B2", "09:00")) is Standing.LOCKED
    assert standing_of(problem, tiny.place("B3", "09:00")) is Standing.LOCKED


def test_weeks_past_counts_from_the_chosen_date(tiny):
    # 5 January to 2 March are 56 days; 23 February to 2 March are 7.
    visit = tiny.visit("V1", treatment=LATE)
    assert weeks_past(tiny.problem(visit), visit) == 8.0
    current = tiny.problem(visit, policy=Policy(ecd=EcdChoice.CURRENT))
    assert weeks_past(current, visit) == 1.0
    assert weeks_past(current, tiny.visit("V2")) == 0.0


def test_signs_say_why(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00", movable=True, treatment=LATE))
    signs = signs_of(problem, tiny.place("B1", "10:00"), lambda *_: 0.184)
    assert [(sign.kind, sign.text) for sign in signs] == [
        ("past", "E"),
        ("risk", "18%"),
        ("moved", "M"),
    ]
    assert signs[0].sentence == "past ECD by 8.0 weeks"
    assert signs[2].sentence == "moved, was Tue 3 Mar 09:00"


def test_risk_is_marked_above_the_share_only(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00", movable=True))
    placement = tiny.place("B1", "09:00")
    assert signs_of(problem, placement, lambda *_: RISK_SHARE) == ()
    assert len(signs_of(problem, placement, lambda *_: RISK_SHARE + 0.001)) == 1
    assert signs_of(problem, placement, None) == ()
