"""What binds: how often each rule refuses a visit, and where."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.explain.answers import Hindrance, Moment, Refusal, Spell
from engine.explain.say_refusal import Case, name_of, say_refusal
from engine.explain.wording import day_text
from engine.filling.lanes import Mask
from engine.filling.occupancy import Occupancy
from engine.filling.refusals import Refusals
from engine.practice import Visit
from engine.units import clock_text, to_clock, to_minutes

OF_THE_PRACTICE = frozenset(("procedure_times", "before_closure", "supervision"))
OF_THE_PATIENT = frozenset(("due_window", "readiness", "availability", "order", "patient_once"))

SPELLS = 3
"""Longest spells that are named."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """A visit's starts by date, and what refuses each of them."""

    occupancy: Occupancy
    visit: Visit
    by_date: dict[dt.date, Refusals]

    def number(self, without: frozenset[str] = frozenset()) -> int:
        """Starts that none of these rules refuses; without rules, all."""
        return sum(int(table.without(without).sum()) for table in self.by_date.values())

    @property
    def free(self) -> int:
        """Starts that no rule refuses."""
        return sum(int((~table.anywhere()).sum()) for table in self.by_date.values())


def sift(occupancy: Occupancy, visit: Visit, dates: Iterable[dt.date] | None = None) -> Sifted:
    """Ask every rule about every start; a placed visit has to be released first."""
    days = occupancy.horizon.dates if dates is None else dates
    return Sifted(occupancy, visit, {day: occupancy.refusals(visit, day) for day in days})


def hindrances(sifted: Sifted) -> tuple[Hindrance, ...]:
    """Rules by how many starts they alone refuse, then by how many in all.

    Counted over the starts that suit practice and patient; where there are none, over those that
    suit the practice, and else over all.
    """
    apart = OF_THE_PRACTICE | OF_THE_PATIENT
    for without in (apart, OF_THE_PRACTICE, frozenset[str]()):
        if sifted.number(without):
            found = list(_counted(sifted, without))
            return tuple(sorted(found, key=lambda one: (-one.alone, -one.starts, one.rule)))
    return ()


def _counted(sifted: Sifted, without: frozenset[str]) -> Iterator[Hindrance]:
    tables = sifted.by_date
    rules = dict.fromkeys(rule for table in tables.values() for rule in table.by_rule)
    for rule in rules:
        if rule in without:
            continue
        starts, alone, spells = 0, 0, list[tuple[int, Spell]]()
        for day, table in tables.items():
            if rule not in table.by_rule:
                continue
            refused = table.by_rule[rule] & table.without(without)
            starts += int(refused.sum())
            alone += int((table.within(frozenset((rule,))) & refused).sum())
            spells += _spells(table, refused, day)
        if starts:
            longest = sorted(spells, key=lambda one: -one[0])[:SPELLS]
            where = sorted((spell for _, spell in longest), key=lambda one: (one.date, one.first))
            yield Hindrance(
                rule=rule, name=name_of(rule), starts=starts, alone=alone, where=tuple(where)
            )


def _spells(table: Refusals, refused: Mask, day: dt.date) -> list[tuple[int, Spell]]:
    """Runs of refused starts, with their lengths in minutes."""
    places = np.flatnonzero(refused)
    runs = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if len(places) else []
    return [
        (
            int(table.starts[run[-1]] - table.starts[run[0]]),
            Spell(
                date=day,
                first=to_clock(int(table.starts[run[0]])),
                last=to_clock(int(table.starts[run[-1]])),
            ),
        )
        for run in runs
    ]


def nearest(sifted: Sifted) -> Moment | None:
    """The start that fewest rules refuse, the patient's own among the last; the first of equals."""
    best: tuple[int, int, dt.date, int] | None = None
    for day, table in sifted.by_date.items():
        count, own = table.count(), ~table.without(OF_THE_PATIENT)
        for start, refusing, unsuited in zip(table.starts, count, own, strict=True):
            rank = (int(unsuited), int(refusing), day, int(start))
            if best is None or rank < best:
                best = rank
    return None if best is None else moment_of(sifted, best[2], best[3])


def moment_of(sifted: Sifted, day: dt.date, start: int) -> Moment:
    """Everything that refuses one start of a visit.

    A start outside opening hours or off the marks is refused by that alone: other rules are about
    starts that a practice gives.
    """
    table = sifted.by_date[day]
    case = Case(sifted.occupancy, sifted.visit, day, start)
    rules = table.at(start) if start in table.starts else (_outside(case),)
    refusals = tuple(
        Refusal(rule=rule, name=name_of(rule), sentence=say_refusal(case, rule)) for rule in rules
    )
    facts = "; ".join(refusal.sentence for refusal in refusals)
    said = facts or "free while everything else stands"
    return Moment(
        date=day,
        start=to_clock(start),
        refusals=refusals,
        points_more=None,
        sentence=f"{day_text(day)} {clock_text(start)}: {said}",
    )


def also_refused(moment: Moment, rule: str, sentence: str) -> Moment:
    """The same with one more refusal, told first."""
    refusal = Refusal(rule=rule, name=name_of(rule), sentence=sentence)
    when = f"{day_text(moment.date)} {clock_text(to_minutes(moment.start))}"
    refusals = (refusal, *moment.refusals)
    facts = "; ".join(one.sentence for one in refusals)
    return moment.model_copy(update={"refusals": refusals, "sentence": f"{when}: {facts}"})


def _outside(case: Case) -> str:
    practice = case.occupancy.problem.practice
    marked = case.start % practice.start_mark_minutes == 0 == case.start % practice.grid_minutes
    return "opening_hours" if marked else "start_marks"
