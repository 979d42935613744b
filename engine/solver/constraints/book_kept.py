"""Rule `book_kept`: frozen bookings stay, few movable ones move, clashes are never worsened."""

from engine.practice.pattern import StageTime
from engine.solver.constraints import head_count
from engine.solver.kinds import kind_key
from engine.solver.model import Lack, Model
from engine.units import Interval, to_minutes


def add(model: Model) -> None:
    """Moves <= allowed; where a kept booking goes without, new visits fit the head count."""
    most = model.problem.policy.max_moves
    movable = [item for item in model.items.values() if item.booking is not None]
    if most is not None and movable:
        moves = [choice.column for item in movable for choice in item.columns]
        model.program.row("book_kept", moves, upper=most)
    for day in range(len(model.days)):
        head_count.guard_staff(model, day)
        head_count.guard_doctors(model, day)
    for lack in sorted(model.lacking):
        _stay_together(model, lack)


def _stay_together(model: Model, lack: Lack) -> None:
    """Who makes a booking go without stays as long as it does: else somebody were free for it.

    Stricter than the rule: where one leaves, the booking that goes without must leave, too.
    """
    visit_id, what, index = lack
    day = model.day_number[model.kept[visit_id].date]
    spans = [
        (low, high, other)
        for other, booking in model.kept.items()
        if model.day_number[booking.date] == day
        for low, high in _rivalling(model, other, what, _stage(model, visit_id, index))
    ]
    reached = -1
    clusters: list[set[str]] = []
    for low, high, other in sorted(spans):
        if low >= reached:
            clusters.append(set())
        clusters[-1].add(other)
        reached = max(reached, high)
    rivals = set().union(*(cluster for cluster in clusters if visit_id in cluster)) - {visit_id}
    for other in sorted(rivals):
        if model.program.lower[model.keep_column[other]] == 0:
            kept, stays = model.keep_column[visit_id], model.keep_column[other]
            model.program.sum_at_most("book_kept", [kept], [stays])
            model.mark_strict()


def _stage(model: Model, visit_id: str, index: int) -> StageTime:
    return model.kinds[kind_key(model.kept[visit_id].visit)].stages[index]


def _rivalling(model: Model, visit_id: str, what: str, lacking: StageTime) -> list[Interval]:
    """Minutes in which a kept booking may hold what the lacking stage goes without."""
    booking = model.kept[visit_id]
    start, kind = to_minutes(booking.start), model.kinds[kind_key(booking.visit)]
    if what == "doctor":
        slot = model.problem.practice.doctor_rule.slot_minutes
        found = []
        for time in kind.doctor:
            low = start + time.offset
            high = low + time.minutes + time.float_minutes
            found.append((low - low % slot, high + -high % slot))
        return found
    return [
        (start + stage.start, start + stage.busy_until)
        for stage in kind.stages
        if (stage.role is lacking.role if what == "staff" else True)
        and (stage.chair_kind is lacking.chair_kind if what == "chair" else True)
    ]
