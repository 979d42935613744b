"""Rule `book_kept`: frozen bookings stay, few movable ones move, clashes are never worsened."""

from engine.practice import Role
from engine.practice.pattern import StageTime
from engine.solver.kinds import kind_key
from engine.solver.model import Lack, Model
from engine.solver.uses import lacking_intervals, touching
from engine.units import Interval, to_minutes


def add(model: Model) -> None:
    """Moves <= allowed; where a kept booking goes without, new visits fit the head count."""
    most = model.problem.policy.max_moves
    movable = [item for item in model.items.values() if item.booking is not None]
    if most is not None and movable:
        moves = [choice.column for item in movable for choice in item.columns]
        model.program.row("book_kept", moves, upper=most)
    for day in range(len(model.days)):
        _guard_staff(model, day)
        _guard_doctors(model, day)
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


def _present(model: Model, day: int, role: Role, skill: str | None, minute: int) -> int:
    windows = model.days[day].present
    return sum(
        any(low <= minute < high for low, high in windows[person.id])
        for person in model.problem.practice.staff
        if person.role is role and (skill is None or skill in person.skills)
    )


def _guard_staff(model: Model, day: int) -> None:
    """While a stage lacks its person: new stages of the role <= people less kept stages.

    If even the skilled people are fewer than kept stages need, no new stage of the role begins.
    Stricter than the head count of the rule by whom it counts, and never looser.
    """
    for lack, low, high in lacking_intervals(model, day, "staff"):
        stage = model.kinds[kind_key(model.kept[lack[0]].visit)].stages[lack[2]]
        if stage.role is None:
            continue
        new = [
            (start.minute + s.start, start.minute + s.busy_until, start.column)
            for (_, number), starts in model.starts.items()
            if number == day
            for start in starts
            for s in start.kind.stages
            if s.role is stage.role
        ]
        for minute in _moments(model, low, high):
            need = _kept_stages(model, day, stage.role, None, minute)
            there = _present(model, day, stage.role, None, minute)
            free = max(0, there - need)
            if stage.skill is not None:
                skilled = _kept_stages(model, day, stage.role, stage.skill, minute)
                if skilled > _present(model, day, stage.role, stage.skill, minute):
                    free = 0
            _cap(model, lack, touching(new, minute, minute + 1), free, there)


def _cap(model: Model, lack: Lack, new: list[int], free: int, there: int) -> None:
    """new <= free while the booking stays and goes without, else new <= there."""
    keep = model.keep_column[lack[0]]
    if model.program.lower[keep] == 1 or free >= there:
        model.program.row("book_kept", new, upper=free)
    else:
        factors = [1] * len(new) + [there - free]
        model.program.row("book_kept", [*new, keep], factors, upper=there)


def _guard_doctors(model: Model, day: int) -> None:
    """While a booking lacks its doctor: new doctor time <= doctors less kept doctor time."""
    lacking = lacking_intervals(model, day, "doctor")
    if not lacking:
        return
    new = [
        (start.minute + offset, start.minute + offset + time.minutes, start.column)
        for (_, number), starts in model.starts.items()
        if number == day
        for start in starts
        for time, offset in zip(start.kind.doctor, start.doctor_offsets, strict=True)
    ]
    for lack, low, high in lacking:
        for minute in _moments(model, low, high):
            need = sum(s <= minute < e for s, e in _kept_doctor_spans(model, day))
            there = _present(model, day, Role.DOCTOR, None, minute)
            _cap(model, lack, touching(new, minute, minute + 1), max(0, there - need), there)


def _moments(model: Model, low: int, high: int) -> range:
    step = model.problem.practice.grid_minutes
    return range(low - low % step, high, step)


def _kept_stages(model: Model, day: int, role: Role, skill: str | None, minute: int) -> int:
    count = 0
    for booking in model.kept.values():
        if model.day_number[booking.date] == day:
            start = to_minutes(booking.start)
            for stage in model.kinds[kind_key(booking.visit)].stages:
                fits = stage.role is role and (skill is None or stage.skill == skill)
                count += fits and start + stage.start <= minute < start + stage.busy_until
    return count


def _kept_doctor_spans(model: Model, day: int) -> list[Interval]:
    """Doctor time of kept bookings, widened by its float: it may be anywhere inside."""
    spans: list[Interval] = []
    for booking in model.kept.values():
        if model.day_number[booking.date] == day:
            start = to_minutes(booking.start)
            for time in model.kinds[kind_key(booking.visit)].doctor:
                begin = start + time.offset
                spans.append((begin, begin + time.minutes + time.float_minutes))
    return spans
