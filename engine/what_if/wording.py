"""How differences are said, on the terminal and on the page."""

from collections.abc import Sequence

from engine.what_if.comparison import FigureRow, Noise, Outcome
from engine.what_if.scenarios import ScenarioSettings

NOISE_SIGN = "≈"
"""Before a difference that is within noise."""
DRIVERS = 3


def amount(value: float) -> str:
    """`1,234`, `12.5`, `0.03`: decimals only where the number is small."""
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def signed(value: float | None) -> str:
    """`+1,234`, `-3`, `0`; `?` where it is not known."""
    if value is None:
        return "?"
    text = amount(value)
    return f"+{text}" if value > 0 and text != "0" else text


def difference_text(row: FigureRow) -> str:
    """`+3`, `≈ -1.2` within noise, `=` where nothing differs."""
    if not row.difference:
        return "="
    sign = "" if row.noise is Noise.CLEAR else f"{NOISE_SIGN} "
    return sign + signed(row.difference)


def verdict_of(outcome: Outcome) -> str:
    """What can be said of the scenario as a whole."""
    if outcome.difference is None:
        return outcome.notes[-1] if outcome.notes else "screened only"
    direction = "better" if outcome.difference < 0 else "worse"
    if outcome.only_called:
        direction = "better for those called alone"
    if outcome.noise is Noise.CLEAR:
        return direction
    if outcome.noise is Noise.GAP:
        return f"{direction}, not proven (gap)"
    return f"within noise ({outcome.noise})"


def stopped_lines(stopped: bool, left_out: Sequence[str]) -> tuple[str, ...]:
    """That a comparison was broken off, and what it says nothing about; none where it was not."""
    if not stopped:
        return ()
    if not left_out:
        return ("Stopped early: not every scenario was solved in full as often as asked.",)
    return (f"Stopped early: nothing is known of {', '.join(left_out)}.",)


def calls_text(outcome: Outcome) -> str:
    """`36`; where fewer were not proven impossible, `36 (at least 34)`."""
    count = len(outcome.called)
    proven = outcome.calls_needed == count
    return str(count) if proven else f"{count} (at least {outcome.calls_needed})"


def limit_text(settings: ScenarioSettings) -> str:
    """`20 s`, or `20 s of solver work`."""
    return f"{settings.seconds:g} s" + (" of solver work" if settings.reproducible else "")


def words_of(figure: str) -> str:
    """`late weeks`."""
    return figure.replace("_", " ")


def drivers_of(outcome: Outcome) -> tuple[FigureRow, ...]:
    """The priced figures that most of the difference comes from, largest first."""
    priced = [row for row in outcome.figures[1:] if row.points]
    return tuple(sorted(priced, key=lambda row: -abs(row.points or 0.0))[:DRIVERS])
