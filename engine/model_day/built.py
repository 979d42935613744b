"""What a build returns: designed days, how many of each, what is short and what it costs."""

from engine.model_day.place_table import KindPlaces, place_lines
from engine.model_day.planned import DesignedDay
from engine.practice.base import Frozen


class Simplicity(Frozen):
    """The price of a day that people can learn, against one that nobody had to: points.

    `at_least`: what the freer day found saves; `at_most`: what the bound of all freer days leaves.
    """

    day_type: str
    free_cells: int
    at_least: int
    at_most: int
    sentence: str


class BuiltDays(Frozen):
    """`a_month`: days of each type; `missed_a_month`: visits by kind without a place.

    `places`: how many of each kind a day of each type has, and from what. `unbuilt`: day types for
    which there is nothing to design. `calendar`: where it has more days than are planned.
    `others`: further designs, each with most of its blocks elsewhere, beside the best one.
    `stopped`: broken off; what had not been designed or asked by then is missing.
    """

    days: tuple[DesignedDay, ...]
    a_month: tuple[tuple[str, float], ...]
    proven_month: bool
    places: tuple[KindPlaces, ...] = ()
    unbuilt: tuple[str, ...] = ()
    calendar: tuple[str, ...] = ()
    missed_a_month: tuple[tuple[str, float], ...] = ()
    shortages: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    simplicity: tuple[Simplicity, ...] = ()
    others: tuple[DesignedDay, ...] = ()
    seconds: float = 0.0
    stopped: bool = False

    @property
    def complete(self) -> bool:
        """True where every day type has a model day, and all was asked."""
        return (
            not self.stopped
            and not self.unbuilt
            and bool(self.days)
            and all(one.model_day is not None for one in self.days)
        )

    @property
    def other_designs(self) -> tuple[tuple[DesignedDay, ...], ...]:
        """The second design of every day type, the third, ...; a type without one has its best."""
        by_type = [
            [one for one in self.others if one.day_type == best.day_type and one.model_day]
            for best in self.days
        ]
        return tuple(
            tuple(
                own[number] if number < len(own) else best
                for best, own in zip(self.days, by_type, strict=True)
            )
            for number in range(max(map(len, by_type), default=0))
        )

    @property
    def lines(self) -> list[str]:
        """Everything to be told, one line each."""
        month = ", ".join(f"{count:g} {name}" for name, count in self.a_month)
        proven = "" if self.proven_month else " (not proven to miss least)"
        return [
            f"an average month: {month}{proven}",
            *place_lines(self.places, [name for name, _ in self.a_month]),
            *(f"calendar: {line}" for line in self.calendar),
            *(f"no model day: {line}" for line in self.unbuilt),
            *(day_text(one) for one in self.days),
            *(f"another design: {day_text(one)}" for one in self.others),
            *(f"short: {line}" for line in self.shortages),
            *(f"cost: {line}" for line in self.costs),
            *(f"simplicity: {one.sentence}" for one in self.simplicity),
            *(["stopped early: what is not here was not designed or asked"] * self.stopped),
        ]


def day_text(made: DesignedDay) -> str:
    """How a day type came out, in one line."""
    if made.refused:
        return f"{made.day_type}: no model day, the judge refused it: {'; '.join(made.refused)}"
    if made.objective is None or made.model_day is None:
        return f"{made.day_type}: no model day ({made.status.value})"
    places = sum(count for _, count in made.wanted)
    lost = ", ".join(f"{count} {name}" for name, count in made.missed) or "none"
    bound = f"bound {made.bound:.0f}" if made.bound is not None else "no bound"
    gap = f"gap {made.gap:.1%}" if made.gap is not None else "gap unknown"
    return (
        f"{made.day_type}: {places} places wanted, missing {lost}; {len(made.model_day.cells)} "
        f"cells, {made.most_changes} changes of class on a column at most; objective "
        f"{made.objective:.0f}, {bound}, {gap}, {made.seconds:.1f} s"
    )
