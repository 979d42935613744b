"""What the fill expected of the visits of its week: kept with them, to be held against the outcome.

A fill prefers slots where the chance of a miss looks low, and so those where it is taken for lower
than it is (J. E. Smith and R. L. Winkler, 'The optimizer's curse: skepticism and postdecision
surprise in decision analysis', Management Science 52, 2006). Misses over expected ones of the
visits it gave a time show it, where they are further above those of visits booked at checkout than
under first fit, which looks at no chance: whoever has no time has often missed one, and a chance
that falls too fast with the days ahead is too low for a fill, so that the two differ under any
policy. Nothing in the year looks at these chances but the figures.
"""

from engine.practice import Problem
from engine.risk.no_show import NoShow
from engine.schedule import Schedule
from engine.simulate.clinic import Clinic


def note_chances(clinic: Clinic, problem: Problem, schedule: Schedule) -> None:
    """Every visit of the schedule that is in the book gets its chance, once for each time it has.

    The chance is that of the question, whatever a policy was told or looks at.
    """
    no_show = NoShow(problem)
    for placed in schedule.placements:
        entry = clinic.book.get(placed.visit)
        if entry is not None and entry.chance_of_miss is None:
            visit = problem.all_visits[placed.visit]
            entry.chance_of_miss = no_show.probability(visit, placed.date, placed.start.hour)
