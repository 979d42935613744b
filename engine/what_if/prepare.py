"""A scenario as a problem that can be filled, and everything that keeps it from being one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.practice import Booking, Horizon, Problem, Visit
from engine.problems import PracticeProblem, PracticeProblemsError, Severity
from engine.validation import problems_of, put_aside
from engine.what_if.changes_nothing import NOTE, changes_nothing
from engine.what_if.faults import BASE, scenario_faults
from engine.what_if.new_times import with_new_times
from engine.what_if.scenarios import Scenario
from engine.what_if.taken_off import take_off


@dataclass(frozen=True, slots=True)
class Prepared:
    """A scenario (or the base) ready to be solved.

    `called`: bookings that lose their time, as they were; no fewer than `calls_needed` can do, as
    far as is proven. `booked`: the new ones that they start from, movable. `without`: those of
    the called for whom the dates hold no time even where all others who wait are left out.
    `impossible`: visits that no date can take any more; they are left out of the fill and count as
    without a time. `problem` has neither them nor any fault.
    """

    name: str
    problem: Problem
    called: Mapping[str, Booking] = field(default_factory=dict)
    calls_needed: int = 0
    booked: Mapping[str, Booking] = field(default_factory=dict)
    impossible: tuple[Visit, ...] = ()
    without: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def prepare(
    problem: Problem, horizon: Horizon, scenarios: Sequence[Scenario]
) -> tuple[Prepared, ...]:
    """The base first, then each scenario in order.

    PracticeProblemsError with every fault of every scenario, and of the problems they make.
    """
    faults = list(scenario_faults(problem, horizon, scenarios))
    found = problems_of(problem, horizon)
    faults += [one for one in found if one.severity in (Severity.REFUSED, Severity.SET_ASIDE)]
    if faults:
        raise PracticeProblemsError(faults)
    ready, known = [Prepared(BASE, problem)], set(found)
    for scenario in scenarios:
        changed = changed_by(problem, horizon, scenario)
        faults += _named(scenario, _new_faults(changed, horizon, known))
        if not faults:
            one = _ready(scenario.name, problem, changed, horizon)
            if scenario.change and changes_nothing(problem, changed, horizon):
                one = replace(one, notes=(NOTE,))
            ready.append(one)
    if faults:
        raise PracticeProblemsError(faults)
    return tuple(ready)


def changed_by(problem: Problem, horizon: Horizon, scenario: Scenario) -> Problem:
    """The problem with every change made: by rank, then as written. Sound changes only."""
    for change in sorted(scenario.change, key=lambda one: one.rank):
        problem = change.apply(problem, horizon)
    return problem


def _ready(name: str, base: Problem, changed: Problem, horizon: Horizon) -> Prepared:
    if changed == base:
        return Prepared(name, base)
    off = take_off(base, changed, horizon)
    fillable, _ = put_aside(off.problem, horizon)
    new = with_new_times(fillable, horizon, off.called)
    sound, _ = put_aside(new.problem, horizon)
    left = sound.all_visits
    gone = tuple(visit for visit in off.problem.all_visits.values() if visit.id not in left)
    there = {visit: booking for visit, booking in new.booked.items() if visit in left}
    old = {visit: base.booking_of[visit] for visit in off.called}
    return Prepared(name, sound, old, off.at_least, there, gone, new.without)


def _new_faults(
    changed: Problem, horizon: Horizon, known: set[PracticeProblem]
) -> Iterable[PracticeProblem]:
    """What refuses the changed problem; a visit that has become impossible refuses nothing."""
    for one in problems_of(changed, horizon):
        refused = one.severity is Severity.REFUSED
        booking = one.severity is Severity.SET_ASIDE and one.where.startswith("booking ")
        if one not in known and (refused or booking):
            yield replace(one, severity=Severity.REFUSED)


def _named(scenario: Scenario, faults: Iterable[PracticeProblem]) -> list[PracticeProblem]:
    return [replace(one, where=f"scenario '{scenario.name}', {one.where}") for one in faults]
