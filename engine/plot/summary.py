"""The first thing on the page: eight figures in the order in which a coordinator asks for them."""

from dataclasses import dataclass

from engine.checker import CheckReport
from engine.filling.next_openings import NextOpenings, Opening
from engine.kpi import Figures
from engine.kpi.past_ecd import PastEcd
from engine.plot.calls import together
from engine.plot.names import short_day
from engine.plot.unplaced_list import not_yet
from engine.practice import EcdChoice, Problem
from engine.risk.visit_costs import ACCESS_DAYS_PROMISED
from engine.schedule import Schedule


@dataclass(frozen=True, slots=True)
class SummaryItem:
    """A figure: key (order is tested), what it is, the value, what stands behind it, by hand."""

    key: str
    what: str
    value: str
    more: str
    by_hand: str = ""
    warn: bool = False


def summary(
    problem: Problem,
    schedule: Schedule,
    figures: Figures,
    openings: NextOpenings,
    *,
    check: CheckReport | None = None,
    hand: Figures | None = None,
) -> tuple[SummaryItem, ...]:
    """Unplaced, calls, without next, past ECD, openings, misses, doctor and clashes, spaces."""
    return (
        _unplaced(problem, schedule, figures, hand),
        _calls(problem, schedule, figures, hand),
        _without_next(figures, hand),
        _past(problem, figures, hand),
        _openings(openings),
        _misses(problem, schedule, figures, hand),
        _doctor(problem, schedule, figures, check, hand),
        _spaces(figures, hand),
    )


def _unplaced(
    problem: Problem, schedule: Schedule, figures: Figures, hand: Figures | None
) -> SummaryItem:
    lost = figures.displaced_bookings
    early = sum(
        not_yet(problem.all_visits[one.visit], schedule.horizon) for one in schedule.unplaced
    )
    more = f"{early} of them not possible before these dates end; " if early else ""
    return SummaryItem(
        "unplaced",
        "Unplaced",
        _count(figures.unplaced_visits, "visit"),
        more + (f"{_count(lost, 'booking')} displaced" if lost else "no booking displaced"),
        _count(hand.unplaced_visits, "visit") if hand else "",
        warn=figures.unplaced_visits - early + lost > 0,
    )


def _calls(
    problem: Problem, schedule: Schedule, figures: Figures, hand: Figures | None
) -> SummaryItem:
    cap = problem.policy.calls_per_day
    days = -(-len(together(problem, schedule)) // cap)
    return SummaryItem(
        "calls",
        "Calls to make",
        str(figures.calls),
        f"{figures.calls_new} new times, {figures.calls_moved} moved; "
        f"{_count(days, 'day')} of at most {cap} calls",
        str(hand.calls) if hand else "",
    )


def _without_next(figures: Figures, hand: Figures | None) -> SummaryItem:
    before, after = figures.patients_without_next_before, figures.patients_without_next_after
    return SummaryItem(
        "without-next",
        "Active patients without next appointment",
        f"{before} → {after}",
        "before and after this schedule, once every patient has said yes",
        f"{before} → {hand.patients_without_next_after}" if hand else "",
        warn=after > 0,
    )


def _counted(problem: Problem, figures: Figures) -> PastEcd:
    original = problem.policy.ecd is EcdChoice.ORIGINAL
    return figures.past_original_ecd if original else figures.past_current_ecd


def _past(problem: Problem, figures: Figures, hand: Figures | None) -> SummaryItem:
    past = _counted(problem, figures)
    current, original = figures.past_current_ecd, figures.past_original_ecd
    other = current if past is original else original
    by_hand = ""
    if hand:
        known = _counted(problem, hand)
        by_hand = f"{known.patients_helped} helped, {known.expected_patients:.1f} will finish late"
    return SummaryItem(
        "past-ecd",
        "Past ECD",
        f"{past.patients_past} patients, {past.patients_helped} helped",
        f"by {past.ecd.value} ECD ({other.patients_past} by {other.ecd.value} ECD); of all seen or "
        f"waiting in these dates {past.expected_patients:.1f} are expected to finish late, "
        f"{past.avoidable_patients:.1f} of them avoidably",
        by_hand,
    )


def _misses(
    problem: Problem, schedule: Schedule, figures: Figures, hand: Figures | None
) -> SummaryItem:
    """The chances come from one of three places, and are worth more or less accordingly."""
    risk = problem.policy.risk
    if risk.constant_no_show:
        source = f"each at {risk.base_rate:.1%}"
    elif problem.no_show_model is not None:
        source = "by the practice's own model"
    else:
        source = f"by the literature, at a stated {risk.base_rate:.1%}"
    return SummaryItem(
        "misses",
        "Expected misses",
        f"{figures.expected_missed_visits:.1f} visits",
        f"of {len(schedule.placements)} with a time, {source}; risks are marked on the day sheets",
        f"{hand.expected_missed_visits:.1f}" if hand else "",
    )


def _openings(openings: NextOpenings) -> SummaryItem:
    both = (("exam", openings.exam), ("start", openings.start))

    def when(opening: Opening | None) -> str:
        return "none" if opening is None else _count(opening.days_from_now, "day")

    dates = [
        f"{what} {one.procedure} {short_day(one.date)} {one.start:%H:%M}"
        if one
        else f"{what}: no room in these dates"
        for what, one in both
    ]
    return SummaryItem(
        "openings",
        "Days to the next exam and start opening",
        ", ".join(f"{what} {when(one)}" for what, one in both),
        "; ".join(dates) + f"; promised within {ACCESS_DAYS_PROMISED} days",
        warn=any(one is None or one.days_from_now > ACCESS_DAYS_PROMISED for _, one in both),
    )


def _doctor(
    problem: Problem,
    schedule: Schedule,
    figures: Figures,
    check: CheckReport | None,
    hand: Figures | None,
) -> SummaryItem:
    peak = figures.peak_doctor_load
    share = problem.policy.doctor_load_share
    inherited = len(check.inherited) if check is not None else len(schedule.inherited)
    new = "new not checked" if check is None else f"{len(check.violations)} new"
    return SummaryItem(
        "doctor",
        "Peak doctor load and clashes",
        (f"{peak.share:.0%}" if peak else "no doctor time") + f"; {inherited} inherited, {new}",
        (
            f"load {short_day(peak.date)} at {peak.hour}:00, {peak.demand_minutes} of "
            f"{peak.available_minutes} min, aim {share:.0%}; "
            if peak
            else ""
        )
        + "clashes: inherited from the book, and new",
        f"{hand.peak_doctor_load.share:.0%}" if hand and hand.peak_doctor_load else "",
        warn=bool(check is not None and check.violations) or bool(peak and peak.share > 1),
    )


def _spaces(figures: Figures, hand: Figures | None) -> SummaryItem:
    def text(of: Figures) -> str:
        held = "no" if of.emergency_spaces_left is None else str(of.emergency_spaces_left)
        return f"{held} emergency, {of.after_school_spaces_left} after school"

    return SummaryItem(
        "spaces",
        "Spaces left",
        text(figures),
        "emergencies that fit into held cells; free quarter hours after school with an assistant",
        text(hand) if hand else "",
    )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
