"""Entry page: why visits have the times they have, or none; what binds, and the cheapest way out.

What binds is read off the plan as it stands, without a solver. Changes that would help are tried
by asking the part of the plan that they touch again; only what was found and checked is told.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.explain.answers import Explanation, Hindrance, Moment, WhyReport
from engine.explain.binding import (
    OF_THE_PATIENT,
    OF_THE_PRACTICE,
    Sifted,
    also_refused,
    hindrances,
    moment_of,
    nearest,
    sift,
)
from engine.explain.cheaper import cheaper
from engine.explain.try_change import Plan
from engine.explain.unlock_moment import unlock_moment
from engine.explain.unlock_several import unlock_several
from engine.explain.unlock_visit import Ways, unlock_visit
from engine.explain.wording import count_text, day_text, moment_text
from engine.filling.occupancy import Occupancy
from engine.filling.offers import alternatives, two_offers, with_later_dates
from engine.kpi import measure, objective_points
from engine.practice import Problem, Visit
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.result import KpiValue
from engine.schedule import Placement, Schedule
from engine.units import clock_text, to_minutes

BOOK_KEPT = "book_kept"
FROZEN = "it is booked for {:%a %Y-%m-%d %H:%M} and frozen: the desk moves it, not the engine"

MOST_FIGURES = 3
"""Figures named where a time would cost more, or less."""

OFFER_FROM = dt.time(10, 0)
"""Offers are near this hour for a patient who has no time and no wish."""


@dataclass(frozen=True, slots=True)
class WhySettings:
    """How many tried changes are told: `unlocks` for each visit, `shared` for all together."""

    unlocks: int = 1
    shared: int = 5


def explain(
    problem: Problem,
    schedule: Schedule,
    visits: Iterable[str] = (),
    at: dt.datetime | None = None,
    settings: WhySettings = WhySettings(),
) -> WhyReport:
    """Explain these visits, or all that have no time; `at`: why not then?

    PracticeProblemsError with every visit that is not in the question, and a moment outside the
    dates of the schedule.
    """
    asked = tuple(dict.fromkeys(visits))
    _refuse_faults(problem, schedule, asked, at)
    without_time = (*(gone.visit for gone in schedule.unplaced), *schedule.displaced)
    names = asked or without_time
    plan, occupancy = Plan(problem, schedule), Occupancy.of(problem, schedule)
    later = with_later_dates(problem, schedule)
    explanations: list[Explanation] = []
    waiting: list[Sifted] = []
    for name in names:
        visit = problem.all_visits[name]
        placed = occupancy.release(name) if name in occupancy.placements else None
        sifted = sift(occupancy, visit)
        now = _time_of(plan, visit, placed)
        explanations.append(_explained(plan, sifted, now, later, at, settings))
        if placed is not None:
            occupancy.book(placed)
        elif now is None:
            waiting.append(sifted)
    several = settings.shared and not asked
    shared = unlock_several(plan, waiting, settings.shared) if several else ()
    return WhyReport(
        start=schedule.start,
        days=schedule.days,
        explanations=tuple(explanations),
        unlocks=shared,
    )


def _time_of(plan: Plan, visit: Visit, placed: Placement | None) -> dt.datetime | None:
    """When the visit is, in the plan or booked on another date."""
    if placed is not None:
        return dt.datetime.combine(placed.date, placed.start)
    booking = plan.problem.booking_of.get(visit.id)
    if booking is None or visit.id in plan.schedule.displaced:
        return None
    return dt.datetime.combine(booking.date, booking.start)


def _explained(
    plan: Plan,
    sifted: Sifted,
    placed: dt.datetime | None,
    later: Occupancy,
    at: dt.datetime | None,
    settings: WhySettings,
) -> Explanation:
    visit, found = sifted.visit, hindrances(sifted)
    asked = None if at is None else _asked_about(plan, sifted, placed, at)
    ways = _ways_to(plan, visit, asked, settings)
    told = Explanation(
        visit=visit.id,
        procedure=visit.procedure,
        minutes=sifted.occupancy.stages(visit)[-1].end,
        placed=placed,
        offered=sifted.number(OF_THE_PRACTICE),
        suiting=sifted.number(OF_THE_PRACTICE | OF_THE_PATIENT),
        free=sifted.free,
        hindrances=found,
        nearest=nearest(sifted) if placed is None else cheaper(sifted, placed),
        asked=asked,
        unlocks=unlock_visit(plan, sifted, settings.unlocks).unlocks if placed is None else (),
        asked_unlocks=ways.unlocks,
        asked_tried=ways.tried,
        offers=_offers(later, visit, placed is not None),
        sentence="",
    )
    return told.model_copy(update={"sentence": _sentence(plan, told)})


def _ways_to(plan: Plan, visit: Visit, asked: Moment | None, settings: WhySettings) -> Ways:
    """What would give the start that was asked about; nothing for a frozen booking."""
    if asked is None or not asked.refusals or asked.refusals[0].rule == BOOK_KEPT:
        return Ways()
    at = dt.datetime.combine(asked.date, asked.start)
    return unlock_moment(plan, visit, at, settings.unlocks)


def _asked_about(plan: Plan, sifted: Sifted, placed: dt.datetime | None, at: dt.datetime) -> Moment:
    """The start that was asked about; where it is free, what it would cost."""
    start = to_minutes(at.time())
    moment = moment_of(sifted, at.date(), start)
    booking = plan.problem.booking_of.get(sifted.visit.id)
    if booking is not None and not booking.movable and placed != at:
        moment = also_refused(moment, BOOK_KEPT, FROZEN.format(placed or at))
    if moment.refusals:
        return moment
    there = sifted.occupancy.place_at(sifted.visit, at.date(), start)
    if there is None:
        return moment
    others = tuple(one for one in plan.schedule.placements if one.visit != there.visit)
    changed = plan.schedule.model_copy(
        update={
            "placements": (*others, there),
            "unplaced": tuple(g for g in plan.schedule.unplaced if g.visit != there.visit),
            "displaced": tuple(g for g in plan.schedule.displaced if g != there.visit),
        }
    )
    before, after = measure(plan.problem, plan.schedule), measure(plan.problem, changed)
    more = round(objective_points(after) - objective_points(before), 3)
    if placed == at:
        said = f"{moment_text(at)}: that is the time it has"
    else:
        said = f"{moment.sentence}; the objective would change by {more:+,.1f} points"
        said += _figures_text(before, after)
    return moment.model_copy(update={"points_more": more, "sentence": said})


def _figures_text(before: Sequence[KpiValue], after: Sequence[KpiValue]) -> str:
    """` (overdue days +65.0, lost minutes -2.1)`: the points of the figures that change most."""
    changes = [
        (new.points - old.points, new.kpi.replace("_", " "))
        for old, new in zip(before, after, strict=True)
        if new.quanta != old.quanta
    ]
    changes.sort(key=lambda change: (-abs(change[0]), change[1]))
    words = [f"{name} {points:+,.1f}" for points, name in changes[:MOST_FIGURES]]
    return f" ({', '.join(words)})" if words else ""


def _offers(later: Occupancy, visit: Visit, is_placed: bool) -> tuple[dt.datetime, ...]:
    today = later.problem.as_of.date()
    if is_placed and visit.id in later.placements:
        return alternatives(later, visit.id, today)
    windows = (*visit.wishes, *visit.availability)
    hour = windows[0].start if windows else OFFER_FROM
    near = dt.datetime.combine(max(visit.due, later.horizon.start), hour)
    return two_offers(later, visit, near, today)


def _sentence(plan: Plan, told: Explanation) -> str:
    dates = f"{plan.schedule.start} to {plan.schedule.horizon.dates[-1]}"
    what = f"{told.visit} ({told.procedure}, {told.minutes} min)"
    if told.placed is not None:
        parts = [f"{what} is on {moment_text(told.placed)}"]
    else:
        parts = [f"{what} has no time in {dates}"]
    offered = count_text(told.offered, "start")
    if told.offered == 0:
        parts.append("the practice gives it at no time of these days")
    elif told.suiting == 0:
        parts.append(f"of {offered} that the practice gives, none suits the patient")
    else:
        other = " besides" if told.placed is not None else ""
        free = {0: "none is free", 1: "one is free"}.get(told.free, f"{told.free} are free")
        parts.append(f"the patient can come at {told.suiting} of {offered}, and {free}{other}")
    text = "; ".join(parts) + "."
    if told.asked is not None and len(told.asked.refusals) > 1:
        when = moment_text(dt.datetime.combine(told.asked.date, told.asked.start))
        return f"{text} {when}: {len(told.asked.refusals)} rules refuse it."
    if told.asked is not None:
        return f"{text} {told.asked.sentence}."
    if told.placed is None:
        binding = [_hindrance_text(one) for one in told.hindrances[:2]]
        text += "".join(f" {one}." for one in binding)
    if told.nearest is not None:
        text += f" {told.nearest.sentence}."
    return text


def _hindrance_text(one: Hindrance) -> str:
    """`One patient in a chair refuses 30, 12 of them alone (Tue 2026-03-10 15:40-16:30)`."""
    where = "; ".join(
        f"{day_text(spell.date)} {clock_text(to_minutes(spell.first))}"
        + (f" to {clock_text(to_minutes(spell.last))}" if spell.last != spell.first else "")
        for spell in one.where
    )
    alone = f", {one.alone} of them alone" if one.alone else ""
    return f"'{one.name}' refuses {one.starts}{alone} ({where})"


def _refuse_faults(
    problem: Problem, schedule: Schedule, visits: tuple[str, ...], at: dt.datetime | None
) -> None:
    faults = [
        PracticeProblem(
            "unknown-visit", f"visit {name}", "it is not in the practice", "name a visit by its id"
        )
        for name in visits
        if name not in problem.all_visits
    ]
    if at is not None and at.date() not in schedule.horizon:
        dates = schedule.horizon.dates
        cause = f"it is not in the dates of the schedule, {dates[0]} to {dates[-1]}"
        faults.append(
            PracticeProblem("moment-outside", f"{at:%Y-%m-%d %H:%M}", cause, "choose another time")
        )
    if at is not None and not visits:
        faults.append(
            PracticeProblem(
                "moment-without-visit", "--at", "no visit is named", "name one with --visit"
            )
        )
    if faults:
        raise PracticeProblemsError(faults)
