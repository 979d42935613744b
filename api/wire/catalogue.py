"""Lists that describe the service itself: codes of faults, and data to try it with."""

from api.wire.on_wire import OnWire
from engine.problems import Severity


class CodeOnWire(OnWire):
    """A fault that the engine may find: what happens to the faulty thing, and what it means."""

    code: str
    severity: Severity
    meaning: str


class CodeList(OnWire):
    """Every code that `validation` and problem documents may use for a question."""

    codes: tuple[CodeOnWire, ...]


class DemoOnWire(OnWire):
    """A made-up practice; its body is at `/v1/demo-data/{id}`."""

    id: str
    description: str


class DemoList(OnWire):
    """What there is to try."""

    demos: tuple[DemoOnWire, ...]
