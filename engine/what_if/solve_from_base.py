"""Full solves of the base and of scenarios, paired.

The base is solved from nothing. Then everything, the base included, begins from the base's
schedules. Seeds and limits are paired: repeat k of every scenario is compared with repeat k of the
base.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from engine.practice import Horizon
from engine.result import Result, Status
from engine.what_if.beyond_fill import least_points
from engine.what_if.comparison import Solved
from engine.what_if.figure_values import OBJECTIVE, values_of
from engine.what_if.in_parallel import in_parallel
from engine.what_if.prepare import Prepared
from engine.what_if.scenarios import ScenarioSettings
from engine.what_if.tasks import FillTask, fill_settings


def solve_from_base(
    base: Prepared,
    chosen: Sequence[Prepared],
    horizon: Horizon,
    settings: ScenarioSettings,
    jobs: int,
    tell: Callable[[str], None],
) -> tuple[dict[str, Solved], bool]:
    """Solves by name, the base's first; and whether it was broken off."""

    def say(name: str) -> None:
        tell(f"{name}: solved")

    def task(one: Prepared, repeat: int, known: Result | None) -> FillTask:
        return FillTask(
            name=one.name,
            problem=one.problem,
            horizon=horizon,
            settings=fill_settings(settings, repeat),
            earlier=None if known is None else known.schedule,
            called=tuple(one.called),
        )

    first = in_parallel([task(base, n, None) for n in range(settings.repeats)], jobs, say)
    rounds = {repeat: {base.name: result} for repeat, result in first.answers.items()}
    stopped = first.stopped
    if not stopped:
        again = [
            (repeat, task(one, repeat, known))
            for repeat, known in sorted(first.answers.items())
            for one in (base, *chosen)
            if not (one is base and is_done(known, settings))
        ]
        done = in_parallel([one for _, one in again], jobs, say)
        stopped = done.stopped
        for number, result in done.answers.items():
            repeat, asked = again[number]
            known = rounds[repeat].get(asked.name)
            rounds[repeat][asked.name] = result if known is None else both(known, result)
    ready = (base, *chosen)
    return dict(_paired(ready, horizon, [rounds[repeat] for repeat in sorted(rounds)])), stopped


def _paired(
    asked: Sequence[Prepared], horizon: Horizon, rounds: Sequence[Mapping[str, Result]]
) -> Iterator[tuple[str, Solved]]:
    """Repeats that are whole, since like is compared with like; where none is, the first."""
    used = [one for one in rounds if len(one) == len(asked)] or rounds[:1]
    for prepared in asked:
        if any(prepared.name in one for one in used):
            yield prepared.name, _solved(prepared, horizon, [one[prepared.name] for one in used])


def _solved(prepared: Prepared, horizon: Horizon, results: Sequence[Result]) -> Solved:
    """The results with what comes on top of them."""
    least = least_points(prepared, horizon)
    values = [values_of(prepared, horizon, one) for one in results]
    return Solved(
        results=tuple(results),
        objectives=tuple(one[OBJECTIVE].value if one else None for one in values),
        bounds=tuple(None if one.bound is None else one.bound + least for one in results),
    )


def is_done(result: Result, settings: ScenarioSettings) -> bool:
    """Whether a longer search would have stopped at once."""
    near = result.gap is not None and result.gap <= settings.gap
    return near or result.status is Status.OPTIMAL


def both(first: Result, again: Result) -> Result:
    """The cheaper of two solves of the same question, with the higher of their bounds."""
    better = again
    if first.objective is not None and (
        again.objective is None or first.objective < again.objective
    ):
        better = first
    bounds = [one.bound for one in (first, again) if one.bound is not None]
    return better.model_copy(update={"bound": max(bounds, default=None)})
