"""Which visit carries a treatment, what else may be missed, and how long a miss then takes."""

import datetime as dt

import pytest

from engine.practice import (
    Account,
    Follows,
    Horizon,
    Policy,
    Purpose,
    RebookingDelay,
    RiskPolicy,
    Treatment,
)
from engine.risk.later_visits import LaterVisits, later_delays, visits_before_carriers
from engine.risk.no_show import NoShow
from engine.risk.visit_costs import PersonalCosts

WEEK = Horizon(start=dt.date(2026, 3, 2), days=5)
NO_REPAIRS = RiskPolicy(repair_chance=0.0)


def treatment(remaining: int, ecd: dt.date = dt.date(2026, 6, 30)) -> Treatment:
    return Treatment(
        started=dt.date(2026, 3, 2), original_ecd=ecd, current_ecd=ecd, remaining_visits=remaining
    )


def carriers(problem):
    return {
        carrier: [visit.id for visit in before]
        for carrier, before in visits_before_carriers(problem, WEEK).items()
    }


def later_visits(problem) -> LaterVisits:
    return LaterVisits(problem, WEEK, NoShow(problem))


def test_the_last_of_a_patients_visits_carries(tiny):
    # P1: three left after V1, two after B1 in the book.
    problem = tiny.problem(
        tiny.visit("V1", patient="P1", treatment=treatment(4)),
        tiny.booking("B1", "09:00", patient="P1", treatment=treatment(3)),
        tiny.visit("V2", patient="P2", treatment=treatment(7)),
        tiny.visit("V3", patient="P3"),
    )
    assert carriers(problem) == {"B1": ["V1"], "V2": []}
    later = later_visits(problem)
    assert [later.carries(problem.all_visits[id_]) for id_ in ("V1", "B1", "V2", "V3")] == [
        *(False, True, True, False)
    ]
    with pytest.raises(ValueError, match="'V1' does not carry"):
        later.slip(problem.all_visits["V1"])


NEXT_MONDAY = dt.date(2026, 3, 9)


@pytest.mark.parametrize(("afterwards", "expected"), [(2, {}), (3, {}), (4, {"V1": []})])
def test_nobody_carries_where_a_later_step_is_booked_after_these_dates(tiny, afterwards, expected):
    # The finish hangs on the booking of Monday 9 March; one with more visits left is no later step.
    problem = tiny.problem(
        tiny.visit("V1", patient="P1", treatment=treatment(3)),
        tiny.booking(
            "B9", "09:00", date=NEXT_MONDAY, patient="P1", treatment=treatment(afterwards)
        ),
    )
    assert carriers(problem) == expected


def test_a_repair_brings_no_finish_forward_where_the_next_step_is_booked(tiny):
    fix = tiny.procedure("FIX", "A10", purpose=Purpose.REPAIR)
    broken = tiny.visit("V1", "FIX", patient="P1", treatment=treatment(3))
    planned = tiny.booking("B9", "09:00", date=NEXT_MONDAY, patient="P1", treatment=treatment(3))
    again = tiny.booking(
        "B8", "10:00", procedure="FIX", date=NEXT_MONDAY, patient="P1", treatment=treatment(2)
    )
    assert carriers(tiny.problem(broken, planned, procedures=(fix,))) == {}
    assert carriers(tiny.problem(broken, again, procedures=(fix,))) == {"V1": []}


def test_of_two_with_the_same_number_left_the_follower_or_else_the_later_one_carries(tiny):
    # A repair is no step of the plan: the other visit is not before it, and is not missed for it.
    repair, follower, early, late = (
        tiny.visit("V1", patient="P1", due=tiny.friday, treatment=treatment(3)),
        tiny.visit(
            "V2", patient="P1", treatment=treatment(3), follows=(Follows(visit="V1", min_days=1),)
        ),
        tiny.visit("V3", patient="P2", due=tiny.monday, treatment=treatment(3)),
        tiny.visit("V4", patient="P2", due=tiny.friday, treatment=treatment(3)),
    )
    assert carriers(tiny.problem(late, early, follower, repair)) == {"V2": [], "V4": []}


def test_what_breaks_carries_only_where_nothing_is_planned(tiny):
    # As many visits left and due later, the repair would come last; the planned visit carries.
    fix = tiny.procedure("FIX", "A10", purpose=Purpose.REPAIR)
    planned, broken, alone = (
        tiny.visit("V1", patient="P1", due=tiny.monday, treatment=treatment(3)),
        tiny.visit("V2", "FIX", patient="P1", due=tiny.friday, treatment=treatment(3)),
        tiny.visit("V3", "FIX", patient="P2", treatment=treatment(3)),
    )
    problem = tiny.problem(planned, broken, alone, procedures=(fix,))
    assert carriers(problem) == {"V1": [], "V3": []}


