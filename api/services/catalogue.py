"""What the service says of itself: codes, and made-up practices to try it with."""

from collections.abc import Callable, Mapping
from functools import cache

from api.wire.catalogue import CodeList, CodeOnWire, DemoList, DemoOnWire, RefusalOnWire
from api.wire.codes import REFUSALS, REQUESTS
from api.wire.refusal import Refusal
from api.wire.submission import Dates, Limits, Submission
from api.wire.type_faults import TYPE_CODES
from engine.generate import Generated, generate
from engine.generate.sample import open_week, rolling_book
from engine.problems import Severity
from engine.validation import CODES

_SEED = 7


def _small() -> Generated:
    return generate("one-doctor", 40, _SEED)


_DEMOS: dict[str, tuple[str, float, Callable[[], Generated]]] = {
    "small": ("One doctor, an empty book, 40 visits to place: ten seconds.", 10.0, _small),
    "open-week": ("One doctor, an empty book, a busy week's visits to place.", 60.0, open_week),
    "rolling-book": (
        "One doctor, a book of ten weeks; the next one is mostly full.",
        45.0,
        rolling_book,
    ),
}


def list_codes() -> CodeList:
    """Faults that may be found in what is sent, and every refusal."""
    return CodeList(
        codes=tuple(
            CodeOnWire(code=code, severity=meant.severity, meaning=meant.meaning)
            for code, meant in CODES.items()
        ),
        types=_refusing(TYPE_CODES),
        requests=_refusing(REQUESTS),
        refusals=tuple(
            RefusalOnWire(code=code, statuses=meant.statuses, meaning=meant.meaning)
            for code, meant in REFUSALS.items()
        ),
    )


def _refusing(codes: Mapping[str, str]) -> tuple[CodeOnWire, ...]:
    return tuple(
        CodeOnWire(code=code, severity=Severity.REFUSED, meaning=meaning)
        for code, meaning in codes.items()
    )


def list_demos() -> DemoList:
    """The made-up practices."""
    return DemoList(
        demos=tuple(DemoOnWire(id=name, description=text) for name, (text, *_) in _DEMOS.items())
    )


def demo_body(demo: str) -> bytes:
    """A body for `POST /v1/schedules`. Refusal (404) for an unknown id."""
    if demo not in _DEMOS:
        raise Refusal(404, "not-found", "There is no such demo; /v1/demo-data lists them.")
    return _body_of(demo)


@cache
def _body_of(demo: str) -> bytes:
    _, seconds, make = _DEMOS[demo]
    made = make()
    submission = Submission(
        problem=made.problem,
        dates=Dates(start=made.horizon.start, days=made.horizon.days),
        limits=Limits(time_limit=seconds),
        tags=("demo",),
    )
    return submission.model_dump_json().encode()
