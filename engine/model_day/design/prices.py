"""What a design is measured by: one weighted sum, from the places that are missing down to slack.

Points are weights, not tiers: nothing here proves that a figure outweighs all below it together,
and several small things may outweigh one large one. They are set so that one place missing costs
more than what that place alone could add to the rest: it waits at most its float, idles at most the
stretch it leaves, and is a block of its own at worst.
"""

from dataclasses import dataclass

from engine.practice import Purpose

MISSED: dict[Purpose, int] = {
    Purpose.START: 12_000,
    Purpose.EXAM: 12_000,
    Purpose.DEBOND: 10_000,
    Purpose.EMERGENCY: 9_000,
    Purpose.REPAIR: 8_000,
}
MISSED_OTHER = 6_000
"""For a place of any other purpose that does not fit."""


def missed_price(purpose: Purpose) -> int:
    """Points for one place that the day does not have."""
    return MISSED.get(purpose, MISSED_OTHER)


@dataclass(frozen=True, slots=True)
class Prices:
    """Points for one unit of each figure below the missing places, the weightiest kinds first.

    A step is the practice's grid (5 minutes). Whole numbers.
    """

    idle_step: int = 40
    """No doctor has anything to do, beyond the first 15 minutes of a stretch."""
    waiting_step: int = 20
    """A patient in the chair waits for the doctor inside the float."""
    overload_step: int = 15
    """Doctor time of an hour above the planned load."""
    unfair_place: int = 100
    """A place after school that a class would have by its share of the day and has not."""
    uneven_step: int = 2
    """Clinic chair time of an hour above its even share and a tenth."""
    block: int = 10
    """A block: a run of places of one kind on one column. Few blocks are easy to learn."""
    chain_window: int = 1
    """65 minutes in which no doctor has a gap: nothing makes up for one late patient."""


MARK_MINUTES = 15
"""Cells begin on these marks, so that people can learn them."""
IDLE_MINUTES = 20
CHAIN_MINUTES = 65
UNEVEN_TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class DesignRules:
    """How simple a day has to be. `free`: cells begin and end on finer marks, blocks cost nothing.

    `prices` None stands for the usual ones.
    """

    mark_minutes: int = MARK_MINUTES
    prices: Prices = Prices()

    @staticmethod
    def free(marks: int) -> "DesignRules":
        """The same day if nobody had to learn it; what it gains is the price of simplicity."""
        return DesignRules(marks, Prices(block=0))
