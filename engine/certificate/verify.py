"""Entry page of the proof: every claim of a certificate worked out again, from the facts alone."""

from collections.abc import Iterable, Iterator

from engine.certificate.bound import PricedProblem
from engine.certificate.certificate import Certificate, PriceLine
from engine.certificate.digest import digest_of
from engine.certificate.lacks import lacks_of, moved_chairs
from engine.certificate.price_faults import price_faults
from engine.checker import check
from engine.kpi import measure
from engine.practice import Problem
from engine.practice.base import Frozen
from engine.result import gap_over_avoidable
from engine.schedule import Schedule
from engine.yardsticks import prices_of


class Verdict(Frozen):
    """What stands of a certificate. Amounts in whole millipoints, None where not worked out.

    `failed`: a sentence for every claim that does not hold. `floor_millipoints`: the bound without
    prices, each visit at its cheapest place. `gap`: unproven share of what lies above the floor.
    """

    failed: tuple[str, ...]
    objective_millipoints: int
    bound_millipoints: int | None = None
    floor_millipoints: int | None = None
    gap: float | None = None

    @property
    def ok(self) -> bool:
        """True where every claim holds."""
        return not self.failed


def verify(problem: Problem, schedule: Schedule, certificate: Certificate) -> Verdict:
    """Hold a certificate against question and answer: digests, rules, objective, prices, bound."""
    failed = [*_wrong_papers(problem, schedule, certificate)]
    broken = check(problem, schedule).violations
    failed += [f"Rule {one.rule} is broken: {one.sentence}." for one in broken]
    if broken:
        return Verdict(
            failed=tuple(failed), objective_millipoints=certificate.objective_millipoints
        )
    failed += _other_schedules(problem, schedule, certificate)
    objective = measured_millipoints(problem, schedule)
    if objective != certificate.objective_millipoints:
        claimed = certificate.objective_millipoints
        failed.append(f"The schedule costs {objective} millipoints, not {claimed}.")
    faults = tuple(price_faults(problem, schedule.horizon, certificate.prices))
    failed += [f"Not a price: {fault}." for fault in faults]
    if faults:
        return Verdict(failed=tuple(failed), objective_millipoints=objective)
    priced = PricedProblem(problem, schedule.horizon, certificate.without)
    bound, floor = priced.bound(certificate.prices), priced.bound(())
    if bound != certificate.bound_millipoints:
        claimed = certificate.bound_millipoints
        failed.append(f"The prices prove a bound of {bound} millipoints, not {claimed}.")
    if bound > objective:
        failed.append(f"The bound of {bound} lies above the schedule's {objective} millipoints.")
    return Verdict(
        failed=tuple(failed),
        objective_millipoints=objective,
        bound_millipoints=bound,
        floor_millipoints=floor,
        gap=gap_over_avoidable(objective, bound, floor),
    )


def _wrong_papers(problem: Problem, schedule: Schedule, certificate: Certificate) -> Iterator[str]:
    if certificate.problem != digest_of(problem):
        yield "The certificate is for another problem."
    if certificate.schedule != digest_of(schedule):
        yield "The certificate is for another schedule."
    if (certificate.start, certificate.days) != (schedule.start, schedule.days):
        yield (
            f"The certificate is for {certificate.days} days from {certificate.start} on, "
            f"the schedule for {schedule.days} from {schedule.start} on."
        )


def _other_schedules(
    problem: Problem, schedule: Schedule, certificate: Certificate
) -> Iterator[str]:
    """What makes it none of the schedules that the bound is about."""
    for visit, what, stage in sorted(lacks_of(problem, schedule) - set(certificate.without)):
        yield f"Booking {visit} goes without {what} in stage {stage}, which the bound leaves out."
    yield from (f"{sentence}." for sentence in moved_chairs(problem, schedule))


def measured_millipoints(problem: Problem, schedule: Schedule) -> int:
    """The objective as whole millipoints, from the KPIs' own whole quanta."""
    prices = prices_of(problem)
    return sum(value.quanta * prices[value.kpi] for value in measure(problem, schedule))


def certificate_for(
    problem: Problem, schedule: Schedule, prices: tuple[PriceLine, ...]
) -> Certificate:
    """The certificate of a checked schedule with these prices. ValueError where they are none."""
    without = lacks_of(problem, schedule)
    bound = PricedProblem(problem, schedule.horizon, without).bound(prices)
    return _certificate(problem, schedule, prices, bound)


def proof_of(
    problem: Problem, schedule: Schedule, choices: Iterable[tuple[PriceLine, ...]]
) -> tuple[Certificate, Verdict]:
    """A certificate and the verdict on it, worked out in one go.

    Of the choices that which proves most; none of them where no prices at all prove more.
    """
    without = lacks_of(problem, schedule)
    priced = PricedProblem(problem, schedule.horizon, without)
    floor = priced.bound(())
    prices, bound = tuple[PriceLine, ...](), floor
    for choice in choices:
        if (proven := priced.bound(choice)) > bound:
            prices, bound = choice, proven
    certificate = _certificate(problem, schedule, prices, bound)
    objective = certificate.objective_millipoints
    verdict = Verdict(
        failed=(),
        objective_millipoints=objective,
        bound_millipoints=bound,
        floor_millipoints=floor,
        gap=gap_over_avoidable(objective, bound, floor),
    )
    return certificate, verdict


def _certificate(
    problem: Problem, schedule: Schedule, prices: tuple[PriceLine, ...], bound: int
) -> Certificate:
    return Certificate(
        problem=digest_of(problem),
        start=schedule.start,
        days=schedule.days,
        schedule=digest_of(schedule),
        without=tuple(sorted(lacks_of(problem, schedule))),
        prices=prices,
        bound_millipoints=bound,
        objective_millipoints=measured_millipoints(problem, schedule),
    )
