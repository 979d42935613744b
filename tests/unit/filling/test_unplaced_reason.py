import datetime as dt

import pytest

from engine.filling.by_hand import fill_by_hand
from engine.filling.reasons import explain_unplaced
from engine.practice import (
    AllowedTime,
    Cell,
    Clearance,
    ClearanceKind,
    DailyLimit,
    Follows,
    Horizon,
    ModelDay,
    ModelDayDate,
    Quota,
)


def reasons(problem, days=5) -> dict[str, str]:
    schedule = fill_by_hand(problem, Horizon(start=problem.as_of.date(), days=days))
    return {unplaced.visit: unplaced.reason for unplaced in schedule.unplaced}


def at_nine(tiny, id: str, procedure="ADJ", **changes):
    """A visit that can be on Tuesday at nine only."""
    length = {"ADJ": "09:20", "CLEAN": "09:10", "SKILL": "09:20"}[procedure]
    fields = {
        "earliest": tiny.tuesday,
        "latest": tiny.tuesday,
        "availability": (tiny.window("09:00", length),),
    }
    return tiny.visit(id, procedure, **{**fields, **changes})


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"clearances": (Clearance(kind=ClearanceKind.FINANCIAL),)}, "clearance-missing"),
        ({"lab_ready": dt.date(2026, 3, 6)}, "lab-not-ready"),
        ({"latest": dt.date(2026, 3, 1)}, "window-too-narrow"),
        ({"follows": (Follows(visit="V2"),)}, "predecessor-unplaced"),
        ({"required_doctor": "DR9"}, "no-doctor-time"),
    ],
)
def test_what_the_visit_itself_lacks(tiny, fields, reason):
    second = tiny.visit("V2", latest=dt.date(2026, 3, 1))
    found = reasons(tiny.problem(tiny.visit("V1", **fields), second, tiny.visit("V3")))
    assert found == {"V1": reason, "V2": "window-too-narrow"}


def test_a_procedure_that_the_practice_never_gives_in_these_days(tiny):
    sunday = AllowedTime(start=dt.time(8), end=dt.time(17), weekdays=("sun",))
    never = tiny.procedure("NEVER", "A10", allowed_times=(sunday,))
    problem = tiny.problem(tiny.visit("V1", "NEVER"), tiny.visit("V2"), procedures=(never,))
    assert reasons(problem) == {"V1": "no-admissible-start"}


def test_a_window_shorter_than_the_visit(tiny):
    short = tiny.visit("V1", availability=(tiny.window("09:00", "09:15"),))
    assert reasons(tiny.problem(short, tiny.visit("V2"))) == {"V1": "window-too-narrow"}


@pytest.mark.parametrize(
    ("room", "reason"),
    [
        ({"clinic": 1, "assistants": 2, "doctors": 2}, "no-chair"),
        ({"clinic": 2, "assistants": 1, "doctors": 2}, "no-staff"),
        ({"clinic": 2, "assistants": 2, "doctors": 1}, "no-doctor-time"),
    ],
)
def test_what_the_first_visit_has_taken(tiny, room, reason):
    problem = tiny.problem(at_nine(tiny, "V1"), at_nine(tiny, "V2"), **room)
    assert reasons(problem) == {"V2": reason}
    enough = {"clinic": 2, "assistants": 2, "doctors": 2}
    assert reasons(tiny.problem(at_nine(tiny, "V1"), at_nine(tiny, "V2"), **enough)) == {}


def test_cells_quotas_limits_and_the_patient(tiny):
    wide = {"clinic": 3, "assistants": 3, "doctors": 3}
    two = (at_nine(tiny, "V1"), at_nine(tiny, "V2"))
    dates = (ModelDayDate(model_day="M", weekday="tue"),)
    closed = Cell(
        id="a", procedure_class="bond", columns=("C1", "C2"), start=dt.time(8), end=dt.time(17)
    )
    one_column = ModelDay(id="M", title="M", cells=(closed,))
    # C3 is free for the first; the second is stopped by the chair, since C3 takes its class.
    asked = tiny.problem(*two, model_days=(one_column,), model_day_dates=dates, **wide)
    assert reasons(asked) == {"V2": "no-chair"}
    everywhere = closed.model_copy(update={"columns": ("C1", "C2", "C3")})
    all_columns = ModelDay(id="M", title="M", cells=(everywhere,))
    asked = tiny.problem(*two, model_days=(all_columns,), model_day_dates=dates, **wide)
    assert reasons(asked) == {"V1": "no-cell", "V2": "no-cell"}
    quota = ModelDay(id="M", title="M", quotas=(Quota(procedure_class="adj", at_most=1),))
    asked = tiny.problem(*two, model_days=(quota,), model_day_dates=dates, **wide)
    assert reasons(asked) == {"V2": "quota-full"}
    kits = DailyLimit(id="kits", procedures=("ADJ",), per_day=1)
    assert reasons(tiny.problem(*two, limits=(kits,), **wide)) == {"V2": "limit-full"}
    twin = at_nine(tiny, "V2", patient="P-V1")
    assert reasons(tiny.problem(two[0], twin, **wide)) == {"V2": "patient-elsewhere"}


def test_a_gap_that_reaches_beyond_the_dates(tiny):
    after = tiny.visit("V2", follows=(Follows(visit="V1", min_days=7),))
    assert reasons(tiny.problem(tiny.visit("V1"), after)) == {"V2": "order-gap"}


def same_afternoon(tiny):
    """V2 comes an hour after V1 (15:00-15:20), from 16:20 on, when B3 has the chair until 17:00.

    The gap takes every start of the week before that, the chair only the last five.
    """
    link = Follows(visit="V1", min_minutes=60, max_days=0)
    return tiny.problem(
        tiny.booking("V1", "15:00"),
        tiny.visit("V2", patient="P-V1", follows=(link,)),
        tiny.booking("B3", "16:10", minutes=45),
        assistants=2,
    )


def test_what_binds_is_what_stops_it_where_the_gap_would_let_it_come(tiny):
    assert reasons(same_afternoon(tiny)) == {"V2": "no-chair"}


def test_the_sentence_names_the_visit_before_and_the_gap(tiny):
    problem = same_afternoon(tiny)
    schedule = fill_by_hand(problem, Horizon(start=problem.as_of.date(), days=5))
    (unplaced,) = explain_unplaced(problem, schedule).unplaced
    wanted = "at least 60 min and on the same day after V1 (2026-03-03 15:00-15:20); "
    assert wanted in unplaced.sentence
