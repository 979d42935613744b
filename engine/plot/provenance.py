"""How a result came about, for the headline and the footer: gap, bound, seed, versions, weights."""

from engine.result import Result, Status

_HEADLINES = {
    Status.OPTIMAL: "Proven best: no schedule of these dates costs less.",
    Status.FEASIBLE: "Best schedule found.",
    Status.INFEASIBLE: "There is no schedule: the frozen bookings lose what they need.",
    Status.UNKNOWN: "No schedule was found in the time given; there may be one.",
}


def headline_of(result: Result) -> str:
    """The status in a sentence; of a schedule that is not proven best, what is left to gain."""
    text = _HEADLINES[result.status]
    if result.status is Status.FEASIBLE and result.gap is not None:
        text += f" Another one could cost at most {_share(result.gap)} less."
    return text + " Interrupted; the best so far is shown." if result.interrupted else text


def facts_of(result: Result) -> tuple[tuple[str, str], ...]:
    """Pairs of name and value; what is not known says so."""
    ended = result.status.value + (", interrupted" if result.interrupted else "")
    pairs = (
        ("Status", ended),
        ("Gap", _share(result.gap)),
        ("Certified gap", _share(result.certified_gap)),
        ("Objective", _points(result.objective)),
        ("Bound", _points(result.bound)),
        ("Floor", _points(result.floor)),
        ("Seed", str(result.seed)),
        ("Workers", str(result.workers)),
        ("Seconds", f"{result.seconds:.1f}"),
        ("Reproducible", "yes" if result.reproducible else "no"),
        ("Versions", ", ".join(f"{name} {version}" for name, version in result.versions)),
        (
            "Weights",
            "; ".join(f"{_words(name)} {_number(value)}" for name, value in result.weights),
        ),
    )
    return tuple((name, value or "not given") for name, value in pairs)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _number(value: float) -> str:
    """`8,000,000` or `0.05`, never an exponent."""
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def _points(value: float | None) -> str:
    return "not known" if value is None else f"{value:,.1f} points"


def _share(value: float | None) -> str:
    return "not known" if value is None else f"{value:.2%} of the avoidable part"
