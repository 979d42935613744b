"""The table of a month's places: kinds by day types, with the rounding from visits to places."""

from collections.abc import Sequence

from engine.practice.base import Frozen


class TypePlaces(Frozen):
    """On one day of a type: what an even share of the month asks for, and the places planned."""

    day_type: str
    asked: float
    places: int


class KindPlaces(Frozen):
    """One kind of place. `kind`: its procedures; `asked`, `places`: of an average month.

    A visit also fits into a longer place of its class, so that a kind with fewer places than it
    asks for is not missed where a longer one has more; `missed` are those without any.
    """

    kind: str
    asked: float
    places: float
    missed: float
    by_type: tuple[TypePlaces, ...]


def place_lines(rows: Sequence[KindPlaces], day_types: Sequence[str]) -> list[str]:
    """The table as lines of one width; nothing where there are no rows."""
    if not rows:
        return []
    table = [["", *day_types, "a month"]]
    for row in rows:
        by_type = {one.day_type: one for one in row.by_type}
        cells = [_cell(by_type.get(name)) for name in day_types]
        missed = f", {row.missed:.1f} missed" if row.missed else ""
        table.append([row.kind, *cells, f"{row.asked:.1f} -> {row.places:.1f}{missed}"])
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    head = "places of a day, visits -> places (one also fits into a longer place of its class):"
    lines = []
    for first, *rest in table:
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        lines.append(("  " + "  ".join(cells)).rstrip())
    return [head, *lines]


def _cell(one: TypePlaces | None) -> str:
    return "-" if one is None else f"{one.asked:.2f} -> {one.places}"
