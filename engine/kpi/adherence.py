"""How far the book follows the model day."""

from collections import Counter

from engine.kpi.cell_use import Use, cell_uses, column_cells, in_chairs
from engine.kpi.filled import Filled
from engine.practice.base import Frozen


class Adherence(Frozen):
    """Chair minutes by where they lie, and what cells are left empty. Turnover is left out.

    Of new and moved visits: `own_minutes` in cells of their own class, `other_minutes` in cells of
    another one, `free_minutes` in no cell; `own_share` of all three, None without any. Of the whole
    book: `cell_minutes` of the horizon, `kept_minutes` with the cell's own class in the chair,
    `misused_minutes` with another one, and of these `against_minutes` in cells that do not take it
    now. `empty_minutes`: by class, cell minutes with nobody in the chair.
    """

    own_minutes: int
    other_minutes: int
    free_minutes: int
    own_share: float | None
    cell_minutes: int
    kept_minutes: int
    misused_minutes: int
    against_minutes: int
    empty_minutes: tuple[tuple[str, int], ...]

    @property
    def kept_share(self) -> float | None:
        """Of the cell minutes with somebody in the chair, those of the cell's own class."""
        taken = self.kept_minutes + self.misused_minutes
        return self.kept_minutes / taken if taken else None


def adherence(filled: Filled) -> Adherence:
    """Own cell, another class's cell (fallback, release, against it), or time of no class."""
    fresh = _by_use(filled, fresh_only=True)
    book = _by_use(filled, fresh_only=False)
    total = sum(
        stage.end - stage.start for placed in filled.fresh for stage in in_chairs(filled, placed)
    )
    empty: Counter[str] = Counter()
    cell_minutes = 0
    for one in column_cells(filled):
        empty[one.cell.procedure_class] += one.empty_minutes
        cell_minutes += one.minutes
    return Adherence(
        own_minutes=fresh[Use.OWN],
        other_minutes=fresh.total() - fresh[Use.OWN],
        free_minutes=total - fresh.total(),
        own_share=fresh[Use.OWN] / total if total else None,
        cell_minutes=cell_minutes,
        kept_minutes=book[Use.OWN],
        misused_minutes=book.total() - book[Use.OWN],
        against_minutes=book[Use.AGAINST],
        empty_minutes=tuple(sorted(empty.items())),
    )


def _by_use(filled: Filled, *, fresh_only: bool) -> Counter[Use]:
    minutes: Counter[Use] = Counter()
    for one in cell_uses(filled, filled.fresh if fresh_only else filled.schedule.placements):
        minutes[one.use] += one.minutes
    return minutes
