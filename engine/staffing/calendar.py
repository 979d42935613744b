"""Entry page: the staff's calendar of a month. Crew check, requests, roster."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from engine.practice import Problem
from engine.practice.calendar import is_open
from engine.practice.staff_requests import StaffRequest
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.staffing.cost import Demand, away_on
from engine.staffing.crewless import crewless_cells
from engine.staffing.options import Option, options_of
from engine.staffing.place_requests import choose_options
from engine.staffing.roster import DayRoster, roster_of
from engine.staffing.too_few_people import too_few_people

ALTERNATIVES = 3
"""Other times shown for each request, the next cheapest on other half-days."""


@dataclass(frozen=True, slots=True)
class PricedOption:
    """A time of a request and the points of demand that it displaces, all others standing."""

    option: Option
    points: float


@dataclass(frozen=True, slots=True)
class PlacedRequest:
    """A request with its time, and the cheapest other ones."""

    chosen: PricedOption
    alternatives: tuple[PricedOption, ...]


@dataclass(frozen=True, slots=True)
class StaffCalendar:
    """A month: the requests at their times, and the roster of every open date.

    `remarks`: weekdays of a model day that have more columns at once than people on every date.
    """

    month: dt.date
    requests: tuple[PlacedRequest, ...]
    days: tuple[DayRoster, ...]
    remarks: tuple[PracticeProblem, ...] = ()


def staff_calendar(
    problem: Problem, month: dt.date, requests: Sequence[StaffRequest] = (), seed: int = 0
) -> StaffCalendar:
    """Who works which days and columns in the month that `month` lies in.

    Meetings, training and vacations are placed where they displace the least demand, on dates
    after today. Raises PracticeProblemsError with every day type that has no crew and every request
    that no time is left for.
    """
    dates = tuple(day for day in _dates_of(month) if is_open(problem.practice, day))
    faults = [*crewless_cells(problem, dates), *_unknown_people(problem, requests)]
    if faults:
        raise PracticeProblemsError(faults)
    ahead = tuple(day for day in dates if day > problem.as_of.date())
    choices = [options_of(problem, request, ahead) for request in requests]
    without = [
        _no_time(request) for request, options in zip(requests, choices, strict=True) if not options
    ]
    if without:
        raise PracticeProblemsError(without)
    demand = Demand(problem, [option for options in choices for option in options])
    chosen = choose_options(demand, choices, seed) if choices else ()
    if chosen is None:
        remedy = "ask for fewer of them, or for wider dates"
        fault = PracticeProblem("requests-clash", "requests", "they have no time together", remedy)
        raise PracticeProblemsError([fault])
    rosters = _rosters(Demand(problem, chosen), dates, chosen)
    return StaffCalendar(
        month.replace(day=1),
        _priced(demand, choices, chosen),
        rosters,
        tuple(too_few_people(problem, dates)),
    )


def _dates_of(month: dt.date) -> tuple[dt.date, ...]:
    first = month.replace(day=1)
    days = (first + dt.timedelta(days=offset) for offset in range(31))
    return tuple(day for day in days if day.month == first.month)


def _unknown_people(problem: Problem, requests: Sequence[StaffRequest]) -> list[PracticeProblem]:
    return [
        PracticeProblem(
            "unknown-staff",
            f"request {request.id}",
            f"'{who}' is not on the staff",
            "name people by their ids in practice.toml",
        )
        for request in requests
        for who in request.staff
        if who not in problem.staff
    ]


def _no_time(request: StaffRequest) -> PracticeProblem:
    what = f"{request.minutes} minutes" if request.minutes else f"{request.days} days"
    return PracticeProblem(
        "request-without-time",
        f"request {request.id}",
        f"there are no {what} at which all of its people work",
        "shorten it, name fewer people, or widen its dates",
    )


def _priced(
    demand: Demand, choices: Sequence[Sequence[Option]], chosen: tuple[Option, ...]
) -> tuple[PlacedRequest, ...]:
    placed = []
    for place, (options, own) in enumerate(zip(choices, chosen, strict=True)):
        others = [option for at, option in enumerate(chosen) if at != place]
        free = [option for option in options if not any(map(option.clashes_with, others))]
        priced = [PricedOption(option, demand.cost(option, others)) for option in free]
        ranked = sorted(priced, key=lambda one: (round(one.points, 3), one.option.dates))
        mine = next(one for one in priced if one.option == own)
        seen, rest = {_half_day(own)}, []
        for one in ranked:
            if _half_day(one.option) not in seen:
                seen.add(_half_day(one.option))
                rest.append(one)
        placed.append(PlacedRequest(mine, tuple(rest[:ALTERNATIVES])))
    return tuple(placed)


def _half_day(option: Option) -> tuple[dt.date, bool]:
    return option.dates[0], option.span[0] < 12 * 60


def _rosters(
    demand: Demand, dates: tuple[dt.date, ...], chosen: tuple[Option, ...]
) -> tuple[DayRoster, ...]:
    """Date by date; what somebody had the day before is kept where that costs nothing."""
    days: list[DayRoster] = []
    for day in dates:
        known = {(duty.person, duty.column) for duty in days[-1].duties} if days else set()
        days.append(roster_of(demand.pieces(day), day, away_on(chosen, day), known))
    return tuple(days)
