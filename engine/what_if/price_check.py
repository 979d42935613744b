"""Whether the prices of half-days hold: one more is added, and everything is solved again.

A price is what the first minutes of one more are worth; a whole half-day may be worth far less,
since the visits that wait for it are soon all placed. So the relaxation is solved again for every
half-day, and some of them are solved in full. Where the book is full it may also be worth more.
"""

from collections.abc import Sequence
from math import isfinite

from scipy import stats

from engine.practice import Frozen, Horizon, Problem, Role
from engine.units import MINUTES_PER_DAY, to_clock
from engine.what_if.changes.chairs import ChairAdded
from engine.what_if.changes.every import AnyChange
from engine.what_if.changes.staff import StaffAdded
from engine.what_if.compare_scenarios import OnProgress, compare_scenarios
from engine.what_if.comparison import Noise
from engine.what_if.hour_prices import HourPrice, Resource
from engine.what_if.scenarios import Scenario, ScenarioSettings

NEW = "ONE-MORE"
"""The id of what is added; no practice has it by chance."""
FEWEST = 3
"""Of fewer pairs a rank correlation says nothing."""


class Checked(Frozen):
    """One half-day: what its price says, and what came of adding one more. Gains in points.

    `bound_gain`: of the relaxation, solved again. `solved_gain`: of full solves, mean over seeds.
    """

    price: HourPrice
    bound_gain: float
    solved_gain: float | None
    noise: Noise | None


class PriceCheck(Frozen):
    """Agreement of prices with re-solves.

    `bound_share`: what the relaxation gains, of what the prices promise. `within`: so many
    gain no more than promised (up to `slack` points, as prices do not quite converge). Rank
    correlations of the prices with the gains; None where there are too few or all are equal.
    `beyond_noise`: of those `solved` in full. `stopped`: it was broken off; nothing is known of
    what is `left_out`, and fewer than were asked for may be solved in full.
    """

    checked: tuple[Checked, ...]
    bound_share: float | None
    within: int
    slack: float
    bound_rank: float | None
    solved_rank: float | None
    solved: int
    beyond_noise: int
    stopped: bool = False
    left_out: tuple[str, ...] = ()


def check_prices(
    problem: Problem,
    horizon: Horizon,
    prices: Sequence[HourPrice],
    count: int,
    settings: ScenarioSettings,
    jobs: int = 0,
    on_progress: OnProgress = lambda said: None,
) -> PriceCheck:
    """Add one more in each half-day, and bound it again.

    In `count` of them, evenly from the dearest to the cheapest, everything is solved in full.
    Ctrl-C keeps what is known by then.
    """
    chosen = evenly(prices, count)
    scenarios = [scenario_of(problem, one, confirm=one in chosen) for one in prices]
    price_of = {scenario.name: one for scenario, one in zip(scenarios, prices, strict=True)}
    named = settings.model_copy(update={"confirm": 0})
    try:
        found = compare_scenarios(problem, horizon, scenarios, named, jobs, on_progress)
    except KeyboardInterrupt:  # not even the bound of the base is known
        return agreement_of((), stopped=True, left_out=tuple(price_of))
    checked = tuple(
        Checked(
            price=price_of[outcome.name],
            bound_gain=-outcome.bound_difference,
            solved_gain=None if outcome.difference is None else -outcome.difference,
            noise=outcome.noise,
        )
        for outcome in found.outcomes
    )
    return agreement_of(checked, stopped=found.stopped, left_out=found.left_out)


def agreement_of(
    checked: tuple[Checked, ...], *, stopped: bool = False, left_out: tuple[str, ...] = ()
) -> PriceCheck:
    """What the pairs say together."""
    promised = [one.price.points for one in checked]
    gained = [one.bound_gain for one in checked]
    both = [(one.price.points, one.solved_gain) for one in checked if one.solved_gain is not None]
    slack = 0.01 * max(promised, default=0.0)
    total = sum(promised)
    return PriceCheck(
        checked=checked,
        bound_share=sum(gained) / total if total > 0 else None,
        within=sum(gain <= most + slack for most, gain in zip(promised, gained, strict=True)),
        slack=slack,
        bound_rank=rank_correlation(promised, gained),
        solved_rank=rank_correlation([most for most, _ in both], [gain for _, gain in both]),
        solved=len(both),
        beyond_noise=sum(one.noise is Noise.CLEAR for one in checked),
        stopped=stopped,
        left_out=left_out,
    )


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Spearman's; None for too few pairs, or where one side is all the same."""
    if len(first) < FEWEST or len(set(first)) == 1 or len(set(second)) == 1:
        return None
    found = float(stats.spearmanr(first, second).statistic)
    return found if isfinite(found) else None


def evenly(prices: Sequence[HourPrice], count: int) -> tuple[HourPrice, ...]:
    """So many, evenly from the dearest to the cheapest."""
    ranked = sorted(prices, key=lambda one: -one.points)
    if count >= len(ranked):
        return tuple(ranked)
    if count < 2:
        return tuple(ranked[:count])
    return tuple(ranked[round(k * (len(ranked) - 1) / (count - 1))] for k in range(count))


def scenario_of(problem: Problem, price: HourPrice, *, confirm: bool = False) -> Scenario:
    """The half-day with one more: a person of all skills, or a chair like the dearest."""
    change: AnyChange
    start, end = to_clock(price.start), to_clock(min(price.end, MINUTES_PER_DAY - 1))
    if price.resource is Resource.CHAIR:
        change = ChairAdded(
            kind="chair_added", id=NEW, like=price.like, dates=(price.date,), start=start, end=end
        )
    else:
        role = Role.DOCTOR if price.resource is Resource.DOCTOR else Role.ASSISTANT
        change = StaffAdded(
            kind="staff_added",
            id=NEW,
            role=role,
            skills=_skills_of(problem, role),
            dates=(price.date,),
            start=start,
            end=end,
        )
    name = f"one more {price.resource}, {price.date} {price.half}"
    return Scenario(name=name, change=(change,), confirm=confirm)


def _skills_of(problem: Problem, role: Role) -> tuple[str, ...]:
    people = (person for person in problem.practice.staff if person.role is role)
    return tuple(dict.fromkeys(skill for person in people for skill in person.skills))
