"""What is short, what would unlock it, what one more place costs, and other good designs."""

import datetime as dt
from collections import Counter

import pytest
from offices import fixture_goals
from short_office import places, short_office

from engine.model_day.design.costs import price_of_simplicity
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
from engine.model_day.design.unlock import exchange, unlocks
from engine.model_day.planned import DesignedDay

QUICK = DesignSettings(work=4.0, workers=1, gap=0.0)


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
    assert found is not None
    by_resource = {one.resource: one for one in found}
    assert set(by_resource) == {"assistant", "clinic chair", "doctor"}
    assert all(one.proven for one in found)
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
    never = exchange(facts, fixture_goals(), wanted, debond, 0, QUICK)
    assert never is not None
    assert never.never
    assert never.sentence == "one more DEB a day fits in no day"


def test_without_time_nothing_is_claimed_about_what_unlocks_a_place() -> None:
    problem, facts = short_office(1, 60)
    at_once = DesignSettings(seconds=0.0, workers=1)
    wanted = places(problem, DEB=2)
    assert unlocks(facts, fixture_goals(), wanted, at_once) is None
    debond = next(iter(wanted))
    priced = exchange(facts, fixture_goals(), places(problem, DEB=1, ADJ=1), debond, 0, at_once)
    assert priced is None or not priced.proven


def test_what_quarter_hours_cost_is_proven_or_told_as_a_range() -> None:
    """A debond (60 + 5) and a repair (30 + 5) in one chair, open 08:00 to 09:40.

    On quarter hours a repair from 08:00 keeps the chair until 08:45, so that the debond begins at
    08:50 and ends at 09:50, too late; a debond first keeps it until 09:15, no better. So the repair
    is missing: 8000. The doctor is at the debond for 20 minutes of 100, which leaves ten stretches
    of 20 minutes without him: 400. On steps of five minutes the debond begins at 08:40 and ends in
    time; the repair waits five minutes for the doctor (08:15-08:25, 20 points), who idles over five
    stretches (from 08:25, 08:30, 08:35, 09:15, 09:20): 200. Blocks left out: 8400 - 220.
    """
    problem, facts = short_office(1, 100)
    wanted = places(problem, REP=1, DEB=1)
    model = day_model(facts, fixture_goals(), wanted, DesignRules())
    best = solve_day(model, QUICK)
    assert best.values is not None
    asked = price_of_simplicity(problem, model, best.values, QUICK)
    assert (asked.at_least, asked.at_most) == (8180, 8180)
    assert "cost 8180 points (proven)" in asked.sentence
    assert "-8000 points missed, -200 points idle, +20 points waiting" in asked.sentence
    # Without time for a search the simple day is the best that is known: it costs no less than 0.
    unknown = price_of_simplicity(problem, model, best.values, DesignSettings(seconds=0.0))
    assert (unknown.at_least, unknown.at_most) == (0, 8400)
    assert "cost between 0 and 8400 points" in unknown.sentence


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
