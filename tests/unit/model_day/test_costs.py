"""What is short, what would unlock it, what one more place costs, and other good designs."""

import datetime as dt
from collections import Counter

import pytest
from offices import fixture_goals
from published_office import DAY_TYPE, office

from engine.model_day.design.design_day import (
    DesignSettings,
    day_model,
    name_day,
    solve_day,
)
from engine.model_day.design.others import SAME_SHARE, other_designs
from engine.model_day.design.prices import DesignRules
from engine.model_day.design.resources import resources_of
from engine.model_day.design.shortage import shortages
from engine.model_day.design.slots import Slot, slot_of
from engine.model_day.design.type_facts import TypeFacts, facts_of
from engine.model_day.design.unlock import exchange, unlocks
from engine.model_day.planned import DesignedDay
from engine.practice import OpenHours, Problem, Weekday

QUICK = DesignSettings(work=4.0, workers=1, gap=0.0)


def short_office(chairs: int, minutes: int) -> tuple[Problem, TypeFacts]:
    """The office of eight chairs with fewer of them, each with its assistant, open from 8 on."""
    problem = office()
    practice = problem.practice
    end = (dt.datetime(2026, 1, 1, 8) + dt.timedelta(minutes=minutes)).time()
    changed = problem.model_copy(
        update={
            "practice": practice.model_copy(
                update={
                    "chairs": practice.chairs[:chairs],
                    "staff": practice.staff[: chairs + 1],
                    "hours": (OpenHours(weekday=Weekday.THU, start=dt.time(8), end=end),),
                }
            )
        }
    )
    return changed, facts_of(changed, DAY_TYPE)


def places(problem: Problem, **counts: int) -> dict[Slot, int]:
    return {
        slot_of(problem.practice, problem.procedures[code]): count for code, count in counts.items()
    }


def test_arithmetic_says_what_cannot_fit_before_anything_is_solved() -> None:
    """Four debonds of 20 doctor minutes in an hour: 80 of 60 minutes.

    In the window in which a debond can lie at all, 08:00 to 09:00, the doctor has 60 minutes, 51 of
    which are planned; four of 65 minutes with turnover in two chairs of 60 + 5 are 260 of 130, of
    which 110 are planned. Each chair has 51 planned minutes of the hour, so (260 - 110) / 51 = 2.9
    chairs more would do, and (80 - 51) / 51 = 0.6 doctors.
    """
    problem, facts = short_office(2, 60)
    wanted = places(problem, DEB=4)
    found = shortages("morning", wanted, resources_of(facts, wanted, ()), fixture_goals())
    numbers = {(one.asked, one.planned, one.there) for one in found}
    assert (80, 51, 60) in numbers
    assert (260, 110, 130) in numbers
    sentences = [one.sentence for one in found]
    # People are planned to the last minute: two for the hour and the turnover, 130 of 260.
    assert sentences == [
        "morning: 2.9 clinic chair short between 08:00 and 09:00: 260 min asked, 110 planned of "
        "130 there",
        "morning: 2.2 assistant column short between 08:00 and 09:00: 260 min asked, 130 there",
        "morning: 0.6 doctor short between 08:00 and 09:00: 80 min asked, 51 planned of 60 there",
    ]


def test_what_fits_has_no_shortage() -> None:
    problem, facts = short_office(2, 60)
    # Two debonds: 40 of the doctor's 51 minutes; the two chairs are full, which takes a goal of 1.
    wanted, goals = places(problem, DEB=2), fixture_goals(column_fill=1.0)
    assert shortages("morning", wanted, resources_of(facts, wanted, ()), goals) == []


def test_a_place_that_lacks_a_column_is_unlocked_by_chair_and_assistant() -> None:
    """Two debonds in one chair and one hour: the second lacks chair, assistant and doctor.

    An hour holds a debond at 08:00 only, so both begin then. The second occupies a chair and an
    assistant for 60 + 5 minutes, and its doctor time, 08:15-08:35 or five minutes later, meets that
    of the first: 20 minutes of a doctor who is not there.
    """
    problem, facts = short_office(1, 60)
    found = unlocks(facts, fixture_goals(), places(problem, DEB=2), QUICK)
    by_resource = {one.resource: one for one in found}
    assert set(by_resource) == {"assistant", "clinic chair", "doctor"}
    # Told over the full hours around them: 65 minutes lie in two, 20 in one.
    assert by_resource["doctor"].amount == pytest.approx(20 / 60)
    assert by_resource["assistant"].amount == pytest.approx(65 / 120)
    assert "0.5 assistant column short between 08:00 and 10:00 (65 min)" in (
        by_resource["assistant"].sentence
    )


def test_one_more_debond_costs_the_visits_in_its_hour() -> None:
    """One chair, 90 minutes: a debond of 60 + 5 and an adjustment of 20 + 5 fill it.

    Two adjustments and the debond would take 65 + 2 x 25 minutes, more than there are, so the
    second adjustment costs the debond. Two debonds never fit: there is no such day.
    """
    problem, facts = short_office(1, 90)
    wanted = places(problem, DEB=1, ADJ=1)
    adjust = next(slot for slot in wanted if slot.procedure.code == "ADJ")
    priced = exchange(facts, fixture_goals(), wanted, adjust, 0, QUICK)
    assert priced is not None
    assert priced.gives_up == (("DEB", 1),)
    assert priced.proven
    assert priced.sentence == "one more ADJ a day costs 1 DEB"
    debond = next(slot for slot in wanted if slot.procedure.code == "DEB")
    assert exchange(facts, fixture_goals(), wanted, debond, 0, QUICK) is None


def test_another_design_has_half_of_its_places_elsewhere() -> None:
    problem, facts = short_office(3, 120)
    goals = fixture_goals()
    wanted = places(problem, ADJ=4, RET=2)
    model = day_model(facts, goals, wanted, DesignRules())
    best = solve_day(model, QUICK)
    assert best.values is not None
    made = name_day(problem, model, best, 1, 0.0)
    more = other_designs(problem, model, best.values, 1, QUICK, 1)
    assert len(more) == 1

    assert more[0].missed == ()
    # At most half of the six places stay in a block of their kind, length and start.
    assert model.program.row_rule.count("differ") == 1
    assert Counter(_starts(more[0])) != Counter(_starts(made))
    assert 0 < SAME_SHARE < 1


def _starts(design: DesignedDay) -> list[tuple[str, dt.time]]:
    return [(one.procedure, one.segments[0].start) for one in design.planned]
