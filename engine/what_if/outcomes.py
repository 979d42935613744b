"""From bounds and full solves to what is said about each scenario."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from engine.practice import Horizon
from engine.what_if.beyond_fill import least_points, usual_points
from engine.what_if.comparison import FigureRow, Noise, Outcome, Solved
from engine.what_if.figure_values import OBJECTIVE, SETTLED, Value, values_of
from engine.what_if.noise import Ends, Proven, noise_of, proven, spread_of
from engine.what_if.prepare import Prepared
from engine.what_if.who_changes import who_changes


def outcome_of(
    base: Prepared,
    scenario: Prepared,
    horizon: Horizon,
    bounds: Mapping[str, float],
    solved: Mapping[str, Solved],
) -> Outcome:
    """Everything that is known of a scenario; of one that was only screened, its bound."""
    outcome = Outcome(
        name=scenario.name,
        bound=bounds[scenario.name] + least_points(scenario, horizon),
        bound_difference=screened_difference(base, scenario, horizon, bounds),
        called=tuple(scenario.called),
        calls_needed=scenario.calls_needed,
        impossible=tuple(visit.id for visit in scenario.impossible),
        notes=scenario.notes,
    )
    if scenario.name not in solved:
        return outcome
    ours, others = solved[scenario.name], solved[base.name]
    usual = {note for one in others.results for note in one.notes}
    told = dict.fromkeys(n for one in ours.results for n in one.notes if n not in usual)
    notes = (*scenario.notes, *told)
    values = [values_of(scenario, horizon, one) for one in ours.results]
    before = [values_of(base, horizon, one) for one in others.results]
    if not all(values) or not all(before):
        missing = "a solve ended without a schedule: nothing can be compared"
        return outcome.model_copy(update={"notes": (*notes, missing)})
    old, new = _ends(others.bound, before), _ends(ours.bound, values)
    limits = proven(old, new)
    rows = figure_rows(before, values, limits)
    best = ours.best.schedule
    placed = {one.visit for one in best.placements} if best is not None else set()
    return outcome.model_copy(
        update={
            "objective": new.best,
            "difference": None if new.best is None or old.best is None else new.best - old.best,
            "least": limits.least,
            "most": limits.most,
            "noise": rows[0].noise,
            "called_without": tuple(v for v in scenario.called if v not in placed),
            "figures": rows,
            "visits": who_changes(
                base.problem,
                horizon,
                tuple(zip(others.results, ours.results, strict=True)),
                (others.best, ours.best),
                tuple(scenario.called),
            ),
            "notes": notes,
        }
    )


def screened_difference(
    base: Prepared, scenario: Prepared, horizon: Horizon, bounds: Mapping[str, float]
) -> float:
    """By bounds alone, with what the fill does not count: what screening ranks by, points."""
    return bounds[scenario.name] + usual_points(scenario, horizon) - bounds[base.name]


def _ends(bound: float | None, values: Sequence[Mapping[str, Value]]) -> Ends:
    return Ends(bound, min(one[OBJECTIVE].value for one in values))


def figure_rows(
    before: Sequence[Mapping[str, Value]], values: Sequence[Mapping[str, Value]], limits: Proven
) -> tuple[FigureRow, ...]:
    """A row for each figure: means over the seeds, and whether the difference says anything."""
    return tuple(_row(name, before, values, limits) for name in before[0])


def _row(
    name: str,
    before: Sequence[Mapping[str, Value]],
    values: Sequence[Mapping[str, Value]],
    limits: Proven,
) -> FigureRow:
    old, new = [one[name].value for one in before], [one[name].value for one in values]
    spreads = [one for one in (spread_of(old), spread_of(new)) if one is not None]
    spread = max(spreads, default=None)
    difference = fmean(new) - fmean(old)
    example = before[0][name]
    points = _points(name, before, values)
    by_gap, priced = _in_gap(name, points, limits), points is not None
    noise = noise_of(difference, spread, by_gap=by_gap, priced=priced)
    if name in SETTLED:
        noise = Noise.CLEAR
    better = None
    if difference and example.wanted and noise is Noise.CLEAR:
        better = difference * example.wanted > 0
    return FigureRow(
        figure=name,
        unit=example.unit,
        base=fmean(old),
        value=fmean(new),
        spread=spread,
        noise=noise,
        points=points,
        better=better,
    )


def _points(
    name: str, before: Sequence[Mapping[str, Value]], values: Sequence[Mapping[str, Value]]
) -> float | None:
    """The difference in points, mean over the seeds; None for a figure without a price."""
    pairs = [(a[name].points, b[name].points) for a, b in zip(before, values, strict=True)]
    won = [new - old for old, new in pairs if old is not None and new is not None]
    return fmean(won) if won else None


def _in_gap(name: str, points: float | None, limits: Proven) -> bool:
    """A priced difference of no more points than the two gaps leave open may be the solver's.

    Of the objective itself the sign is looked at; a figure without a price goes with it.
    """
    if name == OBJECTIVE or points is None:
        return not limits.sign_known
    return limits.open is None or abs(points) <= limits.open
