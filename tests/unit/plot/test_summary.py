"""The eight figures, in words."""

import datetime as dt

from engine.checker import check
from engine.filling.next_openings import NextOpenings, next_openings
from engine.kpi import figures
from engine.plot.summary import summary
from engine.practice import Policy, RiskPolicy, Treatment
from engine.risk.prior import prior_model

LATE = Treatment(
    started=dt.date(2024, 1, 8),
    original_ecd=dt.date(2026, 1, 5),
    current_ecd=dt.date(2026, 4, 6),
    remaining_visits=2,
)


def items(tiny, *, hand=False):
    problem = tiny.problem(
        tiny.visit("V1", treatment=LATE),
        tiny.visit("V2"),
        tiny.visit("V3", earliest=dt.date(2026, 4, 1)),
        tiny.booking("B1", "11:00", movable=True),
        policy=Policy(calls_per_day=1),
    )
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00"), tiny.place("B1", "14:00"))
    measured = figures(problem, schedule)
    return {
        item.key: item
        for item in summary(
            problem,
            schedule,
            measured,
            next_openings(problem, schedule),
            check=check(problem, schedule),
            hand=measured if hand else None,
        )
    }


def test_values_say_what_was_counted(tiny):
    found = items(tiny)
    assert found["unplaced"].value == "2 visits"
    assert found["unplaced"].more.startswith("1 of them not possible before these dates end")
    assert found["unplaced"].warn
    assert found["calls"].value == "2"
    assert found["calls"].more == "1 new times, 1 moved; 2 days of at most 1 calls"
    assert found["without-next"].value == "1 → 0"
    assert found["past-ecd"].value == "1 patients, 1 helped"
    assert "(0 by current ECD)" in found["past-ecd"].more
    # Now is Monday 07:00, and nothing is booked at 08:00; the tiny practice has no start procedure.
    assert found["openings"].value == "exam 0 days, start none"
    assert "exam EXAM Mon 2 Mar 08:00" in found["openings"].more
    # One doctor segment of five minutes in an hour of sixty.
    assert found["doctor"].value == "8%; 0 inherited, 0 new"


def test_the_days_of_calls_count_a_household_once(tiny):
    visits = [tiny.visit(f"V{n}", household="H1") for n in range(3)]
    problem = tiny.problem(*visits, policy=Policy(calls_per_day=1))
    placed = [tiny.place(f"V{n}", f"{9 + n:02d}:00") for n in range(3)]
    schedule = tiny.schedule(problem, *placed)
    openings = next_openings(problem, schedule)
    checked = check(problem, schedule)
    found = summary(problem, schedule, figures(problem, schedule), openings, check=checked)
    (calls,) = [item for item in found if item.key == "calls"]
    assert calls.more == "3 new times, 0 moved; 1 day of at most 1 calls"


def test_by_hand_is_shown_where_it_was_measured(tiny):
    found = items(tiny, hand=True)
    assert found["unplaced"].by_hand == "2 visits"
    assert {item.key for item in found.values() if not item.by_hand} == {"openings"}
    assert not any(item.by_hand for item in items(tiny).values())


def test_without_a_check_clashes_are_not_called_zero(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    schedule = tiny.schedule(problem)
    nothing = NextOpenings(exam=None, start=None)
    found = summary(problem, schedule, figures(problem, schedule), nothing)
    assert found[6].value == "no doctor time; 0 inherited, new not checked"


def test_expected_misses_say_where_their_chances_come_from(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    alike = Policy(risk=RiskPolicy(base_rate=0.07, constant_no_show=True))
    said = {
        "by the literature, at a stated 5.0%": problem,
        "by the practice's own model": problem.model_copy(
            update={"no_show_model": prior_model(0.05)}
        ),
        "each at 7.0%": tiny.problem(tiny.visit("V1"), policy=alike),
    }
    for words, asked in said.items():
        schedule = tiny.schedule(asked, tiny.place("V1", "09:00"))
        nothing = NextOpenings(exam=None, start=None)
        found = summary(asked, schedule, figures(asked, schedule), nothing)[5]
        assert found.key == "misses"
        assert found.more.startswith(f"of 1 with a time, {words};")