def test_delays_are_those_of_the_planned_visits_in_treatment(tiny):
    fix = tiny.procedure("FIX", "A10", purpose=Purpose.REPAIR, rebooking_days=3)
    slow = tiny.procedure("SLOW", "A10", rebooking_days=35)
    planned = [tiny.visit(f"V{n}", treatment=treatment(3)) for n in (1, 2)]
    problem = tiny.problem(
        *planned,
        tiny.visit("V3", "SLOW", treatment=treatment(3)),
        tiny.visit("V4", "FIX", treatment=treatment(3)),
        tiny.visit("V5", "SLOW"),
        procedures=(fix, slow),
    )
    assert later_delays(problem) == {21: 2.0, 35: 1.0}
    repairs = tiny.problem(tiny.visit("V4", "FIX", treatment=treatment(3)), procedures=(fix,))
    assert later_delays(repairs) == {3: 1.0}
    assert later_delays(tiny.problem(tiny.visit("V5"))) == {}


def test_the_practices_own_delays_come_first(tiny):
    shares = ((28, 0.5), (42, 0.25), (28, 0.25))
    own = tuple(RebookingDelay(days=days, share=share) for days, share in shares)
    policy = Policy(risk=RiskPolicy(rebooking_delays=own))
    problem = tiny.problem(tiny.visit("V1", treatment=treatment(3)), policy=policy)
    assert later_delays(problem) == {28: 0.75, 42: 0.25}


def test_later_visits_are_missed_as_ordinary_visits_of_this_patient(tiny):
    # A debond is missed less often, the visits before the next debond are not: with one patient the
    # intercept makes the debond 5 %, log-odds -2.944439, and 0.90 more (p = 0.114598) for a visit
    # that is no debond. One later visit, 18 to 24 days late: more than 17 days with 0.115, rounded.
    last = tiny.procedure("LAST", "A10", purpose=Purpose.DEBOND)
    problem = tiny.problem(
        tiny.visit("V1", "LAST", treatment=treatment(2)),
        procedures=(last,),
        policy=Policy(risk=NO_REPAIRS),
    )
    slip = later_visits(problem).slip(problem.all_visits["V1"])
    assert slip.chance_beyond(17) == pytest.approx(0.115)
    assert slip.chance_beyond(24) == pytest.approx(0.0, abs=1e-15)


def test_an_overdue_account_makes_later_misses_likelier(tiny):
    problem = tiny.problem(
        tiny.visit("V1", treatment=treatment(5)),
        tiny.visit("V2", treatment=treatment(5), account=Account.OVERDUE),
    )
    later = later_visits(problem)
    usual, overdue = (later.slip(visit).chance_beyond(30) for visit in problem.visits)
    assert overdue > usual > 0


def test_a_visit_before_the_last_one_may_be_missed_too(tiny):
    # Scan (7 days after a miss), then the last visit, on Thursday 5 March, completion on the 10th:
    # 5 days of slack. Alone the last visit is past if missed (21 days); with the scan before it
    # also if the scan is missed. All are missed with 5 % six weeks ahead; Thursday is 3 days ahead:
    # p = 1 / (1 + exp(2.944439 - 0.25 ln(4/43))) = 0.028240.
    scan = tiny.procedure("SCAN", "A20", rebooking_days=7)
    ecd = dt.date(2026, 3, 10)
    last = tiny.visit("V2", patient="P1", treatment=treatment(1, ecd))
    first = tiny.visit("V1", "SCAN", patient="P1", treatment=treatment(2, ecd))
    policy = Policy(risk=NO_REPAIRS)

    def quanta(*visits):
        problem = tiny.problem(*visits, procedures=(scan,), policy=policy)
        costs = PersonalCosts(problem, WEEK)
        return [costs.at(v.id, tiny.thursday, 9)["patients_past_ecd"] for v in visits]

    assert quanta(last) == [282]
    # 1 - 0.97176 * 0.95 = 0.076828, once for the patient.
    assert quanta(first, last) == [0, 768]


def test_a_longer_plan_counts_every_visit_between_once(tiny):
    # Three visits of one patient in the week, two more after them: the carrier is followed by two
    # and preceded by two. Nothing breaks; every visit is missed with 5 % or nearly so.
    visits = [
        tiny.visit(f"V{n}", patient="P1", treatment=treatment(6 - n, dt.date(2026, 5, 29)))
        for n in (1, 2, 3)
    ]
    problem = tiny.problem(*visits, policy=Policy(risk=NO_REPAIRS))
    slip = later_visits(problem).slip(visits[2])
    # Two later ones and two earlier ones, each 21 days with 0.05: 4 * 1.05.
    assert slip.mean_days == pytest.approx(4.2)
    # Nothing slips with 0.95^4.
    assert slip.chance_beyond(0) == pytest.approx(1 - 0.95**4)
