"""What is wrong with a practice year that was asked for: everything at once."""

from collections.abc import Iterator

from engine.practice import Problem
from engine.problems import PracticeProblem
from engine.simulate.care_path import OPTIONAL, steps_of
from engine.simulate.policies import POLICIES
from engine.simulate.settings import YearSettings

_SHARES = (
    *("known_share", "observation_share", "acceptance", "observation_starts", "observation_leaves"),
    *("records_at_exam", "aligner_share", "comfort_share", "repair_adds_visit"),
    *("cancelled_early", "extends_ecd", "planned_reserve", "planned_reserve_sd"),
)


def year_faults(
    problem: Problem, settings: YearSettings, policies: tuple[str, ...], replications: int
) -> tuple[PracticeProblem, ...]:
    """Every fault of the settings, the policies, and of the practice's care path."""
    return (
        *_lengths(settings, replications),
        *_policies(policies),
        *_rates(settings),
        *_desk(settings),
        *_path(problem, settings),
    )


def _fault(code: str, where: str, cause: str, remedy: str) -> PracticeProblem:
    return PracticeProblem(f"year-{code}", where, cause, remedy)


def _lengths(settings: YearSettings, replications: int) -> Iterator[PracticeProblem]:
    if not 1 <= settings.weeks <= 260:
        yield _fault("weeks", "weeks", f"is {settings.weeks}", "choose 1 to 260 weeks")
    if not 0 <= settings.warm_up_weeks < max(1, settings.weeks):
        yield _fault(
            "warm-up",
            "warm-up weeks",
            f"is {settings.warm_up_weeks} of {settings.weeks} weeks, so that nothing is counted",
            "choose 0 or more, and fewer than the weeks",
        )
    if not 1 <= settings.horizon_weeks <= 4:
        yield _fault(
            "horizon", "horizon weeks", f"is {settings.horizon_weeks}", "choose 1 to 4 weeks"
        )
    if not 1 <= replications <= 1000:
        yield _fault(
            "replications", "replications", f"is {replications}", "choose 1 to 1,000; ten are usual"
        )
    if not settings.engine.seconds > 0:
        yield _fault(
            "seconds", "seconds", f"is {settings.engine.seconds:g}", "give a fill some seconds"
        )
    if not 1 <= settings.engine.workers <= 64:
        yield _fault("workers", "workers", f"is {settings.engine.workers}", "choose 1 to 64")


def _policies(policies: tuple[str, ...]) -> Iterator[PracticeProblem]:
    known = ", ".join(POLICIES)
    if not policies:
        yield _fault("no-policy", "policy", "none is named", f"choose of {known}")
    for name in dict.fromkeys(policies):
        if name not in POLICIES:
            yield _fault("policy", f"policy '{name}'", "is not known", f"choose of {known}")
        if policies.count(name) > 1:
            yield _fault(
                "policy-twice", f"policy '{name}'", "is named more than once", "name it once"
            )


def _rates(settings: YearSettings) -> Iterator[PracticeProblem]:
    habits = settings.patients
    for name in _SHARES:
        value = getattr(habits, name)
        if not 0 <= value <= 1:
            yield _fault("share", _text(name), f"is {value:g}", "choose a share from 0 to 1")
    if habits.observation_starts + habits.observation_leaves > 1:
        yield _fault(
            "observation",
            "observation starts and leaves",
            f"add up to {habits.observation_starts + habits.observation_leaves:g}",
            "let them add up to 1 at most",
        )
    for name in ("miss_rate", "cancel_rate"):
        value = getattr(habits, name)
        if not 0 < value < 0.5:
            yield _fault("rate", _text(name), f"is {value:g}", "choose a rate between 0 and 0.5")
    for name in ("new_a_week", "breakages_a_week"):
        value = getattr(habits, name)
        if not 0 <= value <= 500:
            yield _fault("rate", _text(name), f"is {value:g}", "choose 0 to 500")
    if not habits.frailty_shape > 0:
        yield _fault("frailty", "frailty shape", f"is {habits.frailty_shape:g}", "choose above 0")
    if not habits.interval_days or any(
        not 7 <= days <= 200 or share < 0 for days, share in habits.interval_days
    ):
        yield _fault(
            "interval",
            "interval days",
            "there is none, or one is outside 7 to 200 days or has a share below 0",
            "give intervals in days with their shares",
        )
    if list(habits.retention_days) != sorted({day for day in habits.retention_days if day > 0}):
        yield _fault(
            "retention",
            "retention days",
            f"are {', '.join(map(str, habits.retention_days))}",
            "give ascending days after the debond",
        )


def _desk(settings: YearSettings) -> Iterator[PracticeProblem]:
    desk = settings.desk
    if not 0 <= desk.checkout_share <= 1:
        yield _fault(
            "share", "checkout share", f"is {desk.checkout_share:g}", "choose a share from 0 to 1"
        )
    for name in ("longest_lead_days", "earlier_days", "later_days"):
        value = getattr(desk, name)
        if not 0 <= value <= 180:
            yield _fault("days", _text(name), f"is {value}", "choose 0 to 180 days")


def _path(problem: Problem, settings: YearSettings) -> Iterator[PracticeProblem]:
    for step, mix in steps_of(settings.path, problem).items():
        if not any(share > 0 for _, share in mix) and step not in OPTIONAL:
            wanted = ", ".join(code for code, _ in getattr(settings.path, step)) or "none"
            yield _fault(
                "care-path",
                f"care path, step '{step.replace('_', ' ')}'",
                f"the practice has no procedure for it (codes asked for: {wanted})",
                f'name the practice\'s own codes: [path] {step} = [["CODE", 1.0]] in the settings',
            )


def _text(name: str) -> str:
    return name.replace("_", " ")
