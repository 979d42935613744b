"""Why each unplaced visit has no time: a code, and a sentence with the numbers."""

from engine.filling.occupancy import Occupancy
from engine.filling.unplaced_reason import unplaced_reason
from engine.practice import Follows, Problem, Visit
from engine.schedule import Schedule, Unplaced
from engine.units import clock_text
from engine.yardsticks import stages_of

_SENTENCES = {
    "no-admissible-start": "the practice gives this procedure at no time of these days",
    "window-too-narrow": "the patient's dates and times leave no start that is still free",
    "order-gap": "the visit before it leaves too little time in these days",
    "patient-elsewhere": "the patient is already in another visit at every free time",
    "quota-full": "the model days take no more visits of this class",
    "limit-full": "kits or machines are used up at every free time",
    "no-chair": "no chair of the right kind is free for so long",
    "no-cell": "the model day keeps the free time for other classes",
    "no-staff": "nobody with the skill is free for so long",
    "no-doctor-time": "the doctor is not free at the moments the procedure needs",
    "clearance-missing": "a clearance is missing in these days",
    "lab-not-ready": "the lab item is not in the house the day before",
    "predecessor-unplaced": "the visit that must come first has no time either",
}


def explain_unplaced(problem: Problem, schedule: Schedule) -> Schedule:
    """The schedule with a reason and a sentence for every visit without a time."""
    if not schedule.unplaced:
        return schedule
    occupancy = Occupancy.of(problem, schedule)
    explained = tuple(
        _explain(problem, occupancy, problem.all_visits[gone.visit]) for gone in schedule.unplaced
    )
    return schedule.model_copy(update={"unplaced": explained})


def _explain(problem: Problem, occupancy: Occupancy, visit: Visit) -> Unplaced:
    code = unplaced_reason(occupancy, visit)
    taken: dict[str, int] = {}
    for day in occupancy.horizon.dates:
        for rule, count in occupancy.why_not(visit, day).items():
            taken[rule] = taken.get(rule, 0) + count
    return Unplaced(visit=visit.id, reason=code, sentence=_sentence(occupancy, visit, code, taken))


def _sentence(occupancy: Occupancy, visit: Visit, code: str, taken: dict[str, int]) -> str:
    stages = stages_of(occupancy.problem, visit)
    doctor = sum(time.minutes for stage in stages for time in stage.doctor)
    asks = f"{visit.procedure} needs {stages[-1].end} min"
    if doctor:
        asks += f", {doctor} of them with the doctor"
    windows = "; ".join(
        f"{'/'.join(window.weekdays) or 'any day'} "
        f"{clock_text(window.start.hour * 60 + window.start.minute)}-"
        f"{clock_text(window.end.hour * 60 + window.end.minute)}"
        for window in visit.availability
    )
    when = f", and the patient can come {windows}" if windows else ""
    when += "".join(f", {order_text(occupancy, one)}" for one in visit.follows)
    counts = ", ".join(
        f"{rule} {count}" for rule, count in sorted(taken.items(), key=lambda e: -e[1])[:3]
    )
    return f"{asks}{when}; {_SENTENCES[code]} (starts lost by rule: {counts})."


def order_text(occupancy: Occupancy, link: Follows) -> str:
    """`at least 5 working days after V12 (2026-03-05 13:30-14:00)`."""
    least = (
        (link.min_days, "day"),
        (link.min_working_days, "working day"),
        (link.min_minutes, "min"),
    )
    gaps = [f"at least {_many(number, unit)}" for number, unit in least if number]
    if link.max_days is not None:
        at_most = f"at most {_many(link.max_days, 'day')}"
        gaps.append(at_most if link.max_days else "on the same day")
    seen = occupancy.seen(link.visit)
    when = "no time"
    if seen is not None:
        when = f"{seen.day} {clock_text(seen.start)}-{clock_text(seen.end)}"
    return f"{' and '.join(gaps)} after {link.visit} ({when})".strip()


def _many(number: int, unit: str) -> str:
    return f"{number} {unit}" + ("s" if number != 1 and unit != "min" else "")
